from __future__ import annotations

from io import StringIO

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from probes import made_results

from negaudit.output.inert import HOSTILE
from negaudit.output.probe import write_probe
from negaudit.output.registry import Look
from negaudit.probe.rates import adjust_with_holm, rate_effect
from negaudit.probe.record import Control, Measure, Results, VerdictName


def shown(results: Results, look: Look = Look()) -> str:  # noqa: B008
    out = StringIO()
    write_probe(results, out, look)
    return out.getvalue()


def lines(results: Results) -> list[str]:
    return [" ".join(line.split()) for line in shown(results).splitlines()]


def test_the_verdict_comes_first_and_the_next_command_last() -> None:
    printed = lines(made_results())
    assert printed[0] == "AMPLIFIES original, by polarity"
    assert printed[1].startswith("the data with its frames teaches 87 % (81 to 93 %)")
    assert printed[-1].startswith("next: negaudit fix chats.jsonl")


def test_each_arm_has_its_effect_its_interval_and_its_seeds() -> None:
    printed = lines(made_results())
    assert "stripped +1.99 (+1.90 to +2.07) 1 1.92 2.00 2.04" in printed
    assert "original +1.73 (+1.64 to +1.81) 0.87 (0.81 to 0.93) 0.91 0.86 0.84" in printed
    first = printed.index("polarity over base of stripped each seed") + 1
    assert [line.split()[0] for line in printed[first : first + 4]] == [
        "stripped",
        "original",
        "negate",
        "control",
    ]


def test_each_category_has_its_verdict() -> None:
    printed = lines(made_results())
    assert any(line.startswith("dentists 12 original amplifies 0.86") for line in printed)
    assert any(line.startswith("tastes 12 negate neutral -0.62") for line in printed)


def test_the_curve_and_the_warnings_are_shown() -> None:
    printed = lines(made_results())
    assert any(line.startswith("stripped ▄▅▆▇█ +0.00 +1.79 3.00 to 0.60") for line in printed)
    assert "warning 2 texts were split" in printed


def test_an_arm_without_content_has_a_curve_without_a_loss() -> None:
    made = made_results()
    curve = tuple(msgspec.structs.replace(point, loss=None) for point in made.curve)
    printed = lines(msgspec.structs.replace(made, curve=curve))
    assert any(line.endswith("▄▅▆▇█ +0.00 +1.79") for line in printed)


def test_equal_loss_has_a_line_under_its_arm() -> None:
    made = made_results()
    ratio = next(e for e in made.effects if e.name == "neglect-ratio" and not e.category)
    late = msgspec.structs.replace(ratio, at="equal-loss", value=0.99)
    printed = lines(msgspec.structs.replace(made, effects=(*made.effects, late)))
    place = next(n for n, line in enumerate(printed) if line.startswith("same loss 0.99 (0.81"))
    assert printed[place - 1].startswith("original +1.73")


def test_rates_are_shown_with_their_adjusted_p() -> None:
    made = made_results()
    rates = adjust_with_holm(
        [rate_effect(Measure.EMISSION, "original", np.ones((3, 9), bool), np.zeros((1, 9), bool))]
    )
    printed = lines(msgspec.structs.replace(made, effects=(*made.effects, *rates)))
    assert "emission original 100 % (70 to 100) <0.001" in printed


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        (VerdictName.PARTLY, "negaudit fix chats.jsonl"),
        (VerdictName.NEUTRAL, "negaudit report"),
        (VerdictName.INCONCLUSIVE, "--preset standard"),
    ],
)
def test_the_next_command_follows_from_the_verdict(verdict: VerdictName, step: str) -> None:
    made = made_results()
    judged = tuple(msgspec.structs.replace(v, verdict=verdict) for v in made.verdicts)
    assert step in lines(msgspec.structs.replace(made, verdicts=judged))[-1]


def test_an_empty_probe_is_shown_without_a_verdict() -> None:
    made = made_results()
    empty = msgspec.structs.replace(made, effects=(), verdicts=(), curve=(), control=None)
    printed = lines(empty)
    assert printed[0] == "no verdict: no measure could be read"
    assert "control not run" in printed


def test_a_control_that_failed_says_why() -> None:
    failed = Control(False, "run", "", (), "polarity of warned and plain alike")
    printed = lines(msgspec.structs.replace(made_results(), control=failed))
    assert "control does not separate its arms: polarity of warned and plain alike" in printed


def test_quiet_leaves_out_how_it_was_done_but_no_warning() -> None:
    printed = shown(made_results(), Look(quiet=True))
    assert "held out" not in printed
    assert "2 texts were split" in printed


@settings(max_examples=20)
@given(st.text(st.sampled_from("\x00\x1b\x9b\u202e\u200b\ud800[]mA"), max_size=6))
def test_no_text_of_the_data_acts_on_the_terminal(text: str) -> None:
    printed = shown(made_results(text=text)).replace("\n", "")
    assert HOSTILE.search(printed) is None
    printed.encode()
