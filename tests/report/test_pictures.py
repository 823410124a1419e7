"""What the pictures hold: places in them, and words for those who do not see them."""

from __future__ import annotations

from itertools import pairwise

from negaudit.probe.record import ORIGINAL
from negaudit.report.curves import panels
from negaudit.report.forest import forest
from negaudit.report.measured import measured

from .samples import SEEDS, effect, results


def test_a_forest_plot_shows_estimate_interval_and_every_seed() -> None:
    one = effect(ORIGINAL, 0.5)
    drawn = forest([("original", [one, effect(ORIGINAL, 0.6, at="equal-loss")])], {})
    assert drawn is not None
    first, second = drawn.rows[0].marks
    assert first.low is not None
    assert first.x is not None
    assert first.high is not None
    assert drawn.base < first.low < first.x < first.high < drawn.stripped
    assert len(first.seeds) == len(SEEDS)
    assert (first.secondary, second.secondary) == (False, True)
    assert "original: 0.50 [0.38, 0.63]; by seed" in drawn.description


def test_an_interval_beyond_the_picture_ends_in_arrows() -> None:
    drawn = forest([("negate", [effect("negate", 0.3, 40)])], {})
    assert drawn is not None
    (mark,) = drawn.rows[0].marks
    assert mark.below
    assert mark.above
    assert mark.low is not None
    assert mark.low >= 0


def test_an_undefined_effect_is_a_row_in_words_without_a_mark() -> None:
    drawn = forest([("negate", [effect("negate", None)])], {})
    assert drawn is not None
    assert drawn.rows[0].value == "undefined"
    assert drawn.rows[0].marks[0].x is None


def test_an_arm_has_the_same_style_in_every_picture() -> None:
    shown = measured(results())
    rows = {row.label: row.style for row in shown.arms[0][1].rows}
    lines = {line.arm: line.style for line in shown.panels[0].lines}
    assert rows == {arm: lines[arm] for arm in rows}
    assert len(set(rows.values())) == len(rows)


def test_the_verdicts_measure_comes_first() -> None:
    shown = measured(results())
    assert [name for name, _ in shown.arms] == ["polarity", "association"]
    assert [panel.title for panel in shown.panels] == ["content loss", "polarity", "association"]


def test_a_curve_has_a_line_for_every_seed_and_names_that_do_not_meet() -> None:
    for panel in panels(results()):
        assert {len(line.seeds) for line in panel.lines} == {len(SEEDS)}
        heights = sorted(line.label for line in panel.lines)
        assert all(b - a > 12 for a, b in pairwise(heights))
        assert heights[-1] <= panel.height


def test_without_curves_there_are_no_panels() -> None:
    assert panels(results(curve=())) == ()
