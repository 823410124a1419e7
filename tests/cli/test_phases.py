from __future__ import annotations

import sys

import pytest

from negaudit.cli import phases
from negaudit.cli.phases import Phases


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(phases, "time", clock)
    return clock


def run(clock: Clock, first: int, total: int, seconds: float) -> None:
    with Phases() as told:
        told("read", 0, 1)
        for done in range(first, total + 1):
            told("train", done, total)
            clock.now += seconds


def test_each_phase_is_announced_once_with_the_time_that_is_left(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    run(clock, 1, 27, 3.0)
    assert capsys.readouterr().err.splitlines() == [
        "read ...",
        "train ...",
        "train: about 60 s left",
    ]


def test_what_the_first_step_loads_is_no_pace(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Phases() as told:
        told("fix", 0, 27)
        clock.now += 40.0
        for done in range(1, 28):
            told("fix", done, 27)
            clock.now += 3.0
    assert capsys.readouterr().err.splitlines() == ["fix ...", "fix: about 63 s left"]


def test_what_goes_on_in_the_middle_is_timed_by_its_own_steps(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    run(clock, 100, 146, 30.0)
    assert capsys.readouterr().err.splitlines()[2] == "train: about 20 min left"


def test_what_takes_long_says_every_five_minutes_what_is_left(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    run(clock, 0, 26, 60.0)
    lines = capsys.readouterr().err.splitlines()[2:]
    assert lines == [f"train: about {left} min left" for left in (20, 15, 10, 5)]


def test_nothing_is_said_when_quiet(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Phases(enabled=False) as told:
        told("read", 0, 1)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_for_each_phase(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    with Phases() as told:
        told("read", 0, 1)
        told("train", 3, 8)
    last = capsys.readouterr().err
    assert "1/1" in last
    assert "3/8" in last
