"""Times a whole probe, and the obvious way on the same work.

    python benchmarks/whole_probe.py fixtures/framed --preset quick

The probe, with an arm of local negation, is timed from the data to results.json: reading and
linting, arms, the load of the model, training, readings, replies, statistics, adapters written.
The obvious way trains the same adapters one after the other with TRL's SFTTrainer on the same
rows, reads the same questions at the same points in padded batches, and lets transformers
generate the same replies; only these are timed, for one adapter, and counted for each. That
adapter is of the arm with the fewest tokens: the others would take longer. "defaults" is
SFTTrainer as it comes; "tuned" has the weights in bfloat16 and no gradient checkpointing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import warnings
from pathlib import Path
from typing import NamedTuple

import datasets
import torch
import transformers
from one_by_one import OneByOne
from probe_speed import maker

from negaudit.probe.encoding import prompt_ids
from negaudit.probe.material import gather
from negaudit.probe.options import PRESETS, ProbeOptions
from negaudit.probe.prepared import Prepared
from negaudit.probe.record import Results
from negaudit.probe.replies import NEW_TOKENS
from negaudit.probe.rows import Query, Row
from negaudit.probe.run import run_probe
from negaudit.probe.schedule import Schedule
from negaudit.records import Remedy


class Work(NamedTuple):
    """What one adapter takes.

    Attributes:
        rows: Of the arm with the fewest tokens.
        queries: What is read at every point.
        prompts: What is answered in the end.
        schedule: Updates, batch, points.
    """

    rows: tuple[Row, ...]
    queries: list[Query]
    prompts: list[tuple[int, ...]]
    schedule: Schedule


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="+")
    parser.add_argument("--preset", default="quick", choices=PRESETS)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    for library in (datasets, transformers.utils.logging):
        library.disable_progress_bar()
    options = ProbeOptions(
        arguments.preset,
        PRESETS[arguments.preset],
        device=arguments.device,
        remedies=(Remedy.NEGATE,),
    )
    seconds, results = probed(arguments.data, options)
    adapters = len({(reading.arm, reading.seed) for reading in results.readings}) - 1
    print(
        f"{results.model.name} on {arguments.device}, {torch.get_num_threads()} threads, "
        f"preset {arguments.preset}: {adapters} adapters, {results.tokens} tokens"
    )
    print(f"the probe: {seconds:.0f} s", flush=True)
    work = prepared(arguments.data, options)
    print(
        f"an adapter: {work.schedule.updates} updates, {len(work.queries)} questions at "
        f"{len(work.schedule.points)} points, {len(work.prompts)} replies"
    )
    for name, tuned in (("defaults", False), ("tuned", True)):
        way = OneByOne(
            maker("135M", arguments.device),
            work.rows,
            work.schedule,
            arguments.device,
            tuned=tuned,
        )
        # The untrained model is read once for all.
        points = len(work.schedule.points) - 1
        parts = (
            way.training,
            way.reading(work.queries) * points,
            way.answering(work.prompts, NEW_TOKENS),
        )
        slow = sum(parts) * adapters
        told = ", ".join(
            f"{part:.0f} s {what}"
            for part, what in zip(parts, ("training", "reading", "replies"), strict=True)
        )
        print(
            f"{name}: {told}, x {adapters} = {slow:.0f} s, {slow / seconds:.1f}x the probe",
            flush=True,
        )


def probed(data: list[str], options: ProbeOptions) -> tuple[float, Results]:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        results = run_probe(data, options, Path(folder))
    return time.perf_counter() - began, results


def prepared(data: list[str], options: ProbeOptions) -> Work:
    ready = Prepared(gather(data, options), options)
    arm = min(ready.arms, key=lambda arm: sum(map(len, arm.rows)))
    return Work(
        tuple(row for row in arm.rows if len(row)),
        ready.reader.queries,
        [prompt_ids(item.prompt, ready.proxy.tokenizer) for item in ready.questions.items],
        ready.schedule,
    )


if __name__ == "__main__":
    main()
