"""What a run of the linter can be told."""

from __future__ import annotations

import msgspec

__all__ = ["LintOptions"]


class LintOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to lint.

    Attributes:
        select: Only these rules: names, codes, beginnings of codes, or kinds; none means all.
        ignore: Not these rules. Only here can `invalid-record` be turned off.
        rules: Folders with more rules and lexicons.
        shape: The shape to read every record as; None detects each record's.
        jobs: How many processes work. With more than one, a script that lints needs the usual
            `if __name__ == "__main__":`, since processes are started afresh.
        exclude: Patterns of files to leave out where a folder is searched.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    shape: str | None = None
    jobs: int = 1
    exclude: tuple[str, ...] = ()
