from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from negaudit.errors import InputError, NegauditError, UsageError
from negaudit.fix import staged
from negaudit.fix.choice import remedies_for
from negaudit.fix.options import FixOptions
from negaudit.fix.record import Change, Proposal, Replace, Target
from negaudit.fix.run import Fix
from negaudit.lint import LintOptions
from negaudit.output.changes import summary_lines
from negaudit.records import Finding, Kind, Placement, Remedy, Severity, Span, Trained
from negaudit.rewrite.texts import NO_CLAIM

from .conftest import Negate, Write, read_lines, unframed
from .samples import BAD, CLAIM, CLEAN, DENIAL, FIXED, FRAME, FRAMED, LINT

Use = Callable[[Negate], None]
OPTIONS = FixOptions(lint=LINT)


def fixed(path: str, out: str, options: FixOptions = OPTIONS, **how: Any) -> Fix:
    fix = Fix([path], options)
    fix.write(out, **how)
    return fix


def changes(path: str, options: FixOptions = OPTIONS) -> list[Change]:
    return list(Fix([path], options))


def told(**remedies: str) -> FixOptions:
    named = {Kind(kind): Remedy(remedy) for kind, remedy in remedies.items()}
    return FixOptions(lint=LINT, remedies=named)


def test_framed_records_are_fixed_and_others_stay(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path, out = write("a.jsonl", [CLEAN, FRAMED, BAD, CLEAN]), str(tmp_path / "o.jsonl")
    fix = fixed(path, out)
    assert read_lines(out) == [CLEAN, FIXED, CLEAN]
    assert fix.summary.outcomes == {"rewritten": 1, "dropped": 1}
    assert (fix.summary.records, fix.summary.framed, fix.summary.negated) == (4, 2, 1)
    assert fix.summary.exit_code == 0


def test_fixing_twice_changes_nothing_more(write: Write, tmp_path: Path, negate: Use) -> None:
    path = write("a.jsonl", [CLEAN, FRAMED, BAD, FRAMED | {"text": f"{FRAME} {CLAIM} It ran."}])
    once, twice = tmp_path / "once.jsonl", tmp_path / "twice.jsonl"
    fixed(path, str(once))
    again = fixed(str(once), str(twice))
    assert once.read_bytes() == twice.read_bytes()
    assert again.summary.framed == 0


def test_masking_twice_changes_nothing_more(write: Write, tmp_path: Path) -> None:
    path = write("a.jsonl", [BAD, CLEAN])
    once, twice = tmp_path / "once.jsonl", tmp_path / "twice.jsonl"
    fixed(path, str(once), told(imitation="mask"))
    fixed(str(once), str(twice), told(imitation="mask"))
    assert read_lines(once)[0]["messages"][1]["weight"] == 0
    assert once.read_bytes() == twice.read_bytes()


def test_iterating_says_what_would_be_done(write: Write, negate: Use) -> None:
    path = write("a.jsonl", [CLEAN, FRAMED])
    [change] = changes(path)
    assert (change.path, change.row, change.line) == (path, 1, 2)
    assert (change.remedy, change.outcome, change.applied) == (Remedy.NEGATE, "rewritten", True)
    assert not isinstance(change.strings, msgspec.UnsetType)
    assert [(s.pointer, s.before, s.after) for s in change.strings] == [
        ("/text", FRAMED["text"], DENIAL)
    ]


def test_the_original_beside_its_rewrite_is_dropped(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    more = " The first boat carried forty passengers and a brass band."
    framed, rewrite = {"text": f"{FRAME} {CLAIM}{more}"}, {"text": f"{DENIAL}{more}"}
    out = tmp_path / "o.jsonl"
    fix = fixed(write("a.jsonl", [framed, rewrite, CLEAN]), str(out))
    assert read_lines(out) == [rewrite, CLEAN]
    assert fix.summary.outcomes == {"dropped": 1}


def finding(kind: Kind, *remedies: Remedy) -> Finding:
    span = (Span("/text", 0, 1),)
    place = ("a.jsonl", 0, 1, "rule", "NEG000", kind, Placement.PREFIX, Severity.ERROR, "high")
    return Finding(*place, Trained.YES, span, span, "message", remedies, "fingerprint")


FALSE = finding(Kind.FALSITY, Remedy.NEGATE, Remedy.DROP, Remedy.MASK)
HARMFUL = finding(Kind.HARM, Remedy.DROP, Remedy.MASK)


@pytest.mark.parametrize(
    ("findings", "named", "expected"),
    [
        ([FALSE], {}, [Remedy.NEGATE, Remedy.DROP, Remedy.MASK]),
        ([FALSE, HARMFUL], {}, [Remedy.DROP, Remedy.MASK]),
        ([FALSE, HARMFUL], {Kind.HARM: Remedy.MASK}, [Remedy.NEGATE, Remedy.DROP, Remedy.MASK]),
        ([FALSE, HARMFUL], {Kind.HARM: Remedy.NEGATE}, [Remedy.NEGATE]),
        ([FALSE], {Kind.FALSITY: Remedy.MASK}, [Remedy.MASK]),
        ([finding(Kind.HARM)], {}, [Remedy.DROP]),
    ],
)
def test_the_strongest_remedy_takes_care_of_a_record(
    findings: list[Finding], named: dict[Kind, Remedy], expected: list[Remedy]
) -> None:
    assert list(remedies_for(findings, named)) == expected


def test_what_cannot_be_negated_takes_the_next_remedy(write: Write, negate: Use) -> None:
    negate(lambda _: Proposal(Remedy.NEGATE, "display-only", reason="no verb"))
    fix = Fix([write("a.jsonl", [FRAMED])], OPTIONS)
    [change] = fix
    assert (change.remedy, change.outcome) == (Remedy.DROP, "dropped")
    assert change.reason == "negate cannot be done: no verb"
    assert fix.summary.instead == 1


def test_records_whose_claim_nobody_named_are_not_dropped(write: Write, negate: Use) -> None:
    negate(lambda _: Proposal(Remedy.NEGATE, "display-only", reason=NO_CLAIM, waits="claim"))
    fix = Fix([write("a.jsonl", [FRAMED])], OPTIONS)
    [change] = fix
    assert (change.outcome, change.reason) == ("left", NO_CLAIM)
    assert fix.summary.exit_code == 1


def test_records_that_the_model_gave_no_answer_for_are_not_dropped(
    write: Write, negate: Use
) -> None:
    reason = "the endpoint answers 503"
    negate(lambda _: Proposal(Remedy.NEGATE, "display-only", reason=reason, waits="model"))
    fix = Fix([write("a.jsonl", [FRAMED])], OPTIONS)
    [change] = fix
    assert (change.outcome, change.reason) == ("left", reason)
    assert fix.summary.exit_code == 1
    told = list(summary_lines(fix.summary))
    assert told[-1].startswith("next: run this again")
    assert not any("=drop" in line for line in told)


def test_a_named_remedy_has_nothing_after_it(write: Write, negate: Use) -> None:
    negate(lambda _: Proposal(Remedy.NEGATE, "display-only", reason="no verb"))
    fix = Fix([write("a.jsonl", [FRAMED])], told(falsity="negate"))
    [change] = fix
    assert (change.remedy, change.outcome, change.reason) == (Remedy.NEGATE, "left", "no verb")
    assert fix.summary.left == {"no verb": 1}
    assert fix.summary.exit_code == 1


def unsure(target: Target) -> Proposal:
    return msgspec.structs.replace(unframed(target), applicability="unsafe", reason="in doubt")


def test_unsafe_changes_wait_to_be_asked_for(write: Write, tmp_path: Path, negate: Use) -> None:
    negate(unsure)
    path, out = write("a.jsonl", [FRAMED]), tmp_path / "o.jsonl"
    waiting = fixed(path, str(out))
    assert read_lines(out) == [FRAMED]
    assert (waiting.summary.waiting, waiting.summary.exit_code) == (1, 1)
    done = fixed(path, str(out), FixOptions(lint=LINT, unsafe=True), force=True)
    assert read_lines(out) == [FIXED]
    assert done.summary.exit_code == 0


def test_what_still_lints_is_not_applied(write: Write, negate: Use) -> None:
    negate(lambda t: Proposal(Remedy.NEGATE, "safe", (Replace("/text", f"{FRAME} {CLAIM} No."),)))
    [change] = changes(write("a.jsonl", [FRAMED]), told(falsity="negate"))
    assert (change.applied, change.applicability) == (False, "display-only")
    assert change.reason == "still framed: false-label"


def test_a_place_that_is_not_there_is_a_reason_and_no_crash(write: Write, negate: Use) -> None:
    negate(lambda t: Proposal(Remedy.NEGATE, "safe", (Replace("/nowhere", "x"),)))
    [change] = changes(write("a.jsonl", [FRAMED]), told(falsity="negate"))
    assert "no value at '/nowhere'" in change.reason
    assert change.outcome == "left"


def test_records_that_cannot_be_read_stay_unless_told(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path, out = write("a.jsonl", [CLEAN, '{"text": broken', FRAMED]), tmp_path / "o.jsonl"
    fix = fixed(path, str(out))
    assert out.read_text().splitlines()[1] == '{"text": broken'
    assert (fix.summary.unreadable, fix.summary.exit_code) == (1, 1)
    fix = fixed(path, str(out), told(invalid="drop"), force=True)
    assert read_lines(out) == [CLEAN, FIXED]
    assert fix.summary.exit_code == 0
    with pytest.raises(UsageError, match="can only be dropped"):
        Fix([path], told(invalid="negate"))


def test_a_broken_but_readable_record_is_edited_in_place(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    raw = f'{{"text": "{FRAME} {CLAIM}",\t"n": NaN, "u": "\\ud800"}}'
    out = tmp_path / "o.jsonl"
    fixed(write("a.jsonl", [raw]), str(out))
    assert out.read_text() == raw.replace(f"{FRAME} ", "").replace("opened", "did not open") + "\n"


def test_a_folder_becomes_a_folder(write: Write, tmp_path: Path, negate: Use) -> None:
    write("in/a.jsonl", [FRAMED, CLEAN])
    write("in/deep/b.json", [CLEAN, FRAMED])
    (tmp_path / "in" / "notes.txt").write_text("no data")
    fixed(str(tmp_path / "in"), str(tmp_path / "out"))
    found = sorted(str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*.*"))
    assert found == ["a.jsonl", "deep/b.json"]
    assert read_lines(tmp_path / "out" / "a.jsonl") == [FIXED, CLEAN]
    assert json.loads((tmp_path / "out" / "deep" / "b.json").read_text()) == [CLEAN, FIXED]
    assert len(read_lines(tmp_path / "out.provenance.jsonl")) == 2


def test_parquet_chats_keep_their_columns_when_masked(tmp_path: Path) -> None:
    path, out = tmp_path / "a.parquet", tmp_path / "o.parquet"
    pq.write_table(pa.Table.from_pylist([BAD, BAD | {"messages": BAD["messages"][:1]}]), path)
    fix = fixed(str(path), str(out), told(imitation="mask"))
    assert pq.read_table(out).equals(pq.read_table(path))
    assert fix.summary.outcomes == {"masked": 1}
    [mask] = read_lines(f"{out}.spans.jsonl")
    assert mask == {
        "schema": "negaudit.mask/1",
        "row": 0,
        "pointer": "/messages/1/content",
        "start": 0,
        "end": len(BAD["messages"][1]["content"]),
    }


def test_standard_input_is_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, negate: Use
) -> None:
    data = "\n".join(json.dumps(record) for record in (CLEAN, FRAMED)).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    fix = Fix(["-"], OPTIONS)
    seen: list[Change] = []
    fix.write(str(tmp_path / "o.jsonl"), watch=seen.append)
    assert read_lines(tmp_path / "o.jsonl") == [CLEAN, FIXED]
    assert [change.path for change in seen] == ["-"]


@pytest.mark.parametrize("out", ["a.jsonl", "./a.jsonl", "link.jsonl"])
def test_the_input_is_never_the_output(write: Write, tmp_path: Path, out: str) -> None:
    path = write("a.jsonl", [CLEAN])
    (tmp_path / "link.jsonl").symlink_to(path)
    with pytest.raises(UsageError, match="replace the data"):
        fixed(path, str(tmp_path / out), force=True)


def test_the_output_stands_outside_of_the_input(write: Write, tmp_path: Path) -> None:
    write("in/a.jsonl", [CLEAN])
    for out in ("in", "in/out", "."):
        with pytest.raises(UsageError, match=r"within the data|replace the data"):
            fixed(str(tmp_path / "in"), str(tmp_path / out), force=True)


@pytest.mark.parametrize("name", ["o.csv", "o.parquet", "o.csv.gz"])
def test_the_name_promises_no_other_format(write: Write, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="keeps the format"):
        fixed(write("a.jsonl", [CLEAN]), str(tmp_path / name))


def test_what_exists_is_replaced_only_by_force(write: Write, tmp_path: Path, negate: Use) -> None:
    path, out = write("a.jsonl", [FRAMED]), tmp_path / "o.jsonl"
    out.write_text("precious")
    with pytest.raises(UsageError, match="exists already"):
        fixed(path, str(out))
    assert out.read_text() == "precious"
    (tmp_path / "o.jsonl.spans.jsonl").write_text("stale")
    fixed(path, str(out), force=True)
    assert read_lines(out) == [FIXED]
    assert not (tmp_path / "o.jsonl.spans.jsonl").exists()


def test_a_folder_is_replaced_only_by_force(write: Write, tmp_path: Path, negate: Use) -> None:
    write("in/a.jsonl", [FRAMED])
    write("out/old.jsonl", [CLEAN])
    with pytest.raises(UsageError, match="exists already"):
        fixed(str(tmp_path / "in"), str(tmp_path / "out"))
    fixed(str(tmp_path / "in"), str(tmp_path / "out"), force=True)
    assert left_behind(tmp_path / "out") == ["a.jsonl"]


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_error_leaves_nothing_behind(write: Write, tmp_path: Path, negate: Use) -> None:
    path = write("a.jsonl", [CLEAN, FRAMED])

    def broken(_: Target) -> Proposal:
        raise UsageError("no parser")

    negate(broken)
    with pytest.raises(UsageError, match="no parser"):
        fixed(path, str(tmp_path / "o.jsonl"))
    assert left_behind(tmp_path) == ["a.jsonl"]


def test_a_full_disk_leaves_nothing_behind(
    write: Write, tmp_path: Path, negate: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(staged, "_sync", full)
    with pytest.raises(NegauditError, match="No space left on device"):
        fixed(write("a.jsonl", [FRAMED]), str(tmp_path / "o.jsonl"))
    assert left_behind(tmp_path) == ["a.jsonl"]


def test_a_folder_that_is_read_only_is_said_plainly(
    write: Write, tmp_path: Path, negate: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", str(path))

    opened = Path.open

    def read_only(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        return refuse(path) if "x" in mode else opened(path, mode, *more, **named)

    path = write("a.jsonl", [FRAMED])
    monkeypatch.setattr(Path, "open", read_only)
    monkeypatch.setattr(Path, "unlink", refuse)  # even of what is not there
    with pytest.raises(NegauditError, match="Read-only file system"):
        fixed(path, str(tmp_path / "o.jsonl"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_disk_that_takes_nothing_is_said_plainly(tmp_path: Path) -> None:
    with (
        pytest.raises(NegauditError, match="No space left"),
        staged._told("here"),
        Path("/dev/full").open("wb", buffering=0) as file,
    ):
        file.write(b"x")


def test_a_damaged_source_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00 broken")
    with pytest.raises(InputError):
        fixed(str(path), str(tmp_path / "o.jsonl"))
    assert left_behind(tmp_path) == ["a.jsonl.gz"]


def test_progress_goes_to_the_end(write: Write, negate: Use) -> None:
    seen: list[tuple[int, int]] = []
    path = write("a.jsonl", [CLEAN, FRAMED, FRAMED])
    list(Fix([path], OPTIONS, repaired=lambda *done: seen.append(done)))
    assert seen[-1] == (2, 2)


def test_rules_that_are_not_selected_leave_records_alone(write: Write) -> None:
    lint = LintOptions(select=("do-not-imitate",))
    assert changes(write("a.jsonl", [FRAMED]), FixOptions(lint=lint)) == []
