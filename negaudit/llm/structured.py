"""JSON answers: what asks for them, and what is made of what a model writes."""

from __future__ import annotations

import json
from typing import Any

from negaudit.llm.record import Message, Schema

__all__ = ["MalformedError", "asking", "parsed"]


class MalformedError(Exception):
    """The answer is not the JSON that was asked for; says what is wrong with it."""


def asking(messages: list[Message], schema: Schema) -> list[Message]:
    """The conversation with the schema spelled out, for models that nothing holds to it."""
    rule = (
        "Answer with one JSON object and nothing else. It must fit this JSON Schema:\n"
        f"{json.dumps(schema)}"
    )
    first, *rest = messages
    if first["role"] == "system":
        return [{"role": "system", "content": f"{first['content']}\n\n{rule}"}, *rest]
    return [{"role": "system", "content": rule}, *messages]


def parsed(text: str, schema: Schema) -> dict[str, object]:
    """The JSON object in an answer; thoughts, fences and talk around it are passed over.

    Raises:
        MalformedError: There is none, or it does not fit the schema.
    """
    from jsonschema import Draft202012Validator

    value = _object(text.rpartition("</think>")[2])
    error = next(iter(Draft202012Validator(schema).iter_errors(value)), None)
    if error is not None:
        raise MalformedError(f"at {error.json_path}: {error.validator} does not hold")
    return value


def _object(text: str) -> dict[str, Any]:
    decoder = json.JSONDecoder(strict=False)
    start = text.find("{")
    if start < 0:
        raise MalformedError("it holds no JSON object")
    try:
        value, _ = decoder.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"its JSON is malformed: {error}") from error
    assert isinstance(value, dict)
    return value
