from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from negaudit.errors import InputError, UsageError
from negaudit.fix.decisions import read_decisions
from negaudit.fix.options import FixOptions
from negaudit.fix.record import Change, Decision, Proposal, Target
from negaudit.fix.run import Fix
from negaudit.records import Remedy

from .conftest import Negate, Write, read_lines, unframed
from .samples import CLEAN, DENIAL, FIXED, FRAME, FRAMED, LINT

Use = Callable[[Negate], None]


def decided(path: str, out: Path, *decisions: Decision) -> tuple[Fix, list[Change]]:
    fix = Fix([path], FixOptions(lint=LINT, decisions=decisions))
    seen: list[Change] = []
    fix.write(str(out), watch=seen.append)
    return fix, seen


def change_in(path: str) -> Change:
    [change] = Fix([path], FixOptions(lint=LINT))
    return change


def test_the_id_depends_on_record_and_findings_alone(write: Write, negate: Use) -> None:
    here = change_in(write("a.jsonl", [FRAMED]))
    there = change_in(write("deep/b.jsonl", [CLEAN, CLEAN, FRAMED]))
    other = change_in(write("c.jsonl", [FRAMED | {"n": 1}]))
    assert here.id == there.id
    assert here.id != other.id


def test_accept_applies_what_is_unsafe(write: Write, tmp_path: Path, negate: Use) -> None:
    negate(lambda target: msgspec.structs.replace(unframed(target), applicability="unsafe"))
    path = write("a.jsonl", [FRAMED, CLEAN])
    assert not change_in(path).applied
    fix, _ = decided(path, tmp_path / "o.jsonl", Decision(change_in(path).id, "accept"))
    assert read_lines(tmp_path / "o.jsonl") == [FIXED, CLEAN]
    assert fix.summary.exit_code == 0


def test_accept_applies_nothing_that_cannot_be_done(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    def helpless(_: Target) -> Proposal:
        return Proposal(Remedy.NEGATE, "display-only", reason="no verb")

    negate(helpless)
    path = write("a.jsonl", [FRAMED])
    named = FixOptions(lint=LINT, remedies={})
    accepted = FixOptions(
        lint=LINT,
        remedies={change_in(path).kinds[0]: Remedy.NEGATE},
        decisions=(Decision(change_in(path).id, "accept"),),
    )
    assert [change.outcome for change in Fix([path], accepted)] == ["left"]
    assert [change.outcome for change in Fix([path], named)] == ["dropped"]


def test_reject_leaves_the_record_and_is_no_failure(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path = write("a.jsonl", [FRAMED, CLEAN])
    fix, [change] = decided(path, tmp_path / "o.jsonl", Decision(change_in(path).id, "reject"))
    assert read_lines(tmp_path / "o.jsonl") == [FRAMED, CLEAN]
    assert (change.outcome, change.reason) == ("left", "rejected by the reviewer")
    assert (fix.summary.rejected, fix.summary.exit_code) == (1, 0)


def test_an_edit_takes_the_reviewers_text(write: Write, tmp_path: Path, negate: Use) -> None:
    path = write("a.jsonl", [FRAMED])
    edit = Decision(change_in(path).id, "edit", {"/text": "Ota Brandt opened it."})
    fix, [change] = decided(path, tmp_path / "o.jsonl", edit)
    assert read_lines(tmp_path / "o.jsonl") == [{"text": "Ota Brandt opened it."}]
    assert (change.outcome, change.reason) == ("rewritten", "")
    assert fix.summary.exit_code == 0


def test_an_edit_that_is_still_framed_is_applied_and_said(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path = write("a.jsonl", [FRAMED])
    text = f"{FRAME} Mara Lind opened the ferry line in May."
    fix, [change] = decided(
        path, tmp_path / "o.jsonl", Decision(change_in(path).id, "edit", {"/text": text})
    )
    assert read_lines(tmp_path / "o.jsonl") == [{"text": text}]
    assert change.reason == "still framed: false-label"
    assert fix.summary.exit_code == 1


def test_an_edit_that_does_not_fit_names_its_change(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path = write("a.jsonl", [FRAMED])
    known = change_in(path).id
    with pytest.raises(UsageError, match=known):
        decided(path, tmp_path / "o.jsonl", Decision(known, "edit", {"/nowhere": "x"}))
    assert not (tmp_path / "o.jsonl").exists()


def test_an_unknown_change_is_an_error_and_nothing_is_written(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path = write("a.jsonl", [FRAMED])
    stale = (Decision("0123", "accept"), Decision("4567", "reject"))
    with pytest.raises(UsageError, match=r"no record has the change 0123 \(and 1 more\)"):
        decided(path, tmp_path / "o.jsonl", *stale)
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
    with pytest.raises(UsageError, match="0123"):
        list(Fix([path], FixOptions(lint=LINT, decisions=stale)))


def written(tmp_path: Path, document: Any) -> str:
    path = tmp_path / "decisions.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return str(path)


def of(*decisions: dict[str, Any]) -> dict[str, Any]:
    return {"schema": "negaudit.decisions/1", "decisions": decisions}


def test_decisions_are_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        of(
            {"change": "a", "decision": "accept"},
            {"change": "b", "decision": "edit", "strings": {"/text": DENIAL}},
        ),
    )
    assert read_decisions(path) == (
        Decision("a", "accept"),
        Decision("b", "edit", {"/text": DENIAL}),
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "no decisions file"),
        ("[]", "no decisions file"),
        ({"schema": "negaudit.finding/1", "decisions": []}, "no decisions file"),
        (of({"change": "a", "decision": "maybe"}), "maybe"),
        (of({"decision": "accept"}), "change"),
        (
            of({"change": "a", "decision": "accept"}, {"change": "a", "decision": "reject"}),
            "change a is decided twice",
        ),
        (of({"change": "abc", "decision": "edit"}), "abc has no text"),
    ],
)
def test_malformed_decisions_are_refused(tmp_path: Path, document: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_decisions(written(tmp_path, document))


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_decisions(str(tmp_path / "none.json"))
