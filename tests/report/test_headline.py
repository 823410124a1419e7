from __future__ import annotations

import msgspec
import pytest

from negaudit.fix.record import Outcome
from negaudit.probe.record import Category, Measure, Verdict, VerdictName
from negaudit.records import Statistics
from negaudit.report import Audit
from negaudit.report.headline import headline

from .samples import audit, change, exhibit, inconclusive, results


def verdicts(original: VerdictName) -> tuple[Verdict, ...]:
    return (Verdict("", "original", original, Measure.POLARITY, "because"),)


def test_the_three_numbers_come_with_intervals_and_counts() -> None:
    neglect, residual, share = headline(audit(60)).figures
    assert neglect.number == (
        "0.94",
        "[0.82, 1.07]",
        "95 % interval, 96 independent prompts, 3 seeds",
    )
    assert residual.number is not None
    assert residual.number.value == "−0.61"
    assert share.number == ("20.0 %", "[15.9, 24.9] %", "95 % interval, 60 of 300 records")


@pytest.mark.parametrize("name", VerdictName)
def test_the_verdict_is_the_probes(name: VerdictName) -> None:
    first = headline(audit(results=results(verdicts=verdicts(name))))
    assert first.label == name


def test_an_inconclusive_probe_is_never_called_safe() -> None:
    first = headline(audit(results=inconclusive()))
    assert first.tone == "doubt"
    assert "never as safe" in first.sentences[0]
    assert "control does not separate" in first.sentences[1]
    assert first.step.command == "negaudit audit DATA --preset full --out audit"
    alone = headline(Audit(results=inconclusive())).step.command
    assert alone.startswith("negaudit probe ")
    assert alone.endswith(" --preset full --out probe")


def test_a_ratio_that_cannot_be_formed_says_why() -> None:
    residual = headline(audit(results=inconclusive())).figures[1]
    assert residual.number is not None
    assert residual.number.value == "undefined"
    assert residual.meaning.endswith("too little for a ratio.")


def test_a_probe_without_a_verdict_is_inconclusive() -> None:
    assert headline(audit(results=results(verdicts=()))).label == "inconclusive"


def test_without_a_probe_nothing_is_said_of_what_it_teaches() -> None:
    first = headline(audit(probe=False))
    assert first.label == "framed records found"
    assert first.tone == "doubt"
    assert [figure.number is None for figure in first.figures] == [False, True, True]
    assert first.step.command.startswith("negaudit fix ")
    unfixed = headline(audit(probe=False, changes=()))
    assert unfixed.step.command.startswith("negaudit fix ")


def test_who_is_told_that_it_teaches_is_told_not_to_train_on_it() -> None:
    steps = {
        name: headline(audit(results=results(verdicts=verdicts(name)))).step
        for name in (VerdictName.AMPLIFIES, VerdictName.NEUTRAL)
    }
    assert steps[VerdictName.AMPLIFIES].purpose.startswith("Do not train on this data as it is")
    assert steps[VerdictName.NEUTRAL].purpose.startswith("Review the rewrites")


def test_categories_without_a_prompt_are_named() -> None:
    groups = [Category(name, 9, 9, prompts) for name, prompts in (("code", 0), ("harm", 5))]
    told = headline(audit(results=results(categories=tuple(groups)))).sentences
    assert "Not measured, for want of prompts: code." in told
    none = tuple(Category(f"c{n}", 9, 9, int(n == 0)) for n in range(8))
    told = headline(audit(results=results(categories=none))).sentences
    assert "Not measured, for want of prompts: c1, c2, c3, c4 and 3 more." in told


@pytest.mark.parametrize(
    ("seen", "sentence", "command"),
    [
        (Statistics(files=1), "No record was read", ""),
        (
            Statistics(files=1, records=6, invalid=2),
            "2 records could not be read",
            "negaudit lint DATA --select invalid-record",
        ),
    ],
)
def test_data_that_was_not_read_is_not_called_clean(
    seen: Statistics, sentence: str, command: str
) -> None:
    first = headline(Audit(statistics=seen))
    assert (first.label, first.tone) == ("not all was read", "doubt")
    assert sentence in " ".join(first.sentences)
    assert first.step.command == command
    assert "Nothing is to be done" not in first.step.purpose


def test_a_share_of_nothing_is_not_measured() -> None:
    assert headline(Audit(statistics=Statistics(files=1))).figures[0].number is None


def test_clean_data_needs_no_command_and_is_no_proof() -> None:
    first = headline(Audit(statistics=Statistics(files=1, records=90)))
    assert (first.label, first.tone) == ("nothing found", "plain")
    assert first.step.command == ""
    assert "not a proof" in first.sentences[0]


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (
            ["dropped", "rewritten", "left", "rewritten"],
            "The fix rewrites 2, drops 1 and leaves 1.",
        ),
        (["masked"], "The fix masks 1."),
        ([], ""),
    ],
)
def test_what_the_fix_does_is_told_in_a_sentence(outcomes: list[Outcome], told: str) -> None:
    changes = [msgspec.structs.replace(change(exhibit()), outcome=name) for name in outcomes]
    seen = Statistics(records=9, framed=len(changes) or 1)
    sentences = headline(Audit(statistics=seen, changes=tuple(changes))).sentences
    assert [each for each in sentences if "The fix" in each] == ([told] if told else [])


def test_an_audit_that_could_not_fix_says_what_to_install() -> None:
    first = headline(Audit(statistics=Statistics(records=9, framed=1), proposed=False))
    assert "No fix is proposed" in first.sentences[1]
    assert first.step.command == "pip install 'negaudit[rewrite]'"


def test_the_next_command_names_the_one_file_quoted_for_a_shell() -> None:
    found = exhibit(path="my data; rm x.jsonl.gz")
    made = Audit((found,), changes=(change(found),), results=results())
    command = headline(made).step.command
    assert "'my data; rm x.jsonl.gz'" in command
    assert command.endswith("--decisions decisions.json -o fixed.jsonl.gz")


def test_the_headline_takes_the_measure_of_the_verdict() -> None:
    verdict = msgspec.structs.replace(verdicts(VerdictName.PARTLY)[0], measure=Measure.ASSOCIATION)
    first = headline(audit(results=results(verdicts=(verdict,))))
    assert first.figures[0].number is not None
    assert first.figures[0].number.value == "0.78"
