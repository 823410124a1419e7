"""Finds the name that a user most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["did_you_mean"]


def did_you_mean(wrong: str, names: Iterable[str]) -> str:
    """Advice such as "did you mean 'fiction'?", or "" where no name is near."""
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in names}
    near = get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return f"did you mean {by_lower[near[0]]!r}?" if near else ""
