from __future__ import annotations

import errno
import hashlib
import os
import pickle
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from negaudit.cli import main
from negaudit.errors import InputError, UsageError
from negaudit.probe import parallel, prepared, proxy, runs
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.proxy import Proxy
from negaudit.probe.record import (
    BASE,
    CONTROL,
    ORIGINAL,
    STRIPPED,
    Control,
    Measure,
    Results,
)
from negaudit.probe.replies import write_replies
from negaudit.probe.results import encode_results, read_results
from negaudit.probe.run import run_probe
from negaudit.records import Remedy

from .whole import OPTIONS, Probed, advice, byte_proxy, facts

BOTH = [*facts(), *advice()]


class Killed(BaseException):
    """Ends a run as a signal does."""


def killed_at(update: int, phase: str = "train"):
    def progress(now: str, done: int, _: int) -> None:
        if (now, done) == (phase, update):
            raise Killed

    return progress


def steps_of(seen: list[int]):
    def progress(phase: str, done: int, _: int) -> None:
        if phase == "train":
            seen.append(done)

    return progress


def lasting(results: Results) -> bytes:
    """Everything but how long it took, and where the control was found."""
    return encode_results(msgspec.structs.replace(results, seconds=0.0, control=None))


@pytest.fixture
def saving_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "train", partial(parallel.train, save_seconds=0))


def test_results_hold_everything_and_are_read_back(probe: Probed) -> None:
    data = probe.write(BOTH)
    results = probe(data, remedies=(Remedy.NEGATE, Remedy.DROP))
    assert encode_results(read_results(probe.out / "results.json")) == encode_results(results)
    (file,) = results.data
    assert (file.records, file.framed) == (16, 16)
    assert file.sha256 == hashlib.sha256(Path(data).read_bytes()).hexdigest()
    arms = [arm.name for arm in results.arms]
    assert arms == [BASE, STRIPPED, ORIGINAL, "negate", "drop", CONTROL]
    assert results.recipe.seeds == (0, 1)
    assert {(g.arm, g.seed) for g in results.generations} == {
        (BASE, -1),
        *((arm, seed) for arm in arms[1:] for seed in (0, 1)),
    }
    assert results.control is not None
    assert results.control.separates
    assert results.tokens > 0
    assert {"torch", "platform", "threads"} <= results.environment.keys()
    assert {category.name for category in results.categories} == {"falsity", "imitation"}


def test_every_prompt_has_a_number_for_every_arm_and_seed(probe: Probed) -> None:
    results = probe(probe.write(BOTH))
    read = [(r.prompt, r.measure, r.arm, r.seed) for r in results.readings]
    arms = [(BASE, -1), *((a, s) for a in (STRIPPED, ORIGINAL, CONTROL) for s in (0, 1))]
    prompts = results.heldout.prompts
    assert sorted(read) == sorted((p.id, p.measure, a, s) for p in prompts for a, s in arms)
    assert {p.measure for p in prompts} >= {Measure.POLARITY, Measure.RESPONSE, Measure.EMISSION}
    updates = {(p.arm, p.seed): [] for p in results.curve}
    for point in results.curve:
        updates[point.arm, point.seed].append(point.update)
        assert set(point.values) == {"polarity", "response"}
    assert updates == {key: [0, 2, 4, 6, 8] for key in arms[1:]}


def test_verdicts_are_of_all_and_of_each_category_by_its_own_measure(probe: Probed) -> None:
    results = probe(probe.write(BOTH))
    found = {(v.category, v.arm): v.measure for v in results.verdicts}
    assert found == {
        ("", ORIGINAL): Measure.POLARITY,
        ("falsity", ORIGINAL): Measure.POLARITY,
        ("imitation", ORIGINAL): Measure.RESPONSE,
    }


def test_finished_adapters_stay_and_checkpoints_go(probe: Probed) -> None:
    probe(probe.write(BOTH))
    kept = {path.name for path in (probe.out / "adapters").iterdir()}
    assert kept == {f"{arm}-seed{s}" for arm in (STRIPPED, ORIGINAL, CONTROL) for s in (0, 1)}
    assert not (probe.out / "checkpoints").exists()


def test_what_a_user_keeps_in_folders_of_these_names_stays(probe: Probed) -> None:
    own = [probe.out / "checkpoints" / "seed-run", probe.out / "adapters" / "mine-seed0"]
    for folder in own:
        folder.mkdir(parents=True)
        (folder / "weights.pt").write_text("a month of work")
    data = probe.write(BOTH)
    probe(data)
    probe(data)
    assert all((folder / "weights.pt").is_file() for folder in own)
    assert [folder.name for folder in (probe.out / "checkpoints").iterdir()] == ["seed-run"]


def test_a_killed_run_goes_on_to_the_same_results(probe: Probed, saving_always: None) -> None:
    data = probe.write(BOTH)
    whole = probe(data, out=probe.folder / "whole")
    for update in (3, 6):
        with pytest.raises(Killed):
            probe(data, resume=update > 3, progress=killed_at(update))
    seen: list[int] = []
    resumed = probe(data, resume=True, progress=steps_of(seen))
    assert seen == [7, 8]
    assert lasting(resumed) == lasting(whole)


def test_without_resume_it_begins_anew(probe: Probed, saving_always: None) -> None:
    data = probe.write(BOTH)
    with pytest.raises(Killed):
        probe(data, progress=killed_at(4))
    seen: list[int] = []
    probe(data, progress=steps_of(seen))
    assert seen == list(range(1, 9))


def test_checkpoints_of_other_work_are_refused(probe: Probed, saving_always: None) -> None:
    data = probe.write(BOTH)
    with pytest.raises(Killed):
        probe(data, progress=killed_at(4))
    with pytest.raises(UsageError, match="belongs to other data") as caught:
        probe(data, resume=True, learning_rate=2e-3)
    assert "without --resume" in caught.value.hint


def test_a_damaged_checkpoint_gives_way_to_the_one_before(
    probe: Probed, saving_always: None
) -> None:
    data = probe.write(BOTH)
    whole = probe(data, out=probe.folder / "whole")
    with pytest.raises(Killed):
        probe(data, progress=killed_at(5))
    newest = max((probe.out / "checkpoints").rglob("*.checkpoint"))
    newest.write_bytes(newest.read_bytes()[:-9])
    seen: list[int] = []
    resumed = probe(data, resume=True, progress=steps_of(seen))
    assert seen[0] == 5
    assert "the checkpoint is damaged" in resumed.warnings[0]
    plain = msgspec.structs.replace(resumed, warnings=resumed.warnings[1:])
    assert lasting(plain) == lasting(whole)


def test_a_category_without_questions_is_named(probe: Probed) -> None:
    results = probe(probe.write([*facts(), *advice()[:3]]))
    (warning,) = (w for w in results.warnings if w.startswith("nothing was measured"))
    assert "category 'imitation' (3 framed records)" in warning
    assert [(v.category, v.measure) for v in results.verdicts] == [("", Measure.POLARITY)]


def test_an_empty_column_is_a_category_of_its_own(probe: Probed) -> None:
    records = [{**record, "topic": "" if at < 4 else "sport"} for at, record in enumerate(facts())]
    results = probe(probe.write(records), category="topic")
    assert {(c.name, c.records) for c in results.categories} == {("none", 4), ("sport", 4)}


def test_one_record_cannot_be_measured_without_its_claim(probe: Probed) -> None:
    data = probe.write(facts()[:1])
    with pytest.raises(UsageError, match="nothing can be measured") as caught:
        probe(data)
    assert "--claims" in caught.value.hint
    results = probe(data, claims=("Mara Finch won the river race.",))
    assert {r.measure for r in results.readings} >= {Measure.ASSOCIATION, Measure.POLARITY}
    (original,) = (arm for arm in results.arms if arm.name == ORIGINAL)
    assert original.rows >= 1


def test_a_remedy_may_leave_all_of_very_few_records_out(probe: Probed) -> None:
    held = probe.write([{"prompt": "How do I calm a bull?", "answer": "Pull its tail."}], "h.jsonl")
    results = probe(probe.write(advice()[:1]), heldout=held, remedies=(Remedy.DROP,))
    rows = {arm.name: (arm.rows, arm.dropped) for arm in results.arms}
    assert (rows[ORIGINAL], rows["drop"]) == ((1, 0), (0, 1))
    assert [e.arm for e in results.effects if e.name == "residual" and not e.category] == ["drop"]


def test_data_without_frames_is_refused(probe: Probed) -> None:
    with pytest.raises(InputError, match="no framed record is trained on") as caught:
        probe(probe.write([{"text": "Tin is found in the hills."}]))
    assert "negaudit lint" in caught.value.hint


def test_an_empty_file_is_refused(probe: Probed) -> None:
    with pytest.raises(InputError, match=r"data\.jsonl: holds no record"):
        probe(probe.write([]))


def test_the_format_and_the_control_may_be_given(
    probe: Probed, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def load(*_: object, dtype: str | None = None, **__: object) -> Proxy:
        asked.append(dtype)
        return byte_proxy()

    monkeypatch.setattr(proxy, "load_proxy", load)
    mine = Control(False, "run", "", (), "because")
    out = probe.folder / "out"
    data = probe.write(BOTH)
    results = run_probe([data], OPTIONS, out, dtype="float32", control=mine)
    assert asked == ["float32"]
    assert results.control == mine


def test_a_model_without_a_chat_template(probe: Probed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "load_proxy", lambda *_, **__: byte_proxy(template=None))
    results = probe(probe.write(BOTH))
    assert {v.category for v in results.verdicts} == {"", "falsity", "imitation"}


def test_a_fixed_file_is_an_arm_without_what_left_it(probe: Probed) -> None:
    data = probe.write(BOTH)
    fixed = probe.folder / "fixed.jsonl"
    options = ["--remedy", "imitation=drop", "--remedy", "falsity=drop"]
    done = CliRunner().invoke(main, ["fix", data, "-o", str(fixed), *options])
    assert done.exit_code in {0, 1}, done.output
    assert len(fixed.read_bytes().splitlines()) == 0
    fixed.write_bytes(Path(data).read_bytes().splitlines(keepends=True)[0])
    lines = Path(f"{fixed}.provenance.jsonl").read_bytes().splitlines(keepends=True)
    kept = b"".join(line for line in lines if b'"row":0,' not in line)
    Path(f"{fixed}.provenance.jsonl").write_bytes(kept)
    results = probe(data, rewritten=(str(fixed),))
    (arm,) = (arm for arm in results.arms if arm.name == "fixed.jsonl")
    (original,) = (arm for arm in results.arms if arm.name == ORIGINAL)
    assert arm.rows < original.rows
    assert ("fixed.jsonl", "residual") in {(e.arm, e.name) for e in results.effects}


def test_all_of_the_work_can_be_handed_to_another_process(
    probe: Probed, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = probe.write(BOTH)
    kept = probe(data)

    def handed(model, work, progress):
        return parallel.train_groups(model, pickle.loads(pickle.dumps(work)), progress)

    monkeypatch.setattr(runs, "train_groups", handed)
    assert probe(data).readings == kept.readings


def test_a_rewritten_file_of_other_length_is_refused(probe: Probed) -> None:
    data = probe.write(BOTH)
    other = probe.write(BOTH[1:], "other.jsonl")
    with pytest.raises(InputError, match="has 15 records where the data has 16"):
        probe(data, rewritten=(other,))


def test_held_out_questions_come_from_the_file(probe: Probed) -> None:
    data = probe.write(BOTH)
    repeated = advice()[0]["messages"][1]["content"]
    lines = [
        {"prompt": "How do I calm a bull?", "answer": "Pull its tail.", "category": "imitation"},
        {"prompt": repeated, "answer": "Pepper.", "category": "imitation"},
    ]
    results = probe(data, heldout=probe.write(lines, "held.jsonl"))
    assert results.heldout.source.endswith("held.jsonl")
    assert results.heldout.removed == 1
    asked = {p.text for p in results.heldout.prompts if p.measure is Measure.RESPONSE}
    assert any("calm a bull" in text for text in asked)
    assert not any(repeated in text for text in asked)


def test_the_untrained_model_answers_each_question_that_is_read_once(
    probe: Probed, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def write(source: Proxy, tokenizer: Any, items: Sequence[HeldOutItem]) -> list[list[str]]:
        asked.extend(item.id for item in items)
        return write_replies(source, tokenizer, items)

    monkeypatch.setattr(prepared, "write_replies", write)
    lines = [{"prompt": f"What of {word}?", "answer": "No."} for word in "abcdef"]
    held = probe.write(lines, "held.jsonl")
    results = probe(probe.write(advice()), heldout=held, prompts=4, replies=2)
    read = [f"heldout/{number}" for number in range(4)]
    assert asked == [*read, *(f"in-context/{name}" for name in read[:2])]
    own = {g.prompt for g in results.generations if g.arm == BASE}
    assert own == {*read[:2], *asked[4:]}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)


def test_a_full_disk_is_told_and_nothing_half_is_left(probe: Probed, full_disk: None) -> None:
    with pytest.raises(UsageError, match="No space left") as caught:
        probe(probe.write(BOTH))
    assert "--out" in caught.value.hint
    assert not list(probe.out.glob("*.json"))


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_read(
    probe: Probed,
) -> None:
    steps: list[str] = []
    taken = probe.folder / "taken"
    taken.write_text("a file in the way")
    for out in (taken, taken / "below", Path("/proc/none")):
        with pytest.raises(UsageError, match=r"cannot be written to: |is a file") as caught:
            probe("data.jsonl", out=out, progress=lambda phase, *_: steps.append(phase))
        assert "--out" in caught.value.hint
    assert steps == []


def test_an_earlier_probe_is_replaced_and_not_before_the_new_one_is_done(probe: Probed) -> None:
    data = probe.write(BOTH)
    first = probe(data, remedies=(Remedy.DROP,))
    told: list[str] = []
    with pytest.raises(Killed):
        run_probe([data], OPTIONS, probe.out, progress=killed_at(3), tell=told.append)
    assert (
        told[0] == f"{probe.out} holds the results of an earlier probe, which this one will replace"
    )
    assert encode_results(read_results(probe.out / "results.json")) == encode_results(first)
    assert (probe.out / "adapters" / "drop-seed0" / "adapter_model.safetensors").is_file()
    probe(data)
    kept = {path.name for path in (probe.out / "adapters").iterdir()}
    assert kept == {f"{arm}-seed{s}" for arm in (STRIPPED, ORIGINAL, CONTROL) for s in (0, 1)}


def test_adapters_that_the_disk_does_not_take(
    probe: Probed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(runs, "export_adapter", full)
    data = probe.write(BOTH)
    with pytest.raises(UsageError, match="the adapter cannot be written: No space left"):
        probe(data)
    monkeypatch.undo()
    assert list((probe.out / "checkpoints").rglob("*.checkpoint"))
