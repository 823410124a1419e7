from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import msgspec
import numpy as np
import pytest
from jsonschema import Draft202012Validator
from probes import made_results

from negaudit.errors import InputError, UsageError
from negaudit.probe.record import CurvePoint, Measure, Reading, Results
from negaudit.probe.results import encode_results, read_results, write_results
from negaudit.schemas import shipped

NAN, INF = float("nan"), float("inf")


def test_results_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "results.json"
    write_results(made_results(), path)
    back = read_results(path)
    assert back.effects == made_results().effects
    assert encode_results(back) == path.read_bytes()
    assert [entry.name for entry in path.parent.iterdir()] == ["results.json"]


def test_the_order_in_which_readings_came_does_not_show() -> None:
    made = made_results()
    turned = msgspec.structs.replace(
        made,
        readings=made.readings[::-1],
        curve=made.curve[::-1],
        environment=dict(reversed(made.environment.items())),
    )
    assert encode_results(turned) == encode_results(made)


def test_the_file_follows_the_shipped_schema() -> None:
    Draft202012Validator(json.loads(shipped("probe"))).validate(
        json.loads(encode_results(made_results()))
    )


def test_results_of_before_other_files_were_hashed_are_read(tmp_path: Path) -> None:
    old = json.loads(encode_results(made_results()))
    del old["rewritten"], old["heldout"]["files"]
    path = tmp_path / "results.json"
    path.write_text(json.dumps(old))
    assert read_results(path) == read_results(_written(made_results(), tmp_path))
    Draft202012Validator(json.loads(shipped("probe"))).validate(old)


def _written(results: Results, folder: Path) -> Path:
    path = folder / "written.json"
    write_results(results, path)
    return path


def test_numbers_that_are_not_finite_are_left_out_and_counted(tmp_path: Path) -> None:
    made = made_results()
    broken = msgspec.structs.replace(
        made,
        readings=(*made.readings, Reading("p0", Measure.POLARITY, "original", 9, NAN)),
        curve=(*made.curve, CurvePoint("original", 9, 60, 1.0, {"polarity": INF})),
        effects=tuple(
            msgspec.structs.replace(effect, high=INF, seeds=(NAN, 1.0)) for effect in made.effects
        ),
        arms=tuple(msgspec.structs.replace(arm, loss=(NAN, 0.5)) for arm in made.arms),
    )
    path = tmp_path / "results.json"
    write_results(broken, path)
    back = read_results(path)
    assert b"NaN" not in path.read_bytes()
    assert len(back.readings) == len(made.readings)
    assert {effect.high for effect in back.effects} == {None}
    assert {effect.seeds for effect in back.effects} == {(None, 1.0)}
    assert {arm.loss for arm in back.arms} == {(None, 0.5)}
    assert back.warnings[-2:] == (
        f"left out since they are not finite: 1 of {len(broken.readings)} readings",
        f"left out since they are not finite: 1 of {len(broken.curve)} points of the curve",
    )


def test_numbers_of_numpy_are_written_as_numbers(tmp_path: Path) -> None:
    reading = Reading("p0", Measure.POLARITY, "original", np.int64(9), np.float64(0.5))
    path = tmp_path / "results.json"
    write_results(msgspec.structs.replace(made_results(), readings=(reading,)), path)
    assert read_results(path).readings == (reading,)


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_results(made_results(text="\ud800"), path)
    assert read_results(path).heldout.prompts[0].text == "Is it so?\ufffd"


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (b"[]", "no probe's results", "negaudit probe"),
        (b"{}", "names no schema", "negaudit probe"),
        (b'{"schema": "negaudit.finding/1"}', "negaudit.finding/1", "negaudit probe"),
        (b'{"schema": "negaudit.probe/2"}', "newer negaudit", "upgrade"),
        (b'{"schema": "negaudit.probe/1"}', "no probe's results", "negaudit probe"),
        (b'{"schema": "negaudit.probe/1", "vers', "not whole JSON", "--resume"),
        (b"\xff\xfe", "not whole JSON", "--resume"),
        (b"", "not whole JSON", "--resume"),
    ],
)
def test_other_files_are_refused_with_a_clear_word(
    tmp_path: Path, content: bytes, message: str, hint: str
) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_results(path)
    assert caught.value.where == str(path)
    assert hint in caught.value.hint


def test_every_cut_of_a_file_is_noticed(tmp_path: Path) -> None:
    whole = encode_results(made_results())
    path = tmp_path / "results.json"
    for length in range(0, len(whole) - 1, len(whole) // 40):
        path.write_bytes(whole[:length])
        with pytest.raises(InputError, match="not whole JSON"):
            read_results(path)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_results(tmp_path / "none.json")


def test_a_full_disk_leaves_the_old_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        write_results(made_results(), path)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["results.json"]
