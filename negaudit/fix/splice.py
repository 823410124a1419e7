"""A record's operations on its JSON text: only the bytes that must change do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from negaudit.fix.pieces import word_diff
from negaudit.fix.pointer import NowhereError
from negaudit.fix.record import Drop, Operation, Replace, SetMember
from negaudit.fix.spelling import Spelling, spell
from negaudit.fix.tokens import Node, find_node, parse

__all__ = ["splice"]

_UNICODE_ESCAPE: Final = re.compile(rb"(?<!\\)(?:\\\\)*+\\u(?!00[01])[0-9a-fA-F]{4}")


class _Edit(NamedTuple):
    """Bytes [start, end) become others."""

    start: int
    end: int
    data: bytes


def splice(data: bytes, operations: Sequence[Operation]) -> bytes | None:
    """Applies operations to the JSON text of one record, in order.

    A replaced string keeps the spelling of every character that stays; new characters are
    spelled as the record spells its others (escaped or not). A member that is added goes to
    its object's end, in the object's own spacing. All other bytes stay as they are.

    Args:
        data: One JSON value, with whatever stands around it.
        operations: What is to be done to it.

    Returns:
        The new text; None where the record is dropped.

    Raises:
        NowhereError: An operation speaks of a place that the record does not have.
        ValueError: The text, or the string that is to be replaced, is too broken to edit.
    """
    if any(isinstance(operation, Drop) for operation in operations):
        return None
    for batch in _batches(operations):
        edits = list(_edits(data, batch))
        for edit in sorted(edits, reverse=True):
            data = data[: edit.start] + edit.data + data[edit.end :]
    return data


def _batches(operations: Sequence[Operation]) -> Iterator[Sequence[Operation]]:
    """Operations that one look at the text serves: strings in other places, or one member."""
    for replaces, group in groupby(operations, lambda each: isinstance(each, Replace)):
        if not replaces:
            yield from ([operation] for operation in group)
            continue
        batch: dict[str, Operation] = {}
        for operation in group:
            assert isinstance(operation, Replace)
            batch[operation.pointer] = operation
        yield list(batch.values())


def _edits(data: bytes, batch: Sequence[Operation]) -> Iterator[_Edit]:
    root = parse(data)
    ascii_only = _ascii_only(data)
    for operation in batch:
        if isinstance(operation, Replace):
            node = find_node(root, data, operation.pointer)
            if data[node.start : node.start + 1] != b'"':
                raise NowhereError("string", operation.pointer)
            yield from _rewording(data[node.start : node.end], node, operation.text, ascii_only)
        elif isinstance(operation, SetMember):
            node = find_node(root, data, operation.pointer)
            if data[node.start : node.start + 1] != b"{":
                raise NowhereError("object", operation.pointer)
            yield _member(data, node, operation, ascii_only)


def _ascii_only(data: bytes) -> bool:
    """Whether the record escapes what is not ASCII; where nothing tells, that is the safe way."""
    return data.isascii() or _UNICODE_ESCAPE.search(data) is not None


def _rewording(token: bytes, node: Node, text: str, ascii_only: bool) -> Iterator[_Edit]:
    spelling = Spelling(token)
    own_ascii = token.isascii() and ascii_only
    slashes = b"\\/" in token
    at = 0
    new = [b'"']
    for kind, piece in word_diff(spelling.text, text):
        if kind == "added":
            new.append(spell(piece, ascii_only=own_ascii, slashes=slashes))
            continue
        if kind == "same":
            new.append(spelling.raw(at, at + len(piece)))
        at += len(piece)
    yield _Edit(node.start, node.end, b"".join((*new, b'"')))


def _member(data: bytes, node: Node, operation: SetMember, ascii_only: bool) -> _Edit:
    value = _encoded(operation.value, ascii_only)
    for member in reversed(node.members):
        if member.key == operation.key:
            return _Edit(member.node.start, member.node.end, value)
    key = _encoded(operation.key, ascii_only)
    if not node.members:
        colon = b": " if b'": ' in data else b":"
        return _Edit(node.start + 1, node.start + 1, key + colon + value)
    last = node.members[-1]
    colon = data[last.key_end : last.node.start]
    return _Edit(last.node.end, last.node.end, _comma(data, node, colon) + key + colon + value)


def _comma(data: bytes, node: Node, colon: bytes) -> bytes:
    """What parts two members of an object."""
    last = node.members[-1]
    if len(node.members) > 1:
        return data[node.members[-2].node.end : last.start]
    lead = data[node.start + 1 : last.start]
    if b"\n" in lead or b"\r" in lead:
        return b"," + lead
    return b", " if colon.endswith(b" ") else b","


def _encoded(value: str | float | bool, ascii_only: bool) -> bytes:
    return json.dumps(value, ensure_ascii=ascii_only).encode()
