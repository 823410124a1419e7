from __future__ import annotations

from io import StringIO

from negaudit.output.inert import HOSTILE
from negaudit.output.scores import write_scores
from negaudit.probe.score import FrameScore


def score(template: str, total: float, *, before: bool = True) -> FrameScore:
    return FrameScore("data.jsonl", 0, "false-label", "ab12", template, 10, total, before)


def shown(*scores: FrameScore) -> list[str]:
    out = StringIO()
    write_scores(scores, out)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_the_commonest_wording_comes_first_with_its_means() -> None:
    lines = shown(score("This is false:", 1.0), score("Untrue:", 5.0), score("Untrue:", 2.0))
    assert lines[1:3] == ["2 +3.5 +0.350 Untrue:", "1 +1.0 +0.100 This is false:"]
    assert lines[-1].startswith("next: negaudit probe")


def test_the_mean_is_over_findings_and_counts_frames_behind() -> None:
    text = " ".join(shown(score("A:", 3.0), score("B.", 0.0, before=False)))
    assert "2 findings, 1 with a frame before the content." in text
    assert "likelier by +0.150 nats" in text


def test_rare_wordings_are_counted_and_not_shown() -> None:
    lines = shown(*(score(f"Wording {chr(97 + at)}:", 1.0) for at in range(23)))
    assert sum("Wording" in line for line in lines) == 20
    assert "3 more wordings not shown" in " ".join(lines)


def test_a_long_wording_is_cut() -> None:
    lines = shown(score("word " * 40, 1.0))
    assert lines[1].endswith("…")


def test_hostile_wordings_stay_inert() -> None:
    text = "\n".join(shown(score("\x1b[2J\u202eFalse [red]\x9b:\u2066", 1.0)))
    assert not HOSTILE.search(text.replace("\n", ""))
    assert "[red]" in text


def test_nothing_to_score_is_said() -> None:
    assert shown() == ["nothing to score: no record is framed"]
