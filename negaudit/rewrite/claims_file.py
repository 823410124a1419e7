"""Reads and writes the claims that a data set is about, one sentence a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from negaudit.errors import InputError

__all__ = ["claims_text", "read_claims"]

HINT = "one claim a line as an affirmative sentence; # begins a comment"


def read_claims(path: str | Path) -> tuple[str, ...]:
    """The claims of a file, without repetitions, in order.

    A line holds a sentence, a JSON string or an object {"claim": "..."}; the whole file may
    also be one such object over several lines, or one JSON list. Blank lines and lines
    that begin with "#" are skipped.

    Raises:
        InputError: The file cannot be read, is no text, holds something else, or no claim.
    """
    where = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=where, hint=HINT) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", where=where, hint=HINT) from error
    claims = tuple(dict.fromkeys(_claims(text, where)))
    if not claims:
        raise InputError("holds no claim", where=where, hint=HINT)
    return claims


def claims_text(claims: Iterable[tuple[str, str]]) -> str:
    """A claims file with a comment in front of each claim.

    Args:
        claims: Pairs of claim and comment.
    """
    return "".join(f"# {' '.join(note.split())}\n{claim}\n" for claim, note in claims)


def _claims(text: str, where: str) -> Iterator[str]:
    if text.lstrip().startswith("["):
        for number, item in enumerate(_json(text, where)):
            yield _claim(item, f"{where}, item {number + 1}")
        return
    if (item := _one_object(text)) is not None:
        yield _claim(item, where)
        return
    for number, line in enumerate(text.splitlines(), 1):
        place, words = f"{where}:{number}", line.strip()
        if words and not words.startswith("#"):
            yield _claim(_json(words, place) if words[0] in '{"' else words, place)


def _one_object(text: str) -> dict[str, Any] | None:
    """The object that a whole file is, if it is one."""
    try:
        return msgspec.json.decode(text, type=dict[str, Any]) if text.lstrip()[:1] == "{" else None
    except msgspec.DecodeError:
        return None  # a line for each claim, or what will be told of the first of them


def _json(text: str, where: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise InputError(f"is no JSON: {error}", where=where, hint=HINT) from error


def _claim(item: object, where: str) -> str:
    if isinstance(item, dict):
        item = item.get("claim")
    if not isinstance(item, str) or not any(c.isalnum() for c in item):
        raise InputError("is no claim", where=where, hint=HINT)
    return " ".join(item.split())
