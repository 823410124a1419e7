"""The first screen: what it comes to in a sentence, three numbers, and the next command."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from shlex import quote
from typing import Final

import msgspec

from negaudit.fix.record import Outcome
from negaudit.output.summary import counted, percent
from negaudit.probe.record import ORIGINAL, Results, Verdict, VerdictName
from negaudit.records import Statistics
from negaudit.report.audit import Audit, folder_of, paths_of
from negaudit.report.effects import fixed_arm, verdict_of
from negaudit.report.figures import Figure, figures

__all__ = ["Headline", "NextStep", "headline"]

_TONES: Final = {
    VerdictName.AMPLIFIES: "bad",
    VerdictName.PARTLY: "doubt",
    VerdictName.NEUTRAL: "good",
    VerdictName.INCONCLUSIVE: "doubt",
}
_TAUGHT: Final = {
    VerdictName.AMPLIFIES: "Training on this data teaches what its warnings disown.",
    VerdictName.PARTLY: (
        "Training on this data teaches at least a part of what its warnings disown."
    ),
    VerdictName.NEUTRAL: "The proxy did not learn what the warnings in this data disown.",
    VerdictName.INCONCLUSIVE: (
        "The probe cannot tell whether the warnings protect: take that as unknown, never as safe."
    ),
}
_LEFT: Final = {
    VerdictName.AMPLIFIES: "The rewrite does not help: it still teaches it.",
    VerdictName.PARTLY: "After the rewrite at least a part of it is still taught.",
    VerdictName.NEUTRAL: "After the rewrite nothing of it is left that the probe can measure.",
    VerdictName.INCONCLUSIVE: "Whether the rewrite helps is not known either.",
}
_DOES: Final[dict[Outcome, str]] = {
    "rewritten": "rewrites",
    "masked": "masks",
    "moved": "moves",
    "dropped": "drops",
    "left": "leaves",
}
_NOTHING: Final = "nothing found"
_UNREAD: Final = "not all was read"
_HURTS: Final = (VerdictName.AMPLIFIES, VerdictName.PARTLY)
_REVIEW: Final = (
    "review the rewrites in the report, export the decisions, and write the repaired data:"
)
_MOST_NAMES: Final = 4
_UNFIXED: Final = "No fix is proposed, since what rewrites is not installed here."
# What to train with next, where a preset could not tell; full is the most there is.
_NEXT_PRESET: Final = {"quick": "standard", "custom": "standard", "standard": "full"}


class NextStep(msgspec.Struct, frozen=True):
    """What to do now: a command ("" where there is nothing to run) and what it is for."""

    command: str
    purpose: str


class Headline(msgspec.Struct, frozen=True):
    """The first screen.

    Attributes:
        label: The verdict in a word or two.
        tone: bad, doubt, good or plain.
        sentences: The verdict in sentences.
        figures: Neglect ratio, residual, framed share; what is not measured comes last.
        step: What to do now.
    """

    label: str
    tone: str
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    step: NextStep


def headline(audit: Audit) -> Headline:
    """Puts an audit into a few words."""
    verdict = None if audit.results is None else _original(audit.results)
    label = _label(audit, verdict)
    return Headline(
        label=label,
        tone=_TONES[verdict.verdict] if verdict else "plain" if label == _NOTHING else "doubt",
        sentences=(*_taught(audit.results, verdict), *_found(audit)),
        figures=figures(audit),
        step=_step(audit, verdict),
    )


def _original(results: Results) -> Verdict | None:
    return verdict_of(results, ORIGINAL)


def _label(audit: Audit, verdict: Verdict | None) -> str:
    if verdict is not None:
        return str(verdict.verdict)
    if audit.results is not None:
        return str(VerdictName.INCONCLUSIVE)
    seen = audit.statistics
    if audit.findings if seen is None else seen.framed:
        return "framed records found"
    return _NOTHING if seen is None or (seen.records and not seen.invalid) else _UNREAD


def _taught(results: Results | None, verdict: Verdict | None) -> tuple[str, ...]:
    if results is None:
        return ()
    if verdict is None:
        return (_TAUGHT[VerdictName.INCONCLUSIVE], "The probe gave no verdict on the data.")
    reason = (_sentence(verdict.reason),) if verdict.reason else ()
    arm = fixed_arm(results)
    left = None if arm is None else verdict_of(results, arm)
    return (
        _TAUGHT[verdict.verdict],
        *(reason if verdict.verdict is VerdictName.INCONCLUSIVE else ()),
        *(() if left is None else (_LEFT[left.verdict],)),
        *_unasked(results),
    )


def _unasked(results: Results) -> tuple[str, ...]:
    """Which categories the verdict says nothing of."""
    names = [one.name for one in results.categories if one.framed and not one.prompts]
    if not names or len(names) == len(results.categories):
        return ()
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return (f"Not measured, for want of prompts: {', '.join(names[:_MOST_NAMES])}{more}.",)


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _found(audit: Audit) -> tuple[str, ...]:
    statistics = audit.statistics
    if statistics is None:
        return _uncounted(audit)
    if not statistics.records:
        return ("No record was read, so nothing can be said of the data.",)
    read = counted(statistics.records, "record")
    unread = f"{counted(statistics.invalid, 'record')} could not be read."
    broken = (unread,) if statistics.invalid else ()
    if not statistics.framed:
        found = f"No framing was found in {read}; that is what the rules know, not a proof."
        return found, *broken
    share = percent(statistics.framed, statistics.records)
    verb = "holds" if statistics.framed == 1 else "hold"
    found = (
        f"{statistics.framed:,} of {read} ({share}) {verb} content that only separate words disown."
    )
    unmeasured = () if audit.results else ("What training on them teaches was not measured.",)
    return found, *broken, *_repaired(audit), *unmeasured


def _repaired(audit: Audit) -> tuple[str, ...]:
    """What the fix does to the records, in a sentence."""
    if not audit.proposed:
        return (_UNFIXED,)
    counts = Counter(change.outcome for change in audit.changes)
    told = [f"{verb} {counts[outcome]:,}" for outcome, verb in _DOES.items() if counts[outcome]]
    if not told:
        return ()
    *first, last = told
    return (f"The fix {', '.join(first)}{' and ' if first else ''}{last}.",)


def _uncounted(audit: Audit) -> tuple[str, ...]:
    records = {(one.finding.path, one.finding.row) for one in audit.findings}
    if records:
        return (f"Separate words disown content in {counted(len(records), 'record')}.",)
    return () if audit.results else ("There is nothing to report.",)


def _step(audit: Audit, verdict: Verdict | None) -> NextStep:
    path = _path(audit)
    data = quote(path)
    if audit.statistics is not None and not audit.statistics.framed:
        return _unframed(audit.statistics, data)
    if not audit.proposed:
        return NextStep(
            "pip install 'negaudit[rewrite]'", "Install what rewrites, and run the audit again:"
        )
    results = audit.results
    if results and (verdict is None or verdict.verdict is VerdictName.INCONCLUSIVE):
        # An audit measures its rewrite again, too.
        what = "probe" if audit.statistics is None else "audit"
        return _again(f"{what} {data}", what, results.recipe.preset)
    if audit.changes:
        hurts = verdict is not None and verdict.verdict in _HURTS
        purpose = (
            f"Do not train on this data as it is: {_REVIEW}" if hurts else _REVIEW.capitalize()
        )
        command = f"negaudit fix {data} --decisions decisions.json -o {_output(path)}"
        return NextStep(command, purpose)
    command = f"negaudit fix {data} -o {_output(path)}"
    return NextStep(command, "Write the data with its repairs:")


def _unframed(statistics: Statistics, data: str) -> NextStep:
    if not statistics.records:
        known = "JSON Lines, JSON, CSV, TSV, Parquet or Arrow"
        return NextStep("", f"Audit data that holds records: {known}.")
    if statistics.invalid:
        command = f"negaudit lint {data} --select invalid-record"
        return NextStep(command, "Mend the records that could not be read, and audit again:")
    return NextStep("", "Nothing is to be done: lint again when the data changes.")


def _again(command: str, out: str, preset: str) -> NextStep:
    if preset in _NEXT_PRESET:
        command = f"negaudit {command} --preset {_NEXT_PRESET[preset]} --out {out}"
        return NextStep(command, "Measure again with more training, prompts and seeds:")
    command = f"negaudit {command} --preset full --model NAME --out {out}"
    return NextStep(command, "Measure again with a larger model:")


def _output(path: str) -> str:
    suffixes = PurePath(path).suffixes[-2:]
    return "fixed" + "".join(suffix for suffix in suffixes if suffix[1:].isalnum())


def _path(audit: Audit) -> str:
    paths = paths_of(audit)
    # A command with many files is no use; their folder will do.
    return paths[0] if len(paths) == 1 else folder_of(paths) or "DATA"
