"""The first screen: what it comes to in a sentence, three numbers, and the next command."""

from __future__ import annotations

from pathlib import PurePath
from shlex import quote
from typing import Final

import msgspec

from negaudit.output.summary import counted, percent
from negaudit.probe.record import ORIGINAL, Results, Verdict, VerdictName
from negaudit.report.audit import Audit, folder_of, paths_of
from negaudit.report.effects import effect_of, headline_measure, rewritten_arms, verdict_of
from negaudit.report.numbers import UNDEFINED, Estimate, estimate, number, wilson

__all__ = ["Figure", "Headline", "NextStep", "headline"]

_TONES: Final = {
    VerdictName.AMPLIFIES: "bad",
    VerdictName.PARTLY: "doubt",
    VerdictName.NEUTRAL: "good",
    VerdictName.INCONCLUSIVE: "doubt",
}
_TAUGHT: Final = {
    VerdictName.AMPLIFIES: "Training on this data teaches what its warnings disown.",
    VerdictName.PARTLY: "The warnings in this data hold back only a part of what they disown.",
    VerdictName.NEUTRAL: "The proxy did not learn what the warnings in this data disown.",
    VerdictName.INCONCLUSIVE: (
        "The probe cannot tell whether the warnings protect: take that as unknown, never as safe."
    ),
}
_LEFT: Final = {
    VerdictName.AMPLIFIES: "The rewrite does not help: it still teaches it.",
    VerdictName.PARTLY: "The rewrite takes a part of it away; a part is left.",
    VerdictName.NEUTRAL: "After the rewrite nothing of it is left that the probe can measure.",
    VerdictName.INCONCLUSIVE: "Whether the rewrite helps is not known either.",
}
_NO_RATIO: Final = "Even without its warnings the data taught too little for a ratio."
_UNFIXED: Final = "No fix is proposed, since what rewrites is not installed here."
# What to train with next, where a preset could not tell; full is the most there is.
_NEXT_PRESET: Final = {"quick": "standard", "custom": "standard", "standard": "full"}


class Figure(msgspec.Struct, frozen=True):
    """One of the three numbers.

    Attributes:
        name: What it is called.
        number: The number in words; None where it was not measured.
        meaning: What it says, in a sentence.
    """

    name: str
    number: Estimate | None
    meaning: str


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
        figures: Neglect ratio, residual, framed share.
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
    found = _found(audit)
    return Headline(
        label=_label(audit, verdict),
        tone="plain" if verdict is None else _TONES[verdict.verdict],
        sentences=(*_taught(audit.results, verdict), *found),
        figures=(_neglect(audit.results), _residual(audit.results), _share(audit)),
        step=_step(audit, verdict),
    )


def _original(results: Results) -> Verdict | None:
    return verdict_of(results, ORIGINAL)


def _label(audit: Audit, verdict: Verdict | None) -> str:
    if verdict is not None:
        return str(verdict.verdict)
    if audit.results is not None:
        return str(VerdictName.INCONCLUSIVE)
    if audit.statistics is None or audit.statistics.framed:
        return "not measured"
    return "nothing found"


def _taught(results: Results | None, verdict: Verdict | None) -> tuple[str, ...]:
    if results is None:
        return ()
    if verdict is None:
        return (_TAUGHT[VerdictName.INCONCLUSIVE], "The probe gave no verdict on the data.")
    reason = (_sentence(verdict.reason),) if verdict.reason else ()
    arm = _fixed(results)
    left = None if arm is None else verdict_of(results, arm)
    return (
        _TAUGHT[verdict.verdict],
        *(reason if verdict.verdict is VerdictName.INCONCLUSIVE else ()),
        *(() if left is None else (_LEFT[left.verdict],)),
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _found(audit: Audit) -> tuple[str, ...]:
    statistics = audit.statistics
    if statistics is None:
        return _uncounted(audit)
    read = counted(statistics.records, "record")
    if not statistics.framed:
        return (f"No framing was found in {read}; that is what the rules know, not a proof.",)
    share = percent(statistics.framed, statistics.records)
    verb = "holds" if statistics.framed == 1 else "hold"
    found = (
        f"{statistics.framed:,} of {read} ({share}) {verb} content that only separate words disown."
    )
    unmeasured = () if audit.results else ("What training on them teaches was not measured.",)
    return found, *unmeasured, *(() if audit.proposed else (_UNFIXED,))


def _uncounted(audit: Audit) -> tuple[str, ...]:
    records = {(one.finding.path, one.finding.row) for one in audit.findings}
    if records:
        return (f"Separate words disown content in {counted(len(records), 'record')}.",)
    return () if audit.results else ("There is nothing to report.",)


def _fixed(results: Results) -> str | None:
    return next(iter(rewritten_arms(results)), None)


def _neglect(results: Results | None) -> Figure:
    found = _estimate(results, ORIGINAL)
    if found is None:
        return Figure(
            "Neglect ratio", None, "How much of the content is learned despite the warnings."
        )
    if found.value == UNDEFINED:
        return Figure("Neglect ratio", found, _NO_RATIO)
    return Figure(
        "Neglect ratio",
        found,
        "Of what the data teaches without its warnings, this much is learned with them:"
        " 1 is all of it, 0 is none.",
    )


def _residual(results: Results | None) -> Figure:
    arm = None if results is None else _fixed(results)
    found = None if arm is None else _estimate(results, arm)
    if found is None:
        return Figure("Residual of the rewrite", None, "How much of it is left after the fix.")
    if found.value == UNDEFINED:
        return Figure("Residual of the rewrite", found, _NO_RATIO)
    return Figure(
        "Residual of the rewrite",
        found,
        f"Of the same, this much is left after the fix ({arm}); below 0 the model disbelieves it.",
    )


def _estimate(results: Results | None, arm: str) -> Estimate | None:
    measure = None if results is None else headline_measure(results)
    if results is None or measure is None:
        return None
    effect = effect_of(results, arm, measure)
    return None if effect is None else estimate(effect)


def _share(audit: Audit) -> Figure:
    meaning = "Records that hold content which only separate words disown."
    if audit.statistics is not None:
        part, whole = audit.statistics.framed, audit.statistics.records
    elif audit.results is not None and audit.results.data:
        part = sum(file.framed for file in audit.results.data)
        whole = sum(file.records for file in audit.results.data)
    else:
        return Figure("Framed share", None, meaning)
    low, high = (number(100 * end, 1) for end in wilson(part, whole))
    basis = f"95 % interval, {part:,} of {counted(whole, 'record')}"
    return Figure(
        "Framed share", Estimate(percent(part, whole), f"[{low}, {high}] %", basis), meaning
    )


def _step(audit: Audit, verdict: Verdict | None) -> NextStep:
    path = _path(audit)
    data = quote(path)
    if audit.statistics is not None and not audit.statistics.framed:
        return NextStep("", "Nothing is to be done: lint again when the data changes.")
    if not audit.proposed:
        return NextStep(
            "pip install 'negaudit[rewrite]'", "Install what rewrites, and run the audit again:"
        )
    if audit.results is None:
        command = f"negaudit probe {data} --out probe"
        return NextStep(command, "Measure what training on this data teaches:")
    if verdict is None or verdict.verdict is VerdictName.INCONCLUSIVE:
        return _again(data, audit.results.recipe.preset)
    if audit.changes:
        command = f"negaudit fix {data} --decisions decisions.json -o {_output(path)}"
        return NextStep(
            command, "Accept or reject the rewrites below, export the decisions, and apply them:"
        )
    command = f"negaudit fix {data} -o {_output(path)}"
    return NextStep(command, "Write the data with its repairs:")


def _again(data: str, preset: str) -> NextStep:
    if preset in _NEXT_PRESET:
        command = f"negaudit probe {data} --preset {_NEXT_PRESET[preset]} --out probe"
        return NextStep(command, "Measure again with more training, prompts and seeds:")
    command = f"negaudit probe {data} --preset full --model NAME --out probe"
    return NextStep(command, "Measure again with a larger model:")


def _output(path: str) -> str:
    suffixes = PurePath(path).suffixes[-2:]
    return "fixed" + "".join(suffix for suffix in suffixes if suffix[1:].isalnum())


def _path(audit: Audit) -> str:
    paths = paths_of(audit)
    # A command with many files is no use; their folder will do.
    return paths[0] if len(paths) == 1 else folder_of(paths) or "DATA"
