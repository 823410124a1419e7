"""A probe from data to results: material, arms, training, readings, effects, verdicts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from negaudit.errors import InputError
from negaudit.probe.adaptive import SeedSchedule, seeds_to_add
from negaudit.probe.cautions import split_texts, still_falling, unasked, untreated
from negaudit.probe.facts import arm_of, categories_asked, environment, model_of, recipe_of
from negaudit.probe.folder import RESULTS, clear_adapters, clear_checkpoints, make_folder
from negaudit.probe.material import Material, gather
from negaudit.probe.measures.generated import generation_prompts, generation_readings
from negaudit.probe.options import ProbeOptions
from negaudit.probe.parallel import estimate_seconds
from negaudit.probe.positive_control import control_seconds, known_control, positive_control
from negaudit.probe.prepared import Prepared
from negaudit.probe.readings import Readings
from negaudit.probe.record import BASE, Arm, Control, HeldOut, Results
from negaudit.probe.replies import rates
from negaudit.probe.results import read_results, write_results
from negaudit.probe.runs import ArmRun, TrainedArms, train_arms
from negaudit.probe.verdict import decide
from negaudit.version import VERSION

__all__ = ["Progress", "run_probe"]

Progress = Callable[[str, int, int], None]
"""Called with the phase, steps done and steps in all."""


def run_probe(  # noqa: PLR0913 - what to probe, how, where to, and whom to tell
    paths: Sequence[str],
    options: ProbeOptions,
    out: Path,
    *,
    resume: bool = False,
    progress: Progress = lambda *_: None,
    tell: Callable[[str], None] = lambda _: None,
    dtype: str | None = None,
    control: Control | None = None,
) -> Results:
    """Trains and measures, and writes results.json, adapters and checkpoints to a folder.

    Args:
        paths: Files or folders of framed data.
        options: How to probe.
        out: The folder.
        resume: Go on from the folder's checkpoints, where they are of the same work.
        progress: Called with the phase, steps done and steps in all.
        tell: Called before the training with how long it will take.
        dtype: "bfloat16" or "float32"; None for bfloat16 where the processor has it.
        control: The positive control; None where it is to be found, or run.

    Raises:
        InputError: The data, the model or the held-out file cannot be read.
        UsageError: The data allows no measure, or the folder cannot be written to.
    """
    began = time.monotonic()
    make_folder(out)
    earlier: Results | None = None
    if (out / RESULTS).exists():
        tell(f"{out} holds the results of an earlier probe, which this one will replace")
        with suppress(InputError):  # what it left cannot be known, and stays
            earlier = read_results(out / RESULTS)
    if not resume:
        clear_checkpoints(out)
    progress("read", 0, 1)
    material = gather(paths, options)
    progress("load", 0, 1)
    probe = _Probe(material, options, out, progress=progress, dtype=dtype, control=control)
    tell(probe.estimate())
    results = probe.results(time.monotonic() - began)
    write_results(results, out / RESULTS)
    clear_checkpoints(out)
    if earlier is not None:
        clear_adapters(out, earlier, results)
    return results


class _Probe(Prepared):
    def __init__(  # noqa: PLR0913 - as of `run_probe`
        self,
        material: Material,
        options: ProbeOptions,
        out: Path,
        *,
        progress: Progress,
        dtype: str | None,
        control: Control | None,
    ) -> None:
        super().__init__(material, options, dtype)
        self.out = out
        self.progress = progress
        self.control = control or known_control(self.proxy, self.schedule, options.recipe)

    def estimate(self) -> str:
        """How long the training of the first seeds will take, from a few measured updates."""
        recipe = self.options.recipe
        rows = [arm.rows for arm in self.arms] * recipe.first_seeds
        seconds = estimate_seconds(self.proxy, rows, self.schedule, rank=recipe.rank)
        told = (
            f"training {len(rows)} adapters for {recipe.updates} updates on {self.proxy.device} "
            f"takes about {_minutes(seconds)}, and reading them somewhat more"
        )
        if self.control is not None:
            return told
        first = _minutes(control_seconds(self.proxy, self.schedule, recipe))
        return f"{told}; before it the positive control of this model is run once, in about {first}"

    def results(self, before: float) -> Results:
        began = time.monotonic()
        warnings = [
            *unasked(self.material, self.reader.readouts),
            *untreated(self.material.arms),
        ]
        control = self.control or positive_control(
            self.proxy,
            self.schedule,
            self.options.recipe,
            progress=lambda done, total: self.progress("positive control", done, total),
            warn=warnings.append,
        )
        base = self.reader.of_base(self.proxy)
        own = [self.own[item.id] for item in self.questions.items]
        base_replies = self.questions.judged(BASE, -1, own)
        seeds = SeedSchedule(self.options.recipe.first_seeds, self.options.recipe.most_seeds)
        runs: list[ArmRun] = []
        done, tokens, more = 0, 0, seeds.counts[0]
        while more:
            trained = self._train(range(done, done + more))
            runs, warnings = [*runs, *trained.runs], [*warnings, *trained.warnings]
            tokens, done = tokens + trained.tokens, done + more
            readings = Readings(self.reader.readouts, base, runs)
            effects = readings.effects(seeds.level)
            # Without a control that separates, no number of seeds brings a verdict.
            more = seeds_to_add(seeds, done, effects) if control.separates else 0
        written = [g for run in runs for g in self.questions.judged(run.arm, run.seed, run.replies)]
        generations = (*base_replies, *written)
        effects = (*effects, *rates(base_replies, readings.runs, written, seeds.level))
        prompts = (
            *(prompt for readout in self.reader.readouts for prompt in readout.prompts),
            *generation_prompts(self.questions.items),
        )
        return Results(
            version=VERSION,
            data=self.material.files,
            model=model_of(self.proxy),
            recipe=recipe_of(self.options, range(done), practice_share=self.practice_share),
            arms=(Arm(BASE, "", 0, 0, 0), *(arm_of(arm, runs) for arm in self.arms)),
            categories=categories_asked(self.material, prompts),
            heldout=HeldOut(
                self.material.source, prompts, self.material.removed, self.material.asked
            ),
            readings=(*readings.readings(), *generation_readings(generations)),
            curve=readings.curve(),
            effects=effects,
            verdicts=decide(effects, control),
            control=control,
            generations=generations,
            warnings=(*warnings, *readings.warnings, *still_falling(runs), *split_texts(self.arms)),
            environment=environment(),
            seconds=round(before + time.monotonic() - began, 1),
            tokens=tokens,
            rewritten=self.material.rewritten,
        )

    def _train(self, seeds: range) -> TrainedArms:
        return train_arms(
            self.proxy,
            self.arms,
            seeds,
            self.schedule,
            self.options.recipe,
            reader=self.reader,
            questions=self.questions.items,
            folder=self.out,
            progress=lambda done, total: self.progress("train", done, total),
        )


def _minutes(seconds: float) -> str:
    return f"{max(1, round(seconds / 60))} min"
