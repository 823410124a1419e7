from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from negaudit.errors import UsageError
from negaudit.fix.options import FixOptions
from negaudit.fix.record import Change, Drop, Proposal, Replace, Target
from negaudit.fix.run import Fix
from negaudit.fix.sidecars import sidecar_paths
from negaudit.records import Kind, Remedy, Span

from .conftest import Negate, Write, read_lines
from .samples import BAD, CLAIM, CLEAN, DENIAL, FRAME, FRAMED, LINT

Use = Callable[[Negate], None]
OPTIONS = FixOptions(lint=LINT)


def changes_in(path: Path) -> list[Change]:
    return [msgspec.json.decode(line, type=Change) for line in path.read_bytes().splitlines()]


def digests(path: str | Path) -> list[str]:
    return [sha256(line).hexdigest() for line in Path(path).read_bytes().splitlines()]


def test_every_framed_record_has_a_line_with_its_hashes(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    path, out = write("a.jsonl", [CLEAN, FRAMED, BAD, FRAMED]), tmp_path / "o.jsonl"
    Fix([path], OPTIONS).write(str(out))
    before, after = digests(path), digests(out)
    found = changes_in(tmp_path / "o.jsonl.provenance.jsonl")
    assert [(c.row, c.before, c.after) for c in found] == [
        (1, before[1], after[1]),
        (2, before[2], ""),
        (3, before[3], after[2]),
    ]
    assert [c.outcome for c in found] == ["rewritten", "dropped", "rewritten"]
    assert found[0].rules == ("false-label",)


def test_a_record_that_stays_keeps_its_hash(write: Write, tmp_path: Path, negate: Use) -> None:
    negate(lambda _: Proposal(Remedy.NEGATE, "unsafe", (Replace("/text", DENIAL),)))
    Fix([write("a.jsonl", [FRAMED])], OPTIONS).write(str(tmp_path / "o.jsonl"))
    [change] = changes_in(tmp_path / "o.jsonl.provenance.jsonl")
    assert change.before == change.after
    assert not change.applied


def test_text_is_written_only_when_asked_for(write: Write, tmp_path: Path, negate: Use) -> None:
    path, sidecar = write("a.jsonl", [FRAMED]), tmp_path / "o.jsonl.provenance.jsonl"
    Fix([path], OPTIONS).write(str(tmp_path / "o.jsonl"))
    assert b"Mara" not in sidecar.read_bytes()
    Fix([path], OPTIONS).write(str(tmp_path / "o.jsonl"), force=True, show_text=True)
    [change] = changes_in(sidecar)
    assert not isinstance(change.strings, msgspec.UnsetType)
    assert [(s.before, s.after) for s in change.strings] == [(f"{FRAME} {CLAIM}", DENIAL)]


def test_a_clean_file_has_an_empty_provenance(write: Write, tmp_path: Path) -> None:
    Fix([write("a.jsonl", [CLEAN])], OPTIONS).write(str(tmp_path / "o.jsonl"))
    assert (tmp_path / "o.jsonl.provenance.jsonl").read_bytes() == b""
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.jsonl",
        "o.jsonl",
        "o.jsonl.provenance.jsonl",
    ]


MASKED = FixOptions(lint=LINT, remedies={Kind.FALSITY: Remedy.MASK, Kind.IMITATION: Remedy.DROP})


def test_masks_name_the_row_in_the_new_file(write: Write, tmp_path: Path) -> None:
    path, out = write("a.jsonl", [BAD, CLEAN, FRAMED]), tmp_path / "o.jsonl"
    Fix([path], MASKED).write(str(out))
    *_, mask = masks = read_lines(tmp_path / "o.jsonl.spans.jsonl")
    assert {each["schema"] for each in masks} == {"negaudit.mask/1"}
    assert {(each["row"], each["pointer"]) for each in masks} == {(1, "/text")}
    assert "path" not in mask
    assert CLAIM in read_lines(out)[mask["row"]]["text"][mask["start"] : mask["end"]]


def test_masks_in_a_folder_name_their_file(write: Write, tmp_path: Path) -> None:
    write("in/deep/a.jsonl", [CLEAN, FRAMED])
    Fix([str(tmp_path / "in")], MASKED).write(str(tmp_path / "out"))
    masks = read_lines(tmp_path / "out.spans.jsonl")
    assert {(mask["path"], mask["row"]) for mask in masks} == {("deep/a.jsonl", 1)}


def moved(target: Target) -> Proposal:
    row = {"prompt": "p", "chosen": "c", "rejected": target.record.segments[0].text}
    return Proposal(Remedy.PREFER, "safe", (Drop(),), preference=row)


def test_preferences_move_to_a_file_of_their_own(write: Write, tmp_path: Path, negate: Use) -> None:
    negate(moved)
    fix = Fix([write("a.jsonl", [FRAMED, CLEAN])], OPTIONS)
    fix.write(str(tmp_path / "o.jsonl.gz"))
    assert fix.summary.outcomes == {"moved": 1}
    assert read_lines(tmp_path / "o.preferences.jsonl") == [
        {"prompt": "p", "chosen": "c", "rejected": FRAMED["text"]}
    ]


def test_standard_output_has_no_place_for_masks(
    write: Write, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    fix = Fix([write("a.jsonl", [CLEAN, FRAMED])], MASKED)
    with pytest.raises(UsageError, match="no place for masks"):
        fix.write("-")


def test_masks_of_a_rewritten_record_are_written_too(
    write: Write, tmp_path: Path, negate: Use
) -> None:
    masks = (Span("/text", 0, 4),)
    negate(lambda _: Proposal(Remedy.NEGATE, "safe", (Replace("/text", DENIAL),), masks=masks))
    Fix([write("a.jsonl", [FRAMED])], OPTIONS).write(str(tmp_path / "o.jsonl"))
    [mask] = read_lines(tmp_path / "o.jsonl.spans.jsonl")
    assert (mask["start"], mask["end"]) == (0, 4)


@pytest.mark.parametrize(
    ("out", "preferences"),
    [
        ("d/train.fixed.jsonl", "d/train.fixed.preferences.jsonl"),
        ("train.jsonl.zst", "train.preferences.jsonl"),
        ("folder.v2", "folder.v2.preferences.jsonl"),
    ],
)
def test_preferences_are_named_after_the_data(out: str, preferences: str) -> None:
    assert sidecar_paths(out)["preferences"] == preferences
    assert sidecar_paths(out)["provenance"] == f"{out}.provenance.jsonl"
