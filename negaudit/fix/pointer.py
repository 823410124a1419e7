"""JSON Pointers (RFC 6901), taken apart."""

from __future__ import annotations

__all__ = ["NowhereError", "index_of", "keys_of"]


class NowhereError(LookupError):
    """An operation speaks of a place that the record does not have."""

    def __init__(self, what: str, pointer: str) -> None:
        super().__init__(f"the record has no {what} at {pointer!r}")


def keys_of(pointer: str) -> tuple[str, ...]:
    """The keys and indexes that lead from the whole value to the place.

    Raises:
        NowhereError: A pointer that is not empty begins without a slash.
    """
    first, *tokens = pointer.split("/")
    if first:
        raise NowhereError("place", pointer)
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in tokens)


def index_of(key: str, length: int) -> int | None:
    """The index that a key means in a list of this length; None where it means none."""
    if not (key.isascii() and key.isdigit()) or (len(key) > 1 and key[0] == "0"):
        return None
    return int(key) if int(key) < length else None
