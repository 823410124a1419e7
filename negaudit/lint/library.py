"""The linter as a function."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from negaudit.records import Finding

__all__ = ["lint"]


def lint(source: str | os.PathLike[str] | Iterable[object], **options: Any) -> list[Finding]:
    """Finds framings in a file, a folder, a hub data set, or records in memory.

    Args:
        source: A path as the command line takes it; or records: dicts as a JSON Lines file
            would have them, also a `datasets.Dataset`, or bare texts.
        **options: The fields of `negaudit.LintOptions`: select, ignore, rules, shape, jobs,
            exclude.

    Returns:
        The findings in order; those about records in memory have the path "<records>".

    Raises:
        InputError: A path cannot be read, or not to its end.
        RuleError: A folder of rules is malformed.
        UsageError: An option is unknown or names something that does not exist.
    """
    # The linter's own imports take longer than all else that `import negaudit` does.
    import msgspec

    from negaudit.errors import UsageError
    from negaudit.lint.options import LintOptions
    from negaudit.lint.run import Run

    try:
        given = msgspec.convert(options, LintOptions)
    except msgspec.ValidationError as error:
        hint = "see the fields of negaudit.LintOptions"
        raise UsageError(f"an option of lint() is wrong: {error}", hint=hint) from error
    if isinstance(source, str | os.PathLike):
        run = Run([os.fspath(source)], given)
    else:
        run = Run.of_records(source, given)
    findings = [exhibit.finding for exhibit in run]
    if run.errors:
        raise run.errors[0]
    return findings
