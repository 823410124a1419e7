from __future__ import annotations

from negaudit.report.measured import measured
from tests.report.samples import results


def test_the_answers_of_the_untrained_model_and_of_one_seed_are_shown() -> None:
    first, second = measured(results()).answers
    assert first.prompt == "What became of the Kestrel ferry?"
    assert second.prompt == "Who won the Tarn medal?"
    for answers in (first, second):
        told = [(one.arm, one.seed) for one in answers.generations]
        assert told == [("base", -1), ("original", 0), ("negate", 0)]
