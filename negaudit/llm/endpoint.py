"""Asks an OpenAI-compatible endpoint: OpenAI, vLLM, llama.cpp, Ollama and their like."""

from __future__ import annotations

import ipaddress
import os
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from negaudit.errors import ModelError, UsageError
from negaudit.llm.budget import estimate
from negaudit.llm.options import LlmOptions
from negaudit.llm.record import Generated, Message, RefusedError, Schema, UnansweredError
from negaudit.output.inert import inert

if TYPE_CHECKING:
    import httpx

__all__ = ["Endpoint"]

_KEYS: Final = ("NEGAUDIT_LLM_KEY", "OPENAI_API_KEY")
_PASSING: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_ADAPTED: Final = frozenset({400, 404, 415, 422, 501})
_DENIED: Final = frozenset({401, 403})
_FORMS: Final = ("json_schema", "json_object", "")
_LONGEST_WAIT: Final = 60.0
_LARGEST: Final = 1 << 24  # bytes of an answer
_EXCERPT: Final = 200


class _Manner(NamedTuple):
    """How an endpoint wants to be asked; found out by asking.

    Attributes:
        form: Which response format, the strictest first.
        limit: What it calls the most tokens of an answer.
        cold: Whether it takes a temperature.
    """

    form: int = 0
    limit: str = "max_tokens"
    cold: bool = True

    def after(self, complaint: str) -> _Manner | None:
        """What to try next, or None where all has been tried."""
        if self.limit == "max_tokens" and "max_completion_tokens" in complaint:
            return self._replace(limit="max_completion_tokens")
        if self.cold and "temperature" in complaint:
            return self._replace(cold=False)
        return self._replace(form=self.form + 1) if self.form + 1 < len(_FORMS) else None


class Endpoint:
    """A model behind HTTP.

    Args:
        options: Where it is, and how often and how long it is asked.

    Raises:
        UsageError: httpx is not installed.
        ModelError: The endpoint cannot be reached, or lists no model where none is named.
    """

    def __init__(self, options: LlmOptions) -> None:
        try:
            import httpx
        except ModuleNotFoundError as error:
            hint = "run: pip install 'negaudit[llm]'"
            raise UsageError("endpoints are asked with httpx", where="--llm", hint=hint) from error
        self._options = options
        self._manner = _Manner()
        self._met = False
        key = next((os.environ[name] for name in _KEYS if os.environ.get(name)), None)
        self._http = httpx.Client(
            headers={} if key is None else {"Authorization": f"Bearer {key}"},
            timeout=options.timeout,
            # A proxy that stands elsewhere cannot reach what listens on this computer only.
            trust_env=not _is_loopback(options.url),
        )
        self._model = options.model or self._first_model()
        self.name = f"{options.url}#{self._model}"

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def generate(self, messages: list[Message], schema: Schema, limit: int) -> Generated:
        """Writes the next message, at temperature 0 where the endpoint takes one.

        Raises:
            RefusedError: This question was turned down.
            UnansweredError: Every attempt failed.
            ModelError: The endpoint cannot be reached, knows no such model, or wants a key.
        """
        manner: _Manner | None = self._manner
        first: httpx.Response | None = None
        while manner is not None:
            body = self._body(messages, schema, manner, limit)
            response = self._send("chat/completions", body)
            if response.is_success:
                self._manner = manner
                return _generated(response, messages)
            first = first or response
            manner = manner.after(response.text) if response.status_code in _ADAPTED else None
        assert first is not None
        raise self._failure(first)

    def _body(
        self, messages: list[Message], schema: Schema, manner: _Manner, limit: int
    ) -> dict[str, object]:
        body: dict[str, object] = {"model": self._model, "messages": messages}
        body[manner.limit] = limit
        if manner.cold:
            body["temperature"] = 0
        form = _FORMS[manner.form]
        if form == "json_schema":
            named = {"name": "answer", "schema": schema, "strict": True}
            body["response_format"] = {"type": form, form: named}
        elif form:
            body["response_format"] = {"type": form}
        return body

    def _send(self, path: str, body: dict[str, object] | None = None) -> httpx.Response:
        """Sends until an answer comes that waiting would not change."""
        import httpx

        url, method = f"{self._options.url}/{path}", "GET" if body is None else "POST"
        slow = 0
        for left in reversed(range(self._options.attempts)):
            backoff = self._options.backoff * 2 ** (self._options.attempts - 1 - left)
            try:
                response = self._received(self._http.build_request(method, url, json=body))
            except httpx.RequestError as error:
                # Where nothing ever answered, the address is wrong; nor is a third wait of use.
                lost = isinstance(error, httpx.ConnectError) and not self._met
                slow += isinstance(error, httpx.TimeoutException)
                if not left or lost or slow > 1:
                    raise self._unanswered(error) from error
                time.sleep(min(backoff, _LONGEST_WAIT))
                continue
            if not left or response.status_code not in _PASSING:
                return response
            time.sleep(min(_told_wait(response) or backoff, _LONGEST_WAIT))
        raise ModelError("no attempt is allowed", where="--llm", hint="allow at least one")

    def _received(self, request: httpx.Request) -> httpx.Response:
        """Sends once; an answer that does not end, or drips in, is cut off.

        Raises:
            httpx.RequestError: There is no answer, or none that can be read.
            UnansweredError: The answer is too large.
        """
        import httpx

        until = time.monotonic() + self._options.timeout
        response = self._http.send(request, stream=True)
        self._met = True
        content = bytearray()
        try:
            for piece in response.iter_bytes():
                content += piece
                if len(content) > _LARGEST:
                    raise UnansweredError(f"the endpoint sends more than {_LARGEST >> 20} MB")
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer takes too long", request=request)
        finally:
            response.close()
        response.headers.pop("Content-Encoding", None)  # what is kept is decoded
        return httpx.Response(
            response.status_code, headers=response.headers, content=bytes(content)
        )

    def _unanswered(self, error: httpx.RequestError) -> Exception:
        import httpx

        if isinstance(error, httpx.ConnectError | httpx.UnsupportedProtocol):
            hint = "start the server, or mend the address; then run this again: answers are kept"
            return ModelError(f"cannot be reached: {error}", where=self._options.url, hint=hint)
        return UnansweredError(f"the endpoint did not answer: {type(error).__name__}")

    def _failure(self, response: httpx.Response) -> Exception:
        status, said = response.status_code, _said(response)
        if status in _DENIED:
            hint = f"set the environment variable {' or '.join(_KEYS)} to a valid key"
            return ModelError(f"answers {status}: {said}", where=self._options.url, hint=hint)
        if status == HTTPStatus.NOT_FOUND or response.is_redirect:
            hint = "check the address, which mostly ends in /v1, and the model's name after #"
            return ModelError(f"answers {status}: {said}", where=self._options.url, hint=hint)
        failed = UnansweredError if status in _PASSING else RefusedError
        return failed(f"the endpoint answers {status}: {said}")

    def _first_model(self) -> str:
        response = self._send("models")
        if not response.is_success:
            raise self._failure(response)
        try:
            return str(response.json()["data"][0]["id"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            hint = f"name it: {self._options.url}#MODEL"
            where = self._options.url
            raise ModelError("lists no model", where=where, hint=hint) from error


def _generated(response: httpx.Response, messages: list[Message]) -> Generated:
    try:
        answer = response.json()
        choice = answer["choices"][0]
        text = choice["message"].get("content")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnansweredError("the endpoint's answer is no chat completion") from error
    if not isinstance(text, str):
        raise RefusedError("the model refused to answer")
    usage = answer.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    if not isinstance(tokens, int):
        tokens = estimate([*messages, {"role": "assistant", "content": text}])
    return Generated(text, tokens, finished=choice.get("finish_reason") != "length")


def _said(response: httpx.Response) -> str:
    """What an endpoint says of an error, made harmless to show."""
    try:
        error = response.json()["error"]
        text = error["message"] if isinstance(error, dict) else error
    except (ValueError, LookupError, TypeError, RecursionError):
        text = response.text
    return inert(" ".join(str(text).split())[:_EXCERPT])


def _told_wait(response: httpx.Response) -> float | None:
    """Seconds that a Retry-After header asks for: a number of seconds, or a date."""
    told = response.headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
