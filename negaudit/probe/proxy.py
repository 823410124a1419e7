"""The small frozen model that stands in for the one that the data is meant for."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negaudit.bars import without_bars
from negaudit.errors import InputError, UsageError
from negaudit.probe.embedded import EMBEDDED, REVISION, embedded_folder
from negaudit.probe.memory import keep_freed_memory

if TYPE_CHECKING:
    import torch

    from negaudit.probe.frozen import Joined

__all__ = ["Proxy", "load_proxy", "make_proxy"]

_TOKENIZERS = ("tokenizer*", "vocab.*", "*.model", "tekken.json")


@dataclass(frozen=True, eq=False)
class Proxy:
    """A frozen causal language model.

    Attributes:
        model: Of transformers, changed for packed rows; called through the engine only.
        tokenizer: Of transformers.
        name: The embedded proxy's name, a folder, or a hub id.
        revision: Of the embedded proxy's file, SHA-256 of a folder's weights, or a hub's commit.
        parameters: How many.
        device: Where it is.
        dtype: What it computes in.
        joined: Its linear layers, those of one input joined; the head is left out.
        reloadable: Whether `load_proxy` finds it again by its name.
    """

    model: Any
    tokenizer: Any
    name: str
    revision: str
    parameters: int
    device: torch.device
    dtype: torch.dtype
    joined: tuple[Joined, ...]
    reloadable: bool = False


def load_proxy(
    name: str | None = None, *, device: str | None = None, dtype: str | None = None
) -> Proxy:
    """Loads a proxy: safetensors only, and no code from outside.

    Args:
        name: A folder, a hub id, or None for the embedded proxy, which is fetched where it is
            not there yet.
        device: Of torch; None for a GPU where there is one.
        dtype: "bfloat16" or "float32"; None for bfloat16 where the processor has it.

    Raises:
        InputError: The model cannot be reached or read, or has no safetensors.
        UsageError: There is no such device, or the architecture does not work with the engine.
    """
    import torch

    where = _device(device)
    kind = getattr(torch, dtype) if dtype else _natural_dtype(where)
    if name is None or name == EMBEDDED:
        folder = embedded_folder()
        model, tokenizer = _read(str(folder), EMBEDDED, kind)
        proxy = make_proxy(model, tokenizer, EMBEDDED, revision=REVISION, device=where)
        return replace(proxy, reloadable=True)
    model, tokenizer = _read(name, name, kind)
    path = Path(name)
    revision = _hash(path) if path.is_dir() else str(getattr(model.config, "_commit_hash", ""))
    proxy = make_proxy(model, tokenizer, name, revision=revision, device=where)
    return replace(proxy, reloadable=True)


def make_proxy(
    model: Any, tokenizer: Any, name: str, *, revision: str = "", device: torch.device | None = None
) -> Proxy:
    """Makes a loaded model a proxy; changes it in place.

    Raises:
        UsageError: The engine's pass does not agree with the model's own.
    """
    import torch

    from negaudit.probe.check import check_freezing

    where = device or torch.device("cpu")
    if where.type == "cpu":
        keep_freed_memory()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    joined = check_freezing(model.to(where), name)
    return Proxy(model, tokenizer, name, revision, parameters, where, model.dtype, joined)


def _device(name: str | None) -> torch.device:
    import torch

    if name is None:
        name = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        hint = "use --device cpu, or install a torch build for this device"
        raise UsageError(f"the device {name!r} cannot be used: {reason}", hint=hint) from error
    return device


def _natural_dtype(device: torch.device) -> torch.dtype:
    import torch

    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    has = any(getattr(torch.cpu, check, bool)() for check in checks)
    return torch.bfloat16 if device.type == "cpu" and has else torch.float32


def _read(source: str, name: str, dtype: torch.dtype) -> tuple[Any, Any]:
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM, AutoTokenizer

    path = Path(source)
    if source.startswith((".", "~", os.sep)) and not path.is_dir():
        hint = "check the path; a hub id looks like OWNER/NAME"
        raise InputError("there is no such folder", where=name, hint=hint)
    if path.is_dir() and not any(path.glob("*.safetensors")):
        hint = "save it again with save_pretrained, which writes safetensors"
        raise InputError("the folder holds no safetensors file", where=name, hint=hint)
    if path.is_dir() and not any(any(path.glob(pattern)) for pattern in _TOKENIZERS):
        hint = "save the model's tokenizer beside its weights, with save_pretrained"
        raise InputError("the folder holds no tokenizer", where=name, hint=hint)
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False)
        with without_bars():
            model = AutoModelForCausalLM.from_pretrained(
                source, trust_remote_code=False, use_safetensors=True, dtype=dtype
            )
    except (OSError, ValueError, ImportError, KeyError, SafetensorError) as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), repr(error))
        hint = (
            "name a folder with a config, safetensors and a tokenizer, a hub id that can be "
            "reached, or leave out --model for the embedded proxy"
        )
        raise InputError(f"the model cannot be loaded: {reason}", where=name, hint=hint) from error
    return model, tokenizer


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([folder / "config.json", *folder.glob("*.safetensors")]):
        with path.open("rb") as file:
            digest.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
