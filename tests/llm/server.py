"""A small OpenAI-compatible server that answers as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["Asked", "Server", "Told", "said", "serving"]


class Told(NamedTuple):
    """What the server answers: JSON, bytes as they are, or pieces one after the other."""

    body: object
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})


class Asked(NamedTuple):
    """What the server was asked."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def question(self) -> str:
        return str(self.body["messages"][-1]["content"])


Behaviour = Callable[[Asked], Told]


class Server(NamedTuple):
    url: str
    asked: list[Asked]


def said(content: object, *, tokens: int = 10, finish: str = "stop") -> Told:
    """A chat completion; anything but a string is said as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Told({"choices": [choice], "usage": {"total_tokens": tokens}})


def _bytes(body: object) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            with suppress(ConnectionError):  # a client that waits no longer
                self._answer(json.loads(self.rfile.read(size)))

        def do_GET(self) -> None:
            self._answer({})

        def _answer(self, body: dict[str, Any]) -> None:
            request = Asked(self.path, body, dict(self.headers))
            asked.append(request)
            told = behaviour(request)
            pieces = told.body if isinstance(told.body, Iterator) else iter([_bytes(told.body)])
            self.send_response(told.status)
            for name, value in {**told.headers, "Transfer-Encoding": "chunked"}.items():
                self.send_header(name, value)
            self.end_headers()
            for data in pieces:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/v1", asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
