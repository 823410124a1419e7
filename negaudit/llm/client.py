"""Asks a language model many questions: with a cache, a budget, and checked JSON answers."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from threading import Event, Lock
from typing import Final

from negaudit.errors import ModelError, UsageError
from negaudit.llm.budget import Budget, estimate
from negaudit.llm.cache import Cache, key_of
from negaudit.llm.options import LlmOptions
from negaudit.llm.record import (
    Answer,
    Backend,
    Generated,
    Message,
    RefusedError,
    Schema,
    UnansweredError,
)
from negaudit.llm.structured import MalformedError, asking, parsed

__all__ = ["Client", "client_of"]

_TRIES: Final = 3  # at one question, each time with what was wrong with the answer
_LONGEST_TOKEN: Final = 16  # characters, on average over an answer
_PATIENCE: Final = 8  # questions in a row without an answer, each tried several times


class Client:
    """A language model that answers in JSON.

    Args:
        options: Which model, and within what limits.

    Raises:
        UsageError: What the model needs is not installed.
        ModelError: The model cannot be loaded or reached.
    """

    def __init__(self, options: LlmOptions) -> None:
        self.options = options
        self.budget = Budget(options.budget)
        self._cache = Cache(options.cache)
        self._backend = _backend(options)
        self._silent = 0
        self._counting = Lock()

    def close(self) -> None:
        """Lets go of connections and memory."""
        self._backend.close()

    def complete(self, messages: list[Message], schema: Schema) -> dict[str, object]:
        """Asks one question.

        Args:
            messages: The conversation.
            schema: The JSON Schema that the answer has to fit.

        Raises:
            ModelError: There is no such answer.
        """
        answer = self._answer(messages, schema)
        if answer.value is None:
            raise ModelError(answer.reason, where=self._backend.name)
        return answer.value

    def complete_many(self, questions: Sequence[list[Message]], schema: Schema) -> list[Answer]:
        """Asks several questions, some at once.

        A question without an answer keeps no other from being answered. What was answered is
        in the cache, so that a run that was stopped goes on there.

        Raises:
            ModelError: The model cannot be asked any more.
        """
        stopped = Event()

        def answered(messages: list[Message]) -> Answer:
            if stopped.is_set():
                return Answer(None, "the model cannot be asked any more")
            try:
                return self._answer(messages, schema)
            except BaseException:
                stopped.set()
                raise

        pool = ThreadPoolExecutor(self.options.concurrency)
        try:
            return list(pool.map(answered, questions))
        finally:
            stopped.set()
            pool.shutdown(cancel_futures=True)

    def _answer(self, messages: list[Message], schema: Schema) -> Answer:
        asked = asking(messages, schema)
        try:
            key = key_of(self._backend.name, asked, schema)
        except UnicodeEncodeError:
            return Answer(None, "the text holds half of a character (a lone surrogate)")
        known = self._cache.get(key)
        if known is not None:
            try:
                return Answer(parsed(known, schema))
            except MalformedError:
                pass  # a file that was cut short is written again
        return self._ask(key, asked, schema)

    def _ask(self, key: str, asked: list[Message], schema: Schema) -> Answer:
        spent, complaint = 0, ""
        # A document comes back whole, so that the answer may be as long as it is.
        limit = max(self.options.answer_tokens, estimate(asked[-1:]))
        for _ in range(_TRIES):
            reserved = estimate(asked) + limit
            if not self.budget.reserve(reserved):
                return _unanswered(f"the budget of {self.budget.limit} tokens is spent", spent)
            used = 0
            try:
                written = self._generate(asked, schema, limit)
                used = written.tokens
            except UnansweredError as error:
                return _unanswered(str(error), spent)
            except RefusedError as error:
                return Answer(None, str(error), spent)
            finally:
                self.budget.settle(reserved, used)
            spent += used
            # Not every endpoint keeps to the limit that it is given.
            if not written.finished or len(written.text) > _LONGEST_TOKEN * limit:
                reason = f"the answer is longer than {limit} tokens"
                return Answer(None, reason, spent)
            try:
                value = parsed(written.text, schema)
            except MalformedError as error:
                complaint = str(error)
                asked = [*asked, *_again(written.text, complaint)]
                continue
            self._cache.put(key, written.text)
            return Answer(value, "", spent)
        return Answer(None, f"the model's answer is not the JSON asked for: {complaint}", spent)

    def _generate(self, asked: list[Message], schema: Schema, limit: int) -> Generated:
        """Asks, unless so many questions in a row had no answer that there is no point."""
        if self._silent >= _PATIENCE:
            raise UnansweredError(f"it was asked no more after {_PATIENCE} failures in a row")
        try:
            written = self._backend.generate(asked, schema, limit)
        except UnansweredError:
            with self._counting:
                self._silent += 1
            raise
        with self._counting:
            self._silent = 0
        return written


def _unanswered(reason: str, spent: int) -> Answer:
    return Answer(None, f"the language model gave no answer: {reason}", spent, waits=True)


def _again(text: str, complaint: str) -> list[Message]:
    return [
        {"role": "assistant", "content": text},
        {"role": "user", "content": f"That is not it: {complaint}. Write the JSON object alone."},
    ]


def _backend(options: LlmOptions) -> Backend:
    if find_spec("jsonschema") is None:
        hint = "run: pip install 'negaudit[llm]'"
        raise UsageError("answers are checked with jsonschema", where="--llm", hint=hint)
    if options.backend == "http":
        from negaudit.llm.endpoint import Endpoint

        return Endpoint(options)
    from negaudit.llm.local import LocalModel

    return LocalModel(options)


@cache
def client_of(options: LlmOptions) -> Client:
    """The process's own client of a model: loaded once, and with one budget for all."""
    client = Client(options)
    atexit.register(client.close)
    return client
