from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from probes import made_results

from negaudit.audit.state import write_whole
from negaudit.output.inert import HOSTILE
from negaudit.probe import options, run
from negaudit.probe.options import PRESETS, ProbeOptions
from negaudit.probe.record import ORIGINAL, Measure, Verdict, VerdictName
from negaudit.probe.results import read_results
from tests.probe.conftest import _each_finder_once, _rules_once, probe  # noqa: F401
from tests.probe.whole import RECIPE, advice, facts, write

from .conftest import Call


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[ProbeOptions, dict[str, Any]]]:
    """What the command line asked of a probe that amplifies in one category."""
    seen: list[tuple[ProbeOptions, dict[str, Any]]] = []

    def probed(_: object, given: ProbeOptions, out: Path, **how: Any) -> object:
        seen.append((given, {"out": out, **how}))
        verdicts = tuple(
            Verdict(category, ORIGINAL, name, Measure.POLARITY, "so it was made")
            for category, name in (("", VerdictName.PARTLY), ("dentists", VerdictName.AMPLIFIES))
        )
        return msgspec.structs.replace(made_results(), verdicts=verdicts)

    monkeypatch.setattr(run, "run_probe", probed)
    return seen


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("fail_on", "code"), [(None, 0), ("never", 0), ("amplifies", 1), ("inconclusive", 1)]
)
def test_the_exit_code_follows_the_worst_verdict(
    call: Call, fail_on: str | None, code: int
) -> None:
    more = ["--fail-on", fail_on] if fail_on else []
    result = call("probe", "data.jsonl", "--out", "out", *more)
    assert result.exit_code == code, result.output
    assert result.stdout.startswith("PARTLY original")


def test_what_is_given_reaches_the_probe(
    call: Call, asked: list[tuple[ProbeOptions, dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "claims.txt").write_text("Ann Lee is a dentist.\n")
    call(
        "probe", "data.jsonl", "--out", "here", "--preset", "quick", "--seeds", "5",
        "--remedy", "negate,drop", "--rewritten", "a.jsonl", "--rewritten", "b.jsonl",
        "--heldout", "held.jsonl", "--category", "topic", "--claims", "claims.txt",
        "--model", "some/model", "--gpu", "--resume", "--judge", "proxy",
    )  # fmt: skip
    ((given, how),) = asked
    assert given.recipe == msgspec.structs.replace(PRESETS["quick"], first_seeds=5, most_seeds=5)
    assert given.preset == "quick"
    assert [remedy.value for remedy in given.remedies] == ["negate", "drop"]
    assert given.rewritten == ("a.jsonl", "b.jsonl")
    assert (given.heldout, given.category) == ("held.jsonl", "topic")
    assert given.claims == given.remedy.claims == ("Ann Lee is a dentist.",)
    assert (given.model, given.device, given.judge) == ("some/model", "cuda", "proxy")
    assert (how["out"], how["resume"]) == (Path("here"), True)


def test_another_recipe_is_called_custom(
    call: Call, asked: list[tuple[ProbeOptions, dict[str, Any]]]
) -> None:
    call("probe", "data.jsonl", "--out", "out", "--updates", "50", "--learning-rate", "2e-4")
    ((given, _),) = asked
    assert (given.preset, given.recipe.updates, given.recipe.learning_rate) == ("custom", 50, 2e-4)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "a probe needs a folder"),
        (["--out", "o", "--gpu", "--device", "cpu"], "exclude each other"),
        (["--out", "o", "--remedy", "negat"], "did you mean 'negate'?"),
        (["--out", "o", "--claims", "gone.txt"], "gone.txt"),
        (["--out", "o", "--judge", "ftp://x"], "that is no address"),
        (["--out", "o", "--seeds", "1"], "--seeds"),
    ],
)
def test_wrong_usage_exits_with_2(call: Call, arguments: list[str], message: str) -> None:
    result = call("probe", "data.jsonl", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.fixture
def tiny(probe: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setitem(options.PRESETS, "standard", RECIPE)


@pytest.mark.usefixtures("tiny")
def test_a_probe_of_hostile_data_prints_nothing_that_acts(call: Call, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\u202e\x9b2J[red]"
    records = [{**record, "topic": f"sport{evil}"} for record in [*facts(), *advice()]]
    write(tmp_path / "data.jsonl", records)
    result = call("probe", "data.jsonl", "--out", "out", "--category", "topic")
    assert result.exit_code == 0, result.output
    shown = (result.stdout + result.stderr).replace("\n", "")
    assert not HOSTILE.search(shown)
    results = read_results(tmp_path / "out" / "results.json")
    assert {category.name for category in results.categories} == {f"sport{evil}"}


@pytest.mark.usefixtures("tiny")
def test_the_proxy_itself_judges(call: Call, tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", [*facts(), *advice()])
    result = call("probe", "data.jsonl", "--out", "out", "--judge", "proxy", "-q")
    assert result.exit_code == 0, result.output
    assert read_results(tmp_path / "out" / "results.json").generations


@pytest.mark.usefixtures("tiny")
def test_a_full_disk_exits_with_2_and_a_clear_word(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    write(tmp_path / "data.jsonl", [*facts(), *advice()])
    result = call("probe", "data.jsonl", "--out", "out")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert "next: free space there" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("checkpoints", "word"), [(True, "with --resume goes on"), (False, "no checkpoint yet")]
)
def test_an_interrupted_probe_says_how_to_go_on(
    checkpoints: bool, word: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        if checkpoints:
            write_whole(tmp_path / "out" / "checkpoints" / "a" / "update-8.checkpoint", b"")
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "run_probe", interrupted)
    result = call("probe", "data.jsonl", "--out", "out")
    assert result.exit_code == 130
    assert result.stderr.startswith("stopped: ")
    assert word in result.stderr


@pytest.mark.usefixtures("tiny")
def test_scores_need_no_folder_and_no_training(call: Call, tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", facts())
    result = call("probe", "data.jsonl", "--preset", "score")
    assert result.exit_code == 0, result.output
    assert "8 findings, 8 with a frame before the content" in result.stdout
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [".git"]


@pytest.mark.parametrize(
    "more", [("--fail-on", "amplifies"), ("--out", "out"), ("--remedy", "drop"), ("--resume",)]
)
def test_scores_take_no_options_of_a_training(call: Call, more: tuple[str, ...]) -> None:
    result = call("probe", "data.jsonl", "--preset", "score", *more)
    assert result.exit_code == 2
    assert f"error: {more[0]} has no use with --preset score" in result.stderr


@pytest.mark.usefixtures("tiny")
def test_clean_data_has_nothing_to_score(call: Call, tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", [{"text": "Tin is found in the hills of Thal."}])
    result = call("probe", "data.jsonl", "--preset", "score")
    assert (result.exit_code, result.stdout) == (0, "nothing to score: no record is framed\n")


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("more", [["--preset", "score"], ["--out", "out"]])
def test_a_missing_file_exits_with_2(call: Call, more: list[str]) -> None:
    result = call("probe", "gone.jsonl", *more)
    assert result.exit_code == 2
    assert "gone.jsonl" in result.stderr
