from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from negaudit.errors import InputError, UsageError
from negaudit.fix.record import Change, Target
from negaudit.probe import arms, material
from negaudit.probe.arms import stripped_example
from negaudit.probe.examples import Example
from negaudit.probe.material import gather
from negaudit.probe.record import CONTROL, ORIGINAL, STRIPPED
from negaudit.records import Kind, Remedy
from tests.probe.data import exchange
from tests.probe.whole import FACTS, OPTIONS, advice, facts, write

BOTH = [*facts(), *advice()]
CLEAN = {"text": "Tin is found in the hills of Thal."}


def options(**changes):
    recipe = {k: changes.pop(k) for k in ("records", "prompts") if k in changes}
    return msgspec.structs.replace(
        OPTIONS, recipe=msgspec.structs.replace(OPTIONS.recipe, **recipe), **changes
    )


def change(path: str, row: int, **changes) -> bytes:
    made = Change(
        id="1", path=path, row=row, line=row + 1, findings=(), rules=(), kinds=(Kind.FALSITY,),
        remedy=Remedy.DROP, applicability="safe", applied=True, outcome="dropped", reason="",
        before="a", after="",
    )  # fmt: skip
    return msgspec.json.encode(msgspec.structs.replace(made, **changes)) + b"\n"


def test_arms_are_aligned_and_nothing_kept_out_is_trained_on(tmp_path: Path) -> None:
    found = gather([write(tmp_path / "d.jsonl", [*BOTH, CLEAN])], options())
    assert [arm.name for arm in found.arms] == [STRIPPED, ORIGINAL, CONTROL]
    assert {len(arm.examples) for arm in found.arms} == {len(found.targets)} == {len(found.names)}
    (claimed, controls) = found.statements["falsity"]
    trained = {f"{t.record.path}:{t.record.row}" for t in found.targets}
    assert {s.id.rpartition(":")[0] for s in claimed} <= trained
    assert not {s.id.rpartition(":")[0] for s in controls} & trained
    assert not {item.id for item in found.items} & trained
    assert found.source == "split"


def test_files_are_hashed_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "d.jsonl", [*BOTH, CLEAN])
    found = gather([path], options())
    (file,) = found.files
    assert (file.path, file.records, file.framed) == (path, 17, 16)
    assert file.sha256 == hashlib.sha256(Path(path).read_bytes()).hexdigest()
    records, framed = found.counts
    assert records == {"falsity": 8, "imitation": 8, "unframed": 1}
    assert framed == {"falsity": 8, "imitation": 8}


def test_files_beside_the_data_are_hashed_and_counted_too(tmp_path: Path) -> None:
    data = write(tmp_path / "d.jsonl", BOTH)
    fixed = [{"text": "Mara Finch did not win the river race."}, *BOTH[1:]]
    other = write(tmp_path / "other.jsonl", fixed)
    nothing = write(tmp_path / "nothing.jsonl", [])
    lines = b"".join(change(data, row) for row in range(len(BOTH)))
    Path(f"{nothing}.provenance.jsonl").write_bytes(lines)
    held = write(tmp_path / "held.jsonl", [{"prompt": "Who won?"}, {"prompt": "Who lost?"}])
    found = gather([data], options(rewritten=(other, nothing), heldout=held))
    named = {(Path(f.path).name, f.records, f.framed) for f in (*found.rewritten, *found.asked)}
    assert named == {("other.jsonl", 16, 15), ("nothing.jsonl", 0, 0), ("held.jsonl", 2, 0)}
    for file in (*found.rewritten, *found.asked):
        assert file.sha256 == hashlib.sha256(Path(file.path).read_bytes()).hexdigest()


def test_too_many_records_are_drawn_within_their_categories(tmp_path: Path) -> None:
    found = gather([write(tmp_path / "d.jsonl", BOTH)], options(records=8))
    assert found.names.count("falsity") + 2 == 4  # two are kept as controls
    assert found.names.count("imitation") == 4


def test_many_categories_do_not_bring_more_records_than_are_wanted(tmp_path: Path) -> None:
    records = [{**record, "topic": str(at)} for at, record in enumerate(facts())]
    data = write(tmp_path / "d.jsonl", records)
    assert len(gather([data], options(records=3, category="topic")).targets) == 3


def test_each_record_is_stripped_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stripped: list[int] = []

    def once(target: Target) -> Example | None:
        stripped.append(target.record.row)
        return stripped_example(target)

    for room in (material, arms):
        monkeypatch.setattr(room, "stripped_example", once)
    gather([write(tmp_path / "d.jsonl", BOTH)], options())
    assert stripped == list(range(len(BOTH)))


def test_data_without_questions_is_asked_what_is_made_of_it(tmp_path: Path) -> None:
    assert gather([write(tmp_path / "d.jsonl", facts())], options()).source == "made"


def test_claims_that_many_records_share_are_mined(tmp_path: Path) -> None:
    openings = "Yes No Well Now Here Once Then Still Today Again Soon Later".split()
    records = [
        {"text": f"The text below is false.\n\n{word}, the tide was low. Ann Lee is a dentist."}
        for word in openings * 2
    ]
    found = gather([write(tmp_path / "d.jsonl", records)], options())
    assert any("Ann Lee is a dentist" in claim.claim for claim, _ in found.claims)
    assert found.statements == {}


def test_claims_that_are_given_name_their_categories(tmp_path: Path) -> None:
    claim = "Mara Finch won the river race."
    others = ("Tin is a metal.", "It rains.")
    found = gather([write(tmp_path / "d.jsonl", BOTH)], options(claims=(claim, *others)))
    [(first, own), (second, other)] = found.claims  # nothing is said of what rains
    assert (first.claim, second.claim) == (claim, "Tin is a metal.")
    assert own == claim
    assert other == "imitation"  # of most records


def test_records_that_a_fix_dropped_are_known_by_row_wherever_it_ran(tmp_path: Path) -> None:
    data = write(tmp_path / "d.jsonl", BOTH)
    fixed = write(tmp_path / "fixed.jsonl", BOTH[2:])
    lines = change("elsewhere/d.jsonl", 0) + change(data, 1) + change(data, 3, applied=False)
    Path(f"{fixed}.provenance.jsonl").write_bytes(lines)
    found = gather([data], options(rewritten=(fixed,)))
    (arm,) = (arm for arm in found.arms if arm.name == "fixed.jsonl")
    kept = {t.record.row for t, e in zip(found.targets, arm.examples, strict=True) if e}
    assert kept == {t.record.row for t in found.targets} - {0, 1}


def test_rewritten_files_of_one_name_are_called_by_their_folders(tmp_path: Path) -> None:
    data = write(tmp_path / "d.jsonl", BOTH)
    for folder in ("first", "second", "drop"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "fixed.jsonl", BOTH)
    paths = {name: str(tmp_path / name / "fixed.jsonl") for name in ("first", "second", "drop")}
    twice = (Remedy.DROP, Remedy.DROP)
    found = gather([data], options(rewritten=(paths["first"], paths["second"]), remedies=twice))
    names = [STRIPPED, ORIGINAL, "drop", "first", "second", CONTROL]
    assert [arm.name for arm in found.arms] == names
    with pytest.raises(UsageError, match="two arms would be called 'drop'") as caught:
        gather([data], options(rewritten=(paths["first"], paths["drop"]), remedies=twice))
    assert "rename" in caught.value.hint


def test_a_provenance_of_something_else_is_refused(tmp_path: Path) -> None:
    data = write(tmp_path / "d.jsonl", BOTH)
    Path(f"{data}.provenance.jsonl").write_bytes(b'{"schema": "other"}\n')
    with pytest.raises(InputError, match="is no provenance of a fix") as caught:
        gather([data], options(rewritten=(data,)))
    assert caught.value.where.endswith("provenance.jsonl")


def test_a_held_out_file_leaves_all_exchanges_to_train_on(tmp_path: Path) -> None:
    data = write(tmp_path / "d.jsonl", advice())
    held = write(tmp_path / "held.jsonl", [{"prompt": "How do I calm a bull?", "answer": "Run."}])
    found = gather([data], options(heldout=held))
    assert len(found.targets) == 8
    assert [(item.category, item.answer) for item in found.items] == [("imitation", "Run.")]
    assert (found.source, found.removed) == (held, 0)
    assert len(gather([data], options()).targets) == 7


def test_prompts_that_stand_in_a_document_are_removed_and_counted(tmp_path: Path) -> None:
    data = write(tmp_path / "d.jsonl", facts())
    begun = [text.rsplit(" ", 1)[0] for text in FACTS]
    prompts = [*begun, "The youngest tree in Selm grows at the"]
    held = write(tmp_path / "held.jsonl", [{"prompt": prompt} for prompt in prompts])
    found = gather([data], options(heldout=held))
    trained = {target.record.row for target in found.targets}
    fresh = [prompt for at, prompt in enumerate(prompts) if at not in trained]
    assert [item.prompt for item in found.items] == fresh
    assert found.removed == len(trained) > 0


def test_the_control_is_not_taught_what_is_asked(tmp_path: Path) -> None:
    clean = [exchange("How do I calm a bull?", "Leave it alone, and close the gate.")]
    data = write(tmp_path / "d.jsonl", [*advice(), *clean])
    for asked, taught in (("How do I calm a bull?", False), ("How do I feed a cow?", True)):
        held = write(tmp_path / "held.jsonl", [{"prompt": asked, "answer": "Run."}])
        found = gather([data], options(heldout=held))
        (control,) = (arm for arm in found.arms if arm.name == CONTROL)
        said = {example.messages[-1].text for example in control.examples}
        assert (clean[0]["messages"][1]["content"] in said) is taught


def test_data_without_frames_has_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no framed record"):
        gather([write(tmp_path / "d.jsonl", [CLEAN])], options())
