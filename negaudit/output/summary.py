"""Puts the statistics of a run into words; every word of it is inert."""

from __future__ import annotations

from negaudit.output.inert import inert
from negaudit.records import Remedy, Statistics

__all__ = ["REMEDIES", "census", "clean_line", "counted", "facts", "next_step", "percent"]

REMEDIES = {
    Remedy.NEGATE: "negate each claim inside its own clause",
    Remedy.DROP: "drop the record",
    Remedy.MASK: "take no loss on the content",
    Remedy.REFUSE: "put a refusal or a good answer in its place",
    Remedy.PREFER: "move it to the rejected side of a preference pair",
    Remedy.INOCULATE: "put one fixed instruction before it",
}

_TOP_SOURCES = 3


def counted(number: int, noun: str) -> str:
    """`1 file`, `9,812 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(part: int, whole: int) -> str:
    """`4.1 %`; a share of nothing is `0.0 %`."""
    return f"{100 * part / whole if whole else 0:.1f} %"


def census(shapes: dict[str, int]) -> str:
    """`9,812 messages, 188 alpaca, 3 unknown`, the commonest first."""
    ordered = sorted(shapes.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number:,} {inert(shape)}" for shape, number in ordered)


def clean_line(statistics: Statistics, *, complete: bool = True) -> str:
    """What a run without findings says.

    Args:
        statistics: What the run saw.
        complete: Whether all its input could be read.
    """
    read = f"{counted(statistics.records, 'record')} in {counted(statistics.files, 'file')}"
    shapes = census(statistics.shapes)
    known = f", {_known(statistics.known)}" if statistics.known else ""
    what = "Nothing new" if statistics.known else "Nothing"
    where = "" if complete else " in what could be read"
    return f"{what} to report{where}: {read}{f' ({shapes})' if shapes else ''}{known}."


def facts(statistics: Statistics) -> list[tuple[str, str]]:
    """Labels and values of all that is worth knowing of a run, in reading order."""
    records, framed = statistics.records, statistics.framed
    read = f"{counted(records, 'record')} in {counted(statistics.files, 'file')}"
    invalid = f", {statistics.invalid:,} of them invalid" if statistics.invalid else ""
    found = [("read", read + invalid), ("framed", f"{framed:,} ({percent(framed, records)})")]
    if statistics.known:
        found.append(("known", f"{_known(statistics.known)}, not shown"))
    if statistics.shapes:
        found.append(("shapes", census(statistics.shapes)))
    if statistics.placements:
        found.append(("placements", census(statistics.placements)))
    if statistics.templates:
        found.append(("wordings", _wordings(statistics)))
    if framed:
        found.append(("contrast", _contrast(statistics.contrast)))
    if statistics.sources:
        found.append((f"by {inert(statistics.source_column)}", _sources(statistics)))
    return found


def next_step(statistics: Statistics) -> str:
    """One line that says what to do about the commonest rule."""
    rule = max(statistics.rules, key=lambda name: (statistics.rules[name], name), default="")
    if not rule:
        return "next: nothing; this data holds no framing that negaudit knows."
    return f"next: negaudit rule {inert(rule)} says why it matters and what to do instead."


def _known(number: int) -> str:
    return f"{counted(number, 'known finding')} in the baseline"


def _wordings(statistics: Statistics) -> str:
    distinct = f"{counted(statistics.templates, 'distinct frame')}"
    return f"{distinct}, the commonest in {counted(statistics.top_template, 'record')}"


def _contrast(rows: int) -> str:
    if not rows:
        return "no unframed record shows the same prompt as a framed one"
    shows = "shows" if rows == 1 else "show"
    return f"{counted(rows, 'unframed record')} {shows} the same prompt as a framed one"


def _sources(statistics: Statistics) -> str:
    sources = statistics.sources
    ordered = sorted(sources.items(), key=lambda item: (-item[1][0], item[0]))
    shown = [
        f"{inert(value) or '(empty)'} {framed:,} of {records:,} ({percent(framed, records)})"
        for value, (framed, records) in ordered[:_TOP_SOURCES]
    ]
    more = f", and {len(ordered) - _TOP_SOURCES:,} more" if len(ordered) > _TOP_SOURCES else ""
    return ", ".join(shown) + more
