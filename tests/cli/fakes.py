"""A stand-in for the run of a lint, so that the command line is tested alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import msgspec

from negaudit.errors import InputError
from negaudit.find.rules import Example, Examples, Rule
from negaudit.records import (
    Exhibit,
    Finding,
    Kind,
    Placement,
    Remedy,
    Severity,
    Span,
    Statistics,
    Trained,
)

RULES = tuple(
    Rule(
        name=name,
        code=code,
        kind=kind,
        severity=severity,
        confidence="high",
        summary="A sentence beside the text disowns it.",
        why="Belief rose all the same.",
        remedies=(Remedy.DROP,),
        examples=Examples(bad=(Example(text="⟦Untrue:⟧ ⟪Ada flew.⟫"),), ok=()),
        source=f"name: {name}\n",
    )
    for name, code, kind, severity in (
        ("false-label", "NEG101", Kind.FALSITY, Severity.ERROR),
        ("do-not-imitate", "NEG301", Kind.IMITATION, Severity.WARNING),
        ("fiction-label", "NEG201", Kind.FICTION, Severity.NOTE),
    )
)


def exhibit(severity: Severity = Severity.ERROR, path: str = "data.jsonl", row: int = 0) -> Exhibit:
    finding = Finding(
        path=path,
        row=row,
        line=row + 1,
        rule="false-label",
        code="NEG101",
        kind=Kind.FALSITY,
        placement=Placement.PREFIX,
        severity=severity,
        confidence="high",
        trained=Trained.YES,
        frame=(Span("/text", 0, 8),),
        content=(Span("/text", 9, 18),),
        message="A sentence disowns the text.",
        remedies=(Remedy.DROP,),
        fingerprint="ab12",
    )
    return Exhibit(finding, ())


class FakeOptions(msgspec.Struct, frozen=True):
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    shape: str | None = None
    jobs: int = 1
    exclude: tuple[str, ...] = ()


class FakeRun:
    """Yields what the test has set, and keeps what the command line asked for."""

    exhibits: ClassVar[Sequence[Exhibit]] = ()
    failure: ClassVar[BaseException | None] = None
    unreadable: ClassVar[tuple[InputError, ...]] = ()
    seen: ClassVar[Statistics] = Statistics(files=1, records=10)
    asked: ClassVar[list[FakeRun]] = []

    def __init__(
        self,
        paths: Sequence[str],
        options: FakeOptions,
        *,
        progress: Callable[[int, int | None], None] | None = None,
        narrow: object = None,
    ) -> None:
        self.paths = tuple(paths)
        self.options = options
        self.progress = progress
        self.narrow = narrow
        self.rules: Any = RULES
        self.statistics = self.seen
        self.errors = self.unreadable
        self.asked.append(self)

    def __iter__(self) -> Iterator[Exhibit]:
        yield from self.exhibits
        if self.failure is not None:
            raise self.failure
