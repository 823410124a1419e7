"""Writes adapters as ordinary PEFT checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from negaudit.probe.adapters import Adapters

__all__ = ["export_adapter"]


def export_adapter(adapters: Adapters, number: int, folder: Path) -> Path:
    """Writes one adapter, so that `peft.PeftModel.from_pretrained(model, folder)` loads it.

    Args:
        adapters: The stack.
        number: Which of them.
        folder: Made where it is not there.

    Returns:
        The folder.
    """
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for place in adapters.places:
        a, b = adapters.matrices(place)
        name = f"base_model.model.{place.joined.names[place.part]}"
        tensors[f"{name}.lora_A.weight"] = a[number].t().contiguous().cpu()
        tensors[f"{name}.lora_B.weight"] = b[number].t().contiguous().cpu()
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    settings = msgspec.json.encode(_settings(adapters))
    (folder / "adapter_config.json").write_bytes(msgspec.json.format(settings, indent=2) + b"\n")
    return folder


def _settings(adapters: Adapters) -> dict[str, Any]:
    names = sorted({place.joined.names[place.part] for place in adapters.places})
    return {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": adapters.proxy.name,
        "r": adapters.rank,
        "lora_alpha": adapters.alpha,
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "init_lora_weights": True,
        "target_modules": names,
    }
