"""A record's operations on its decoded value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from negaudit.fix.pointer import NowhereError, index_of, keys_of
from negaudit.fix.record import Drop, Operation, Replace, SetMember

__all__ = ["apply", "place"]


def apply(value: object, operations: Sequence[Operation]) -> object | None:
    """Applies operations in order; the value itself is never changed.

    Args:
        value: A record, as decoded from JSON.
        operations: What is to be done to it.

    Returns:
        The new value, which shares with the old one what is the same; None where the record
        is dropped.

    Raises:
        NowhereError: An operation speaks of a place that the record does not have.
    """
    if any(isinstance(operation, Drop) for operation in operations):
        return None
    for operation in operations:
        if isinstance(operation, Replace):
            value = _changed(value, operation.pointer, _replacing(operation))
        elif isinstance(operation, SetMember):
            value = _changed(value, operation.pointer, _setting(operation))
    return value


def place(value: object, pointer: str) -> object:
    """What stands at a JSON Pointer.

    Raises:
        NowhereError: Nothing does.
    """
    for key in keys_of(pointer):
        value = _child(value, key, pointer)
    return value


def _replacing(operation: Replace) -> Callable[[object], object]:
    def replaced(old: object) -> object:
        if not isinstance(old, str):
            raise NowhereError("string", operation.pointer)
        return operation.text

    return replaced


def _setting(operation: SetMember) -> Callable[[object], object]:
    def extended(old: object) -> object:
        if not isinstance(old, dict):
            raise NowhereError("object", operation.pointer)
        return {**old, operation.key: operation.value}

    return extended


def _changed(value: object, pointer: str, change: Callable[[object], object]) -> object:
    """A copy of the containers on the way to a place, with that place changed."""
    keys = keys_of(pointer)
    way = [value]
    for key in keys:
        way.append(_child(way[-1], key, pointer))
    new = change(way.pop())
    for container, key in zip(reversed(way), reversed(keys), strict=True):
        new = _with_child(container, key, new)
    return new


def _child(container: object, key: str, pointer: str) -> object:
    if isinstance(container, dict) and key in container:
        return container[key]
    if isinstance(container, list):
        index = index_of(key, len(container))
        if index is not None:
            return container[index]
    raise NowhereError("value", pointer)


def _with_child(container: object, key: str, child: object) -> object:
    if isinstance(container, dict):
        return {**container, key: child}
    assert isinstance(container, list)
    return [child if at == int(key) else item for at, item in enumerate(container)]
