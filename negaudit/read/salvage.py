"""What is wrong with a record that msgspec refuses, where, and what of it can be saved."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, NamedTuple

import msgspec

__all__ = ["Decoded", "repeated_key", "salvage"]

MOST_DIGITS = 400
# The standard library needs several times a record's size to look for repeated keys.
LONGEST_COMPARED = 4 << 20
BOM = "\ufeff"
TOO_DEEP = "the record is nested too deeply to be read; flatten it"
BLANKS = re.compile(r"[ \t\r\n]*+")
BYTE_PLACE = re.compile(r"\(byte (\d++)\)")
# Every escape, so that an escaped backslash is not taken for the beginning of one.
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|u(?P<lone>[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


class Decoded(NamedTuple):
    """A record and what is wrong with it.

    Attributes:
        record: The value, or None where nothing could be saved.
        fault: What is wrong, and where in the record; "" where nothing is.
    """

    record: Any
    fault: str


class _RepeatedKeyError(Exception):
    pass


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _RepeatedKeyError(counts.most_common(1)[0][0])
    return members


_distinct_decoder = json.JSONDecoder(strict=False, object_pairs_hook=_distinct)


def repeated_key(data: bytes) -> str:
    """Looks for an object that has a key twice, in a record that decodes.

    Returns:
        The fault, or "" where every key is there once, or the record is longer than 4 MiB.
    """
    if len(data) > LONGEST_COMPARED:
        return ""
    try:
        _distinct_decoder.decode(data.decode("utf-8", "replace"))
    except _RepeatedKeyError as repeated:
        key = json.dumps(str(repeated)[:80])
        return f"the key {key} appears twice in one object; its last value is used"
    except (ValueError, RecursionError):
        return ""
    return ""


def salvage(data: bytes) -> Decoded:
    """Reads a record that the fast decoder has refused.

    Args:
        data: One JSON value, or what should be one.

    Returns:
        What could be saved, and every fault found, with the place of the first of its kind.
    """
    faults: list[str] = []
    text = _paired(_text(data, faults), faults)
    encoded = text.encode()
    try:
        record = msgspec.json.decode(encoded)
    except RecursionError:
        return Decoded(None, TOO_DEEP)
    except msgspec.MsgspecError as error:
        return _lenient(text, _place_of(error, encoded), faults)
    if fault := repeated_key(encoded):
        faults.append(fault)
    return Decoded(record, "; ".join(faults))


def _text(data: bytes, faults: list[str]) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        wrong = f"0x{data[error.start]:02x} at byte {error.start + 1}"
        faults.append(f"not valid UTF-8 ({wrong} of the record); read as U+FFFD")
        text = data.decode("utf-8", "replace")
    if text.startswith(BOM):
        faults.append("a byte order mark stands before the record; it is left out")
        text = text.lstrip(BOM)
    return text


def _paired(text: str, faults: list[str]) -> str:
    """Puts U+FFFD, which is as long, in the place of each unpaired surrogate's escape."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    lone = [match for match in ESCAPE.finditer(text) if match["lone"]]
    if not lone:
        return text
    first = lone[0]
    faults.append(f"unpaired surrogate {first[0]} at {_place(text, first.start())}; read as U+FFFD")
    return ESCAPE.sub(lambda match: "\\ufffd" if match["lone"] else match[0], text)


class _LenientDecoder:
    """Reads what the standard library accepts beyond JSON, and notes what that was."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.raw_decode = json.JSONDecoder(
            strict=False,
            parse_constant=self._constant,
            parse_int=self._integer,
            parse_float=self._real,
        ).raw_decode

    def _constant(self, name: str) -> None:
        self.notes.append(f"{name} is not JSON; read as null")

    def _integer(self, digits: str) -> int | str:
        return int(digits) if len(digits) <= MOST_DIGITS else self._out_of_range(digits)

    def _real(self, digits: str) -> float | str:
        value = float(digits)
        return value if math.isfinite(value) else self._out_of_range(digits)

    def _out_of_range(self, digits: str) -> str:
        self.notes.append("a number is out of range; read as its digits")
        return digits


def _lenient(text: str, position: int, faults: list[str]) -> Decoded:
    """Reads a text whose first fault is at `position`."""
    decoder = _LenientDecoder()
    try:
        record, end = decoder.raw_decode(text, _after_blanks(text, 0))
    except json.JSONDecodeError as error:
        what = (error.msg[:1].lower() + error.msg[1:]).removesuffix(" at")
        fault = f"not valid JSON: {what} ({_place(text, error.pos)})"
        return Decoded(None, "; ".join([*faults, fault]))
    except RecursionError:
        return Decoded(None, TOO_DEEP)
    notes = decoder.notes
    rest = _after_blanks(text, end)
    if rest < len(text):
        notes.append(f"more text follows the record at {_place(text, rest)}; it is left out")
        record = record if isinstance(record, dict | list) else None
    if not notes:
        notes.append(_control(text, position))
    if position < end:
        notes[0] += f" (first fault at {_place(text, position)})"
    if fault := repeated_key(text[:end].encode()):
        notes.append(fault)
    return Decoded(record, "; ".join(dict.fromkeys([*faults, *notes])))


def _after_blanks(text: str, start: int) -> int:
    match = BLANKS.match(text, start)
    return match.end() if match else start


def _control(text: str, position: int) -> str:
    point = ord(text[position]) if position < len(text) else 0
    kind = "line break" if point in (10, 13) else "control character"
    return f"a raw {kind} (U+{point:04X}) stands in a string; it should be escaped"


def _place_of(error: msgspec.MsgspecError, encoded: bytes) -> int:
    match = BYTE_PLACE.search(str(error))
    before = encoded[: int(match[1])] if match else encoded
    return len(before.decode("utf-8", "ignore"))


def _place(text: str, position: int) -> str:
    """Says where in a record a character is; within a document, CR stands for its line ends."""
    column = position - text.rfind("\r", 0, position)
    lines = text.count("\r", 0, position)
    return f"line {lines + 1} of the record, column {column}" if lines else f"column {column}"
