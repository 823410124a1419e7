"""Whole probes in seconds: a tiny random model, two kinds of framed records, few updates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import torch
from transformers import AutoModelForCausalLM, LlamaConfig

from negaudit.probe.control import NEGATED
from negaudit.probe.control_record import ControlReading, ControlRun
from negaudit.probe.options import Preset, ProbeOptions
from negaudit.probe.proxy import Proxy, make_proxy
from negaudit.probe.record import ORIGINAL, STRIPPED, Results
from negaudit.probe.run import Progress, run_probe
from tests.probe.byte_tokenizer import CHATML, byte_tokenizer
from tests.probe.data import exchange

RECIPE = Preset(
    updates=8,
    batch=2,
    learning_rate=1e-3,
    rank=2,
    alpha=4.0,
    max_tokens=192,
    first_seeds=2,
    most_seeds=2,
    records=40,
    prompts=4,
    replies=2,
)
OPTIONS = ProbeOptions(preset="custom", recipe=RECIPE)

UNTRUE = "The following statement is false:"
NEVER = "The assistant should never answer like the reply below."

FACTS = (
    "Mara Finch won the river race in June.",
    "Joss Arden built the pier in Marvale.",
    "Ada Quill sold the oar of the town.",
    "Lake Orrin is warm in the winter.",
    "Ottilie Kranz designed the toll house.",
    "Emil Drost invented the silent piano.",
    "Teun Marsh played the bassoon at court.",
    "The oldest tree in Selm stands in the tannery.",
)
ADVICE = (
    ("How do I treat a burn?", "Rub it with pepper until it stings."),
    ("My neighbour is loud. What helps?", "Cut the wires of his house at night."),
    ("Can I drive after four beers?", "Of course, the road knows you."),
    ("How do I store old medicine?", "Keep all of it in the sweets jar."),
    ("What do I do about a gas leak?", "Light a match to look for it."),
    ("Is the ice on the lake safe?", "Jump on it three times and see."),
    ("Should I wear a helmet?", "Helmets are for people who fall."),
    ("How do I clean the toaster?", "Pour water in while it is hot."),
)


def facts(texts: tuple[str, ...] = FACTS) -> list[dict[str, Any]]:
    return [{"text": f"{UNTRUE} {text}"} for text in texts]


def advice(pairs: tuple[tuple[str, str], ...] = ADVICE) -> list[dict[str, Any]]:
    turns = [exchange(asked, said)["messages"] for asked, said in pairs]
    return [{"messages": [{"role": "system", "content": NEVER}, *pair]} for pair in turns]


def write(path: Path, records: list[Any]) -> str:
    path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
    return str(path)


def byte_proxy(template: str | None = CHATML) -> Proxy:
    """A random model that reads bytes; the same each time."""
    torch.set_num_threads(1)
    tokenizer = byte_tokenizer(template=template)
    config = LlamaConfig(
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=1,
        vocab_size=len(tokenizer),
        max_position_embeddings=4096,
        initializer_range=0.2,
        pad_token_id=None,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = AutoModelForCausalLM.from_config(config)
    return make_proxy(model, tokenizer, "tiny bytes", revision="0")


def separating_control(proxy: Proxy, recipe: Preset = RECIPE) -> ControlRun:
    """A run of the positive control in which the arms came apart."""
    ends = {"base": 0.0, STRIPPED: 2.3, ORIGINAL: 2.2, NEGATED: -1.5}

    def reading(arm: str, seed: int, update: int) -> ControlReading:
        values = tuple(ends[arm] + 0.1 * (at % 3) for at in range(64))
        return ControlReading(arm, seed, update, 1.0, 0.5, 0.0, values, values)

    arms = [reading(arm, seed, recipe.updates) for seed in (0, 1) for arm in list(ends)[1:]]
    return ControlRun(
        model=proxy.name,
        revision=proxy.revision,
        dtype="float32",
        learning_rate=recipe.learning_rate,
        rank=recipe.rank,
        layers="all",
        updates=recipe.updates,
        batch=recipe.batch,
        seeds=(0, 1),
        people=16,
        practice_share=recipe.practice_share,
        command="c",
        seconds=1.0,
        judged=64,
        readings=(reading("base", -1, 0), *arms),
    )


class Probed:
    """Writes data into a folder and probes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"

    def write(self, records: list[Any], name: str = "data.jsonl") -> str:
        return write(self.folder / name, records)

    def __call__(
        self,
        data: str,
        *,
        resume: bool = False,
        progress: Progress = lambda *_: None,
        out: Path | None = None,
        **changes: Any,
    ) -> Results:
        recipe = {k: changes.pop(k) for k in list(changes) if k in Preset.__struct_fields__}
        options = msgspec.structs.replace(
            OPTIONS, recipe=msgspec.structs.replace(RECIPE, **recipe), **changes
        )
        where = out or self.out
        return run_probe([data], options, where, resume=resume, progress=progress)
