"""The registry of remedies."""

from __future__ import annotations

import subprocess
import sys

from negaudit.fix.record import Drop, Target
from negaudit.fix.remedies import RemedyOptions, propose_many
from negaudit.records import Record, Remedy

_TARGET = Target(Record("a.jsonl", 0, 1, "text", ()), {"text": "a"}, ())


def test_drops_every_target_safely() -> None:
    proposals = propose_many([_TARGET, _TARGET], Remedy.DROP, RemedyOptions())
    assert [p.operations for p in proposals] == [(Drop(),), (Drop(),)]
    assert {p.applicability for p in proposals} == {"safe"}


def test_asks_no_remedy_without_targets() -> None:
    assert propose_many([], Remedy.NEGATE, RemedyOptions()) == []


def test_loads_no_parser_and_no_model_to_drop() -> None:
    program = (
        "import sys; from negaudit.fix.remedies import RemedyOptions, propose_many;"
        "from negaudit.fix.record import Target; from negaudit.records import Record, Remedy;"
        "target = Target(Record('a', 0, 1, 'text', ()), {}, ());"
        "propose_many([target], Remedy.DROP, RemedyOptions());"
        "print({'spacy', 'torch', 'transformers', 'httpx'} & set(sys.modules))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "set()"
