from __future__ import annotations

import msgspec
import pytest

from negaudit.probe.record import Measure, Verdict, VerdictName
from negaudit.records import Statistics
from negaudit.report import Audit
from negaudit.report.headline import headline

from .samples import audit, change, exhibit, inconclusive, results


def verdicts(original: VerdictName) -> tuple[Verdict, ...]:
    return (Verdict("", "original", original, Measure.POLARITY, "because"),)


def test_the_three_numbers_come_with_intervals_and_counts() -> None:
    neglect, residual, share = headline(audit(60)).figures
    assert neglect.number == ("0.94", "[0.82, 1.07]", "95 % interval, 96 prompts, 3 seeds")
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
    assert first.step.command == "negaudit probe DATA --preset full --out probe"


def test_a_ratio_that_cannot_be_formed_says_why() -> None:
    residual = headline(audit(results=inconclusive())).figures[1]
    assert residual.number is not None
    assert residual.number.value == "undefined"
    assert residual.meaning.endswith("too little for a ratio.")


def test_a_probe_without_a_verdict_is_inconclusive() -> None:
    assert headline(audit(results=results(verdicts=()))).label == "inconclusive"


def test_without_a_probe_nothing_is_said_of_what_it_teaches() -> None:
    first = headline(audit(probe=False))
    assert first.label == "not measured"
    assert [figure.number is None for figure in first.figures] == [True, True, False]
    assert first.step.command == "negaudit probe DATA --out probe"


def test_clean_data_needs_no_command_and_is_no_proof() -> None:
    first = headline(Audit(statistics=Statistics(files=1, records=90)))
    assert first.label == "nothing found"
    assert first.step.command == ""
    assert "not a proof" in first.sentences[0]


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
