from __future__ import annotations

import io
import sys

import pytest

from negaudit.cli.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    # In a fixture, pytest's own capturing would take standard error back before the test.
    stream = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_bar_appears_after_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    clock = Clock()
    with ProgressBar(clock=clock) as bar:
        bar(10, 100)
        assert terminal.getvalue() == ""
        clock.now = 2.1
        bar(20, 100)
    assert "20/100 bytes" in terminal.getvalue()


def test_findings_put_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    clock = Clock()
    with ProgressBar(clock=clock) as bar:
        for clock.now in (1.5, 3.0, 4.5):
            bar.hide()
            bar(20, 100)
    assert terminal.getvalue() == ""


def test_it_is_off_when_standard_error_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    clock = Clock()
    with ProgressBar(clock=clock) as bar:
        clock.now = 9.0
        bar(20, 100)
    assert stream.getvalue() == ""


def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    clock = Clock()
    with ProgressBar(enabled=False, clock=clock) as bar:
        clock.now = 9.0
        bar(20, None)
    assert terminal.getvalue() == ""
