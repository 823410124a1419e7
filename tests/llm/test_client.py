"""Asking a model over HTTP."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from negaudit.errors import ModelError
from negaudit.llm.client import Client
from negaudit.llm.options import LlmOptions
from negaudit.llm.record import Message
from tests.llm.server import Asked, Server, Told, said, serving

SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


def _options(url: str, **changed: Any) -> LlmOptions:
    given: dict[str, Any] = {"model": "m", "backoff": 0.001, "cache": None, "answer_tokens": 64}
    return LlmOptions(backend="http", url=url, **(given | changed))


def _question(text: str) -> list[Message]:
    return [{"role": "user", "content": text}]


def _echo(asked: Asked) -> Told:
    return said({"text": asked.question.upper()})


def _complete(server: Server, text: str = "a", **changed: Any) -> object:
    client = Client(_options(server.url, **changed))
    try:
        return client.complete(_question(text), SCHEMA)["text"]
    finally:
        client.close()


def _complete_many(server: Server, texts: list[str], **changed: Any) -> list[object]:
    client = Client(_options(server.url, **changed))
    try:
        answers = client.complete_many([_question(text) for text in texts], SCHEMA)
    finally:
        client.close()
    return [answer.reason if answer.value is None else answer.value["text"] for answer in answers]


def test_asks_for_json_at_temperature_0_with_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "other")
    monkeypatch.setenv("NEGAUDIT_LLM_KEY", "sesame")
    with serving(_echo) as server:
        assert _complete(server) == "A"
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == "Bearer sesame"
    assert (asked.body["model"], asked.body["temperature"]) == ("m", 0)
    assert asked.body["response_format"]["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize(("length", "limit"), [(9, 64), (900, 308)])
def test_an_answer_may_be_as_long_as_what_is_asked(length: int, limit: int) -> None:
    with serving(_echo) as server:
        assert _complete(server, "a" * length) == "A" * length
    assert server.asked[0].body["max_tokens"] == limit


def test_takes_the_endpoints_only_model() -> None:
    def behave(asked: Asked) -> Told:
        return Told({"data": [{"id": "qwen"}]}) if asked.path.endswith("/models") else _echo(asked)

    with serving(behave) as server:
        assert _complete(server, model="") == "A"
    assert server.asked[-1].body["model"] == "qwen"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_tries_again_after_what_passes(status: int) -> None:
    told = iter([Told({}, status), Told({}, status)])
    with serving(lambda asked: next(told, None) or _echo(asked)) as server:
        assert _complete(server) == "A"
    assert len(server.asked) == 3


@pytest.mark.parametrize("date", [False, True])
def test_waits_as_long_as_it_is_told(date: bool) -> None:
    after = formatdate(time.time() + 1.999, usegmt=True) if date else "1"
    told = iter([Told({}, 429, {"Retry-After": after})])
    start = time.monotonic()
    with serving(lambda asked: next(told, None) or _echo(asked)) as server:
        assert _complete(server) == "A"
    assert time.monotonic() - start > 0.5


def test_gives_one_question_up_and_answers_the_others() -> None:
    def behave(asked: Asked) -> Told:
        return Told({"error": "busy"}, 503) if asked.question == "b" else _echo(asked)

    with serving(behave) as server:
        assert _complete_many(server, ["a", "b", "c"], attempts=2) == [
            "A",
            "the language model gave no answer: the endpoint answers 503: busy",
            "C",
        ]


def test_gives_up_what_takes_too_long() -> None:
    release = threading.Event()

    def behave(asked: Asked) -> Told:
        release.wait(5)
        return _echo(asked)

    with serving(behave) as server:
        reasons = _complete_many(server, ["a"], timeout=0.1, attempts=5)
        release.set()
    assert len(server.asked) == 2
    assert reasons == [
        "the language model gave no answer: the endpoint did not answer: ReadTimeout"
    ]


def test_gives_up_an_answer_that_drips_in() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            yield b" "
            time.sleep(0.05)

    start = time.monotonic()
    with serving(lambda _: Told(drip())) as server:
        (reason,) = _complete_many(server, ["a"], timeout=0.2, attempts=1)
        took = time.monotonic() - start
    assert "ReadTimeout" in str(reason)
    assert took < 2


def test_gives_up_an_answer_without_end() -> None:
    pieces = (b" " * (1 << 20) for _ in range(64))
    with serving(lambda _: Told(pieces)) as server:
        (reason,) = _complete_many(server, ["a"])
    assert reason == "the language model gave no answer: the endpoint sends more than 16 MB"
    assert len(server.asked) == 1


def test_reads_what_was_packed_and_gives_up_what_cannot_be_unpacked() -> None:
    def behave(asked: Asked) -> Told:
        data = json.dumps(_echo(asked).body).encode()
        packed = gzip.compress(data) if asked.question == "a" else data
        return Told(packed, headers={"Content-Encoding": "gzip"})

    with serving(behave) as server:
        good, bad = _complete_many(server, ["a", "b"], attempts=2)
    assert good == "A"
    assert "DecodingError" in str(bad)


def test_asks_no_more_where_nothing_is_answered() -> None:
    with serving(lambda _: Told({}, 500)) as server:
        client = Client(_options(server.url, attempts=1, concurrency=1))
        first = client.complete_many([_question(str(n)) for n in range(20)], SCHEMA)
        asked = len(server.asked)
        (later,) = client.complete_many([_question("later")], SCHEMA)
        client.close()
    assert asked == len(server.asked) == 8
    assert all(answer.waits for answer in [*first, later])
    assert "8 failures in a row" in later.reason


def test_goes_on_after_failures_that_pass() -> None:
    def behave(asked: Asked) -> Told:
        return _echo(asked) if int(asked.question) % 7 == 6 else Told({}, 500)

    with serving(behave) as server:
        _complete_many(server, [str(n) for n in range(28)], attempts=1, concurrency=1)
    assert len(server.asked) == 28


def test_tells_a_wrong_key_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEGAUDIT_LLM_KEY", "sesame")
    denied = Told({"error": {"message": "no such key"}}, 401)
    with (
        serving(lambda _: denied) as server,
        pytest.raises(ModelError, match="401: no such key") as caught,
    ):
        _complete_many(server, ["a", "b"])
    assert "NEGAUDIT_LLM_KEY" in caught.value.hint
    assert "sesame" not in str(caught.value)


def test_tells_that_no_server_is_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelError, match="cannot be reached"):
        _complete(Server(url, []), backoff=60.0)  # an address that never answered is not waited for


def test_shows_an_endpoints_words_harmlessly() -> None:
    with serving(lambda _: Told({"error": "\x1b[31mred"}, 400)) as server:
        (reason,) = _complete_many(server, ["a"])
    assert "\x1b" not in str(reason)
    assert "red" in str(reason)


def test_finds_out_what_an_endpoint_understands() -> None:
    def behave(asked: Asked) -> Told:
        for word in ("max_tokens", "temperature", "response_format"):
            if word in asked.body:
                hint = "use max_completion_tokens" if word == "max_tokens" else f"no {word}"
                return Told({"error": {"message": hint}}, 400)
        return _echo(asked)

    with serving(behave) as server:
        client = Client(_options(server.url))
        assert client.complete(_question("a"), SCHEMA) == {"text": "A"}
        found_out = len(server.asked)
        assert client.complete(_question("b"), SCHEMA) == {"text": "B"}
        client.close()
    assert found_out == 5
    assert len(server.asked) == 6
    assert server.asked[-1].body["max_completion_tokens"] == 64


@pytest.mark.parametrize(
    "text",
    [
        'Sure:\n```json\n{"text": "A"}\n```',
        '<think>Is it {"text": "B"}?</think>\n{"text": "A"}',
        '{"text": "A"} Is there more?',
    ],
)
def test_finds_the_json_in_an_answer(text: str) -> None:
    with serving(lambda _: said(text)) as server:
        assert _complete(server) == "A"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("A", "no JSON object"),
        ('{"text": "A', "malformed"),
        ('{"text": 1}', "at $.text: type"),
        ('{"words": "A"}', "required"),
    ],
)
def test_says_what_is_wrong_with_an_answer_and_asks_again(text: str, complaint: str) -> None:
    told = iter([said(text)])
    with serving(lambda asked: next(told, None) or said({"text": "A"})) as server:
        assert _complete(server) == "A"
    again = server.asked[-1].body["messages"][-2:]
    assert again[0] == {"role": "assistant", "content": text}
    assert complaint in again[1]["content"]


def test_gives_up_on_an_answer_that_stays_wrong() -> None:
    with serving(lambda _: said("no")) as server:
        (reason,) = _complete_many(server, ["a"])
    assert "not the JSON asked for" in str(reason)
    assert len(server.asked) == 3


def test_takes_no_answer_that_was_cut_off() -> None:
    with serving(lambda _: said({"text": "A"}, finish="length")) as server:
        assert _complete_many(server, ["a"]) == ["the answer is longer than 64 tokens"]


def test_takes_no_answer_beyond_the_limit_that_was_set() -> None:
    with serving(lambda _: said({"text": "no " * 1000})) as server:
        assert _complete_many(server, ["a"]) == ["the answer is longer than 64 tokens"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"choices": []},
        {"choices": [{"message": None}]},
        [1],
        b"<html>Sign in</html>",
        b'{"choices": [{"message": {"content": "\xff"}}]}',
        b'{"choices":' + b"[" * 100_000,
    ],
)
def test_takes_nothing_that_is_no_completion(body: object) -> None:
    with serving(lambda _: Told(body)) as server:
        (reason,) = _complete_many(server, ["a"])
    assert str(reason).endswith("no answer: the endpoint's answer is no chat completion")


def test_stops_at_the_budget_and_reports_the_rest() -> None:
    with serving(lambda _: said({"text": "A"}, tokens=100)) as server:
        answers = _complete_many(server, list("abcdef"), budget=500, concurrency=3)
    assert answers.count("A") == 4
    spent = "the language model gave no answer: the budget of 500 tokens is spent"
    assert answers.count(spent) == 2
    assert len(server.asked) == 4


def test_goes_on_where_a_run_was_stopped(tmp_path: Path) -> None:
    stopped = True

    def behave(asked: Asked) -> Told:
        return Told({}, 401) if stopped and asked.question == "c" else _echo(asked)

    with serving(behave) as server:
        with pytest.raises(ModelError):
            _complete_many(server, list("abcd"), cache=tmp_path, concurrency=1)
        assert [asked.question for asked in server.asked] == ["a", "b", "c"]
        stopped = False
        assert _complete_many(server, list("abcd"), cache=tmp_path) == list("ABCD")
        assert sorted(asked.question for asked in server.asked) == list("abccd")


def test_asks_nothing_twice(tmp_path: Path) -> None:
    with serving(_echo) as server:
        assert _complete_many(server, ["a", "b"], cache=tmp_path) == ["A", "B"]
        assert _complete_many(server, ["b", "a", "c"], cache=tmp_path) == ["B", "A", "C"]
        assert [asked.question for asked in server.asked][-1] == "c"
        assert len(server.asked) == 3
        assert _complete_many(server, ["a"], cache=tmp_path, model="other") == ["A"]
        assert len(server.asked) == 4


def test_asks_again_where_the_cache_is_broken(tmp_path: Path) -> None:
    with serving(_echo) as server:
        _complete(server, cache=tmp_path)
        for path in tmp_path.rglob("*.json"):
            path.write_text('{"te')
        assert _complete(server, cache=tmp_path) == "A"
        assert _complete(server, cache=tmp_path) == "A"
    assert len(server.asked) == 2


def test_asks_several_at_once_and_no_more() -> None:
    lock = threading.Lock()
    together = threading.Barrier(3, timeout=5)
    now, most = 0, 0

    def behave(asked: Asked) -> Told:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait()
        with lock:
            now -= 1
        return _echo(asked)

    texts = [f"t{n}" for n in range(9)]
    with serving(behave) as server:
        assert _complete_many(server, texts, concurrency=3) == [t.upper() for t in texts]
    assert most == 3


def test_half_a_character_is_no_question() -> None:
    with serving(_echo) as server:
        (reason,) = _complete_many(server, ["\ud800"])
    assert "half of a character" in str(reason)


def test_says_that_answers_cannot_be_kept(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("")
    with serving(_echo) as server, pytest.raises(ModelError, match="cannot be kept") as caught:
        _complete(server, cache=folder)
    assert caught.value.where == str(folder)


def test_keeps_half_a_character_of_an_answer(tmp_path: Path) -> None:
    with serving(lambda _: said('{"text": "\ud800"}')) as server:
        made = [_complete(server, cache=tmp_path) for _ in range(2)]
    assert made == ["\ud800"] * 2
    assert len(server.asked) == 1
