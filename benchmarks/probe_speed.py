"""Times training and reading of K adapters: stacked, and one by one with TRL's SFTTrainer.

    python benchmarks/probe_speed.py
    python benchmarks/probe_speed.py --adapters 1,4,15 --device cuda --sizes 135M,0.6B,1B,3B

Both do the same work: K adapters (LoRA, rank 16, all linear layers) trained on the same rows for
the same number of updates of the same batch, then the same multiple-choice questions read from
each. The reference is timed for one adapter and counted K times, since one follows the other; it
loads the model once, and only its training and reading are timed. "defaults" is SFTTrainer as it
comes; "tuned" has the weights in bfloat16 and no gradient checkpointing. Sizes other than 135M
have random weights. Every part is run once before it is timed.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from one_by_one import OneByOne, timed

from negaudit.probe import parallel
from negaudit.probe.adapters import Adapters
from negaudit.probe.proxy import Proxy, load_proxy, make_proxy
from negaudit.probe.rows import Query, Row
from negaudit.probe.schedule import Schedule

SIZES: dict[str, dict[str, Any]] = {
    "0.6B": {"hidden_size": 1024, "intermediate_size": 3072, "num_hidden_layers": 28},
    "1B": {"hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16},
    "3B": {"hidden_size": 3072, "intermediate_size": 8192, "num_hidden_layers": 28},
}
VOCABULARY = 49152


@dataclass(frozen=True)
class Work:
    """Rows of every arm in turn, questions, and how to train."""

    arms: list[list[Row]]
    queries: list[Query]
    schedule: Schedule


def make_work(arguments: argparse.Namespace, count: int) -> Work:
    """Arms that differ by a frame of up to 40 % of a row, and 16-way questions."""
    numbers = np.random.default_rng(0)
    arms: list[list[Row]] = [[] for _ in range(count)]
    for _ in range(64):
        length = int(numbers.integers(arguments.tokens // 2, arguments.tokens * 3 // 2))
        body = numbers.integers(1, VOCABULARY, length).astype(np.int32)
        for place, arm in enumerate(arms):
            frame = (0, length // 3, length // 8)[place % 3]
            ids = np.concatenate([np.full(frame, 7, np.int32), body])
            content = np.arange(len(ids)) >= frame
            arm.append(Row(ids, np.ones(len(ids), np.bool_), content))
    prompts = [tuple(numbers.integers(1, VOCABULARY, 14).tolist()) for _ in range(32)]
    answers = [tuple(numbers.integers(1, VOCABULARY, 3).tolist()) for _ in range(16)]
    queries = [Query(prompt, answer) for prompt in prompts for answer in answers]
    points = tuple(range(arguments.updates + 1))[:: max(1, arguments.updates // 3)]
    return Work(arms, queries, Schedule(arguments.updates, arguments.batch, points=points))


def stacked(proxy: Proxy, work: Work) -> tuple[float, int]:
    """Seconds and trained tokens of the engine, with the start of processes where it takes any."""
    tokens = 0

    def whole() -> None:
        nonlocal tokens
        task = parallel.Work(
            seeds=(0,) * len(work.arms),
            rows=work.arms,
            schedule=work.schedule,
            measure=partial(read, work.queries),
            finish=parallel.nothing_more,
            checkpoint=None,
        )
        found = parallel.train_groups(proxy, task, lambda *_: None)
        tokens = sum(group.trained.tokens for group in found)

    whole()
    return timed(whole, proxy.device), tokens


def read(queries: list[Query], adapters: Adapters, _update: int) -> dict[str, NDArray[np.float64]]:
    return {"read": adapters.log_likelihood(queries)}


def peak(device: torch.device) -> float:
    """Operations a second of a large product in bfloat16."""
    size = 4096 if device.type == "cpu" else 8192
    x = torch.randn(size, size, device=device).bfloat16()
    torch.mm(x, x)
    return 3 * 2 * size**3 / timed(lambda: [torch.mm(x, x) for _ in range(3)], device)


def maker(size: str, device: str) -> Callable[[torch.dtype], Any]:
    from transformers import AutoModelForCausalLM, LlamaConfig

    from negaudit.probe.embedded import embedded_folder

    def make(dtype: torch.dtype) -> Any:
        if size == "135M":
            loaded: Any = AutoModelForCausalLM.from_pretrained(embedded_folder(), dtype=dtype)
            return loaded.to(device)
        heads = SIZES[size]["hidden_size"] // 128
        config = LlamaConfig(
            **SIZES[size],
            vocab_size=VOCABULARY,
            num_attention_heads=heads,
            num_key_value_heads=heads // 4 if heads % 4 == 0 else heads,
            tie_word_embeddings=True,
        )
        with torch.device(device):
            model: Any = AutoModelForCausalLM.from_config(config, dtype=dtype)  # type: ignore[no-untyped-call]
        return model

    return make


def operations(proxy: Proxy) -> float:
    """Of a trained token: products forward and to the inputs; the head as well."""
    linear = sum(joined.weight.numel() for joined in proxy.joined)
    head = int(proxy.model.get_output_embeddings().weight.numel())
    return 4.0 * (linear + head)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--adapters", default="1,4,9")
    parser.add_argument("--sizes", default="135M")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--updates", type=int, default=3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=60, help="of a row's content, on average")
    parser.add_argument("--no-reference", action="store_true")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    device = torch.device(arguments.device)
    rate = peak(device)
    print(f"{arguments.device}: {torch.get_num_threads()} threads, {rate / 1e12:.2f} Tflop/s bf16")
    for size in arguments.sizes.split(","):
        make = maker(size, arguments.device)
        if size == "135M":
            proxy = load_proxy(device=arguments.device, dtype="bfloat16")
        else:
            proxy = make_proxy(make(torch.bfloat16), None, size, device=device)
        one = make_work(arguments, 3)
        slow: dict[str, float] = {}
        if not arguments.no_reference:
            rows = [one.arms[number % len(one.arms)][number] for number in range(len(one.arms[0]))]
            for name, tuned in (("defaults", False), ("tuned", True)):
                way = OneByOne(make, rows, one.schedule, arguments.device, tuned=tuned)
                slow[name] = way.training + way.reading(one.queries) * len(one.schedule.points)
        for count in map(int, arguments.adapters.split(",")):
            seconds, tokens = stacked(proxy, make_work(arguments, count))
            share = tokens * operations(proxy) / seconds / rate
            ratios = "".join(
                f", {slower * count:.1f} s {name} = {slower * count / seconds:.1f}x"
                for name, slower in slow.items()
            )
            print(
                f"{size} K={count}: {seconds:.1f} s stacked, {tokens / seconds:.0f} tokens/s, "
                f"{share:.0%} of the rate{ratios}",
                flush=True,
            )


if __name__ == "__main__":
    main()
