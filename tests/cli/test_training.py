from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from negaudit.audit import AuditOptions, AuditRun
from negaudit.cli import training
from negaudit.cli.training import device_of, require_probe, training_options
from negaudit.errors import UsageError
from negaudit.probe.options import PRESETS

from .conftest import Call


def taken(*arguments: str) -> dict[str, Any]:
    """What a command with the options of a training gets."""
    seen: dict[str, Any] = {}
    command = click.command()(training_options(lambda **options: seen.update(options)))
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    return seen


def test_without_options_nothing_is_named() -> None:
    assert taken() == {
        "claims": None,
        "heldout": "",
        "category": "",
        "model": None,
        "gpu": False,
        "device": None,
    }


def test_each_option_is_taken_as_it_is_written() -> None:
    given = {"claims": "c.txt", "heldout": "h.jsonl", "category": "topic", "model": "./m"}
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    assert taken(*words, "--device", "cuda:1") == {**given, "gpu": False, "device": "cuda:1"}


def test_a_gpu_is_a_device() -> None:
    assert device_of(taken()) is None
    assert device_of(taken("--gpu")) == "cuda"
    assert device_of(taken("--device", "cpu")) == "cpu"
    with pytest.raises(UsageError, match="exclude each other"):
        device_of(taken("--gpu", "--device", "cpu"))


def test_help_lists_them_in_their_order() -> None:
    command = click.command()(training_options(lambda **_: None))
    shown = CliRunner().invoke(command, ["--help"]).output
    order = [shown.index(f"--{name}") for name in taken()]
    assert order == sorted(order)


def test_what_is_given_reaches_the_audit(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[AuditOptions] = []

    def begun(_self: AuditRun, _data: str, _out: Path, options: AuditOptions, **_: object) -> None:
        seen.append(options)
        raise KeyboardInterrupt

    monkeypatch.setattr(AuditRun, "__init__", begun)
    (tmp_path / "claims.txt").write_text("Ann Lee is a dentist.\n")
    call(
        "audit", "data.jsonl", "--out", "out", "--preset", "full", "--claims", "claims.txt",
        "--heldout", "held.jsonl", "--category", "topic", "--model", "m", "--gpu", "--unsafe",
        "--ignore", "false-label",
    )  # fmt: skip
    ((fix, probe),) = [(options.fix, options.probe) for options in seen]
    assert probe is not None
    assert (probe.preset, probe.recipe) == ("full", PRESETS["full"])
    assert (probe.heldout, probe.category) == ("held.jsonl", "topic")
    assert (probe.model, probe.device) == ("m", "cuda")
    assert probe.claims == probe.remedy.claims == fix.remedy.claims == ("Ann Lee is a dentist.",)
    assert probe.lint.ignore == fix.lint.ignore == ("false-label",)
    assert fix.unsafe


def test_every_package_of_the_extra_is_looked_for() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    named = {re.split(r"[<>=\[]", one)[0] for one in project["optional-dependencies"]["probe"]}
    assert named - {"negaudit"} == set(training._NEEDED)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    require_probe()
    monkeypatch.setattr(training, "_NEEDED", ("click", "no_such_package", "msgspec"))
    with pytest.raises(UsageError, match="a probe needs no_such_package, not") as caught:
        require_probe()
    assert "negaudit[probe]" in caught.value.hint
