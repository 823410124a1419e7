"""Where the values of a record stand in its JSON text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from negaudit.fix.pointer import NowhereError, index_of, keys_of
from negaudit.fix.spelling import Spelling

__all__ = ["Member", "Node", "find_node", "parse"]

# Possessive throughout, as in negaudit.read: each pattern runs over its text once. What a
# reader forgives inside a string (raw line breaks, broken UTF-8) is passed here too.
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SCALAR: Final = re.compile(rb'[^\s,:\[\]{}"]++')
_GAP: Final = re.compile(rb"[\s,:]*+")
_LEAD: Final = re.compile(rb"(?:\xef\xbb\xbf|\s)*+")


class Member(NamedTuple):
    """A value in an object or a list, with its key; items of a list have none.

    Attributes:
        key: The key, decoded.
        key_end: Where its token ends.
        start: Where its token begins; in a list where the value begins.
        node: The value.
    """

    key: str
    start: int
    key_end: int
    node: Node


class Node:
    """A value: bytes [start, end) of the text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        members: What an object or a list holds, in the order of the text.
    """

    __slots__ = ("end", "members", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.members: list[Member] = []


def parse(data: bytes) -> Node:
    """Takes the first JSON value of a text apart, in one pass and without recursion.

    Args:
        data: A record that a reader could read.

    Raises:
        ValueError: There is no JSON value at the beginning of the text.
    """
    lead = _LEAD.match(data)
    pos = lead.end() if lead else 0
    root = Node(pos)
    waiting: list[Node] = []
    key: tuple[str, int, int] | None = None
    node = root
    while True:
        first = data[pos : pos + 1]
        if waiting and first in (b"}", b"]"):
            closed = waiting.pop()
            pos = closed.end = pos + 1
        elif waiting and key is None and data[waiting[-1].start] == ord("{"):
            end = _token_end(data, pos)
            key = (Spelling(data[pos:end]).text, pos, end)
            pos = _after(data, end)
            continue
        else:
            node = root if not waiting else _added(waiting[-1], pos, key)
            key = None
            if first in (b"{", b"["):
                waiting.append(node)
                pos += 1
            else:
                pos = node.end = _token_end(data, pos)
        if not waiting:
            return root
        pos = _after(data, pos)


def find_node(root: Node, data: bytes, pointer: str) -> Node:
    """The value at a JSON Pointer; of a key that is there twice, the last one's.

    Raises:
        NowhereError: There is none.
    """
    node = root
    for key in keys_of(pointer):
        found = _child(node, data, key)
        if found is None:
            raise NowhereError("value", pointer)
        node = found
    return node


def _child(node: Node, data: bytes, key: str) -> Node | None:
    if data[node.start] == ord("["):
        index = index_of(key, len(node.members))
        return None if index is None else node.members[index].node
    return next((each.node for each in reversed(node.members) if each.key == key), None)


def _added(parent: Node, pos: int, key: tuple[str, int, int] | None) -> Node:
    node = Node(pos)
    name, start, end = key or ("", pos, pos)
    parent.members.append(Member(name, start, end, node))
    return node


def _after(data: bytes, pos: int) -> int:
    match = _GAP.match(data, pos)
    return match.end() if match else pos


def _token_end(data: bytes, pos: int) -> int:
    pattern = _STRING if data[pos : pos + 1] == b'"' else _SCALAR
    match = pattern.match(data, pos)
    if match is None:
        raise ValueError(f"no JSON value at byte {pos + 1} of the record")
    return match.end()
