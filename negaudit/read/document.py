"""JSON documents: one array, an object around an array, or values one after the other.

The elements are handed on one by one with the line on which each begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from negaudit.read.pack import Item
from negaudit.read.scanner import BLANKS, SEPARATORS, Scanner

__all__ = ["document_items"]

# The names that a list of records goes by in an object around it. A list of any other name
# may belong to a record, so it counts only where it is all that the file holds.
LIST_KEY = rb'"(?:data|dataset|records|rows|examples|instances|samples|train|test|validation)"'
KEY = rb'"[^"\\\n]*+"'
SCALAR = rb'(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|[-+.\w]++)'
MEMBERS = rb"(?:\s*+" + KEY + rb"\s*+:\s*+" + SCALAR + rb"\s*+,)*+\s*+"
LIST_IN_OBJECT = re.compile(rb"\{" + MEMBERS + LIST_KEY + rb"\s*+:\s*+\[")
NEXT_LIST = re.compile(rb"\s*+," + MEMBERS + LIST_KEY + rb"\s*+:\s*+\[")
PLAIN_REST = re.compile(
    rb"(?:\s*+,\s*+" + KEY + rb"\s*+:\s*+" + SCALAR + rb")*+\s*+\}",
)
LOOK_AHEAD = 1 << 16
TURN_KEYS = frozenset({"role", "from", "speaker", "author", "content", "value"})


def document_items(stream: Iterator[bytes], *, newline: bytes = b"\n") -> Iterator[Item]:
    """Takes a JSON document apart into its records.

    An array gives its elements; an object gives the elements of its list of records ("data",
    "records", "rows", ..., or whatever list is its only member), and is a record itself where
    it has none; other values are records.

    Args:
        stream: The document's bytes.
        newline: What ends its lines.

    Yields:
        The records as they stand in the file, with CR for every line end inside them.
    """
    scanner = Scanner(stream, newline)
    first = True
    while byte := scanner.skip(BLANKS):
        if byte == b"[":
            scanner.pos += 1
            yield from _elements(scanner)
        elif byte == b"{" and _enter(scanner, LIST_IN_OBJECT):
            yield from _wrapped(scanner)
        else:
            item = scanner.value()
            alone = first and byte == b"{" and not scanner.skip(BLANKS)
            yield from _only_list(item) if alone else (item,)
        first = False


def _enter(scanner: Scanner, opening: re.Pattern[bytes]) -> bool:
    scanner.look_ahead(LOOK_AHEAD)
    match = opening.match(scanner.data, scanner.pos)
    if match:
        scanner.pos = match.end()
    return match is not None


def _elements(scanner: Scanner) -> Iterator[Item]:
    while byte := scanner.skip(SEPARATORS):
        if byte == b"]":
            scanner.pos += 1
            return
        yield scanner.value()
    yield Item(scanner.line(), None, "the file ends inside a list of records: it was cut off")


def _wrapped(scanner: Scanner) -> Iterator[Item]:
    yield from _elements(scanner)
    while _enter(scanner, NEXT_LIST):
        yield from _elements(scanner)
    if _enter(scanner, PLAIN_REST) or not scanner.skip(BLANKS):
        return
    line = scanner.line()
    scanner.pass_rest()
    yield Item(line, None, "what stands beside the list of records is no record and was left out")


def _only_list(item: Item) -> Iterator[Item]:
    """Gives the elements of the list of objects that is all an object holds, or the object."""
    elements = _list_of_objects(item.data or b"")
    if not elements or item.data is None or item.line is None:
        yield item
        return
    line, end = item.line, 0
    for element in elements:
        start = item.data.find(element, end)
        line += item.data.count(b"\r", end, start)
        yield Item(line, element, start=None if item.start is None else item.start + start)
        line += element.count(b"\r")
        end = start + len(element)


def _list_of_objects(data: bytes) -> list[bytes]:
    try:
        members = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        if len(members) != 1:
            return []
        [only] = members.values()
        objects = msgspec.json.decode(only, type=list[dict[str, msgspec.Raw]])
        if not objects or TURN_KEYS & objects[0].keys():
            return []
        return [bytes(raw) for raw in msgspec.json.decode(only, type=list[msgspec.Raw])]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []
