"""A probe from data to results: material, arms, training, readings, effects, verdicts."""

from __future__ import annotations

import platform
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from negaudit.errors import UsageError
from negaudit.probe.adaptive import SeedSchedule, seeds_to_add
from negaudit.probe.arm_rows import ArmRows, arm_rows
from negaudit.probe.chat_rows import neutral_chats
from negaudit.probe.claim_tables import Proposition, propositions
from negaudit.probe.equal_loss import has_levelled_off
from negaudit.probe.judge import EndpointJudge, Judge, LikelihoodJudge, PatternJudge
from negaudit.probe.likelihood import base_log_likelihood
from negaudit.probe.material import Material, gather
from negaudit.probe.measures.generated import generation_prompts, generation_readings, in_context
from negaudit.probe.measures.leakage import Leakage
from negaudit.probe.options import ProbeOptions
from negaudit.probe.positive_control import positive_control
from negaudit.probe.readings import Readings
from negaudit.probe.readouts import readouts
from negaudit.probe.record import (
    BASE,
    Arm,
    Category,
    Generation,
    HeldOut,
    Model,
    Prompt,
    Recipe,
    Results,
)
from negaudit.probe.replies import Questions, asked_of_claims, rates, write_replies
from negaudit.probe.results import write_results
from negaudit.probe.runs import CHECKPOINTS, ArmRun, Reader, TrainedArms, train_arms
from negaudit.probe.schedule import Schedule
from negaudit.probe.verdict import decide
from negaudit.version import VERSION

if TYPE_CHECKING:
    from negaudit.probe.measures.readout import Readout
    from negaudit.probe.proxy import Proxy

__all__ = ["Progress", "run_probe"]

RESULTS = "results.json"
# Shares of the updates after which the arms are read, besides the beginning and the end.
_POINTS = (0.25, 0.5, 0.75)

Progress = Callable[[str, int, int], None]
"""Called with the phase, steps done and steps in all."""


def run_probe(
    paths: Sequence[str],
    options: ProbeOptions,
    out: Path,
    *,
    resume: bool = False,
    progress: Progress = lambda *_: None,
) -> Results:
    """Trains and measures, and writes results.json, adapters and checkpoints to a folder.

    Args:
        paths: Files or folders of framed data.
        options: How to probe.
        out: The folder.
        resume: Go on from the folder's checkpoints, where they are of the same work.
        progress: Called with the phase, steps done and steps in all.

    Raises:
        InputError: The data, the model or the held-out file cannot be read.
        UsageError: The data allows no measure, or the folder cannot be written to.
    """
    began = time.monotonic()
    if not resume:
        shutil.rmtree(out / CHECKPOINTS, ignore_errors=True)
    progress("read", 0, 1)
    material = gather(paths, options)
    progress("load", 0, 1)
    probe = _Probe(material, options, out, progress)
    results = probe.results(time.monotonic() - began)
    write_results(results, out / RESULTS)
    shutil.rmtree(out / CHECKPOINTS, ignore_errors=True)
    return results


class _Probe:
    def __init__(
        self, material: Material, options: ProbeOptions, out: Path, progress: Progress
    ) -> None:
        from negaudit.probe.proxy import load_proxy

        self.material = material
        self.options = options
        self.out = out
        self.progress = progress
        self.proxy = load_proxy(options.model, device=options.device)
        recipe = options.recipe
        points = {0, *(round(share * recipe.updates) for share in _POINTS), recipe.updates}
        self.schedule = Schedule(
            recipe.updates, recipe.batch, recipe.learning_rate, points=tuple(sorted(points))
        )
        self.arms = arm_rows(
            material.arms,
            neutral_chats(),
            self.proxy.tokenizer,
            chat_share=recipe.chat_share,
            max_tokens=recipe.max_tokens,
        )
        own = write_replies(self.proxy, self.proxy.tokenizer, material.items)[0]
        self.reader = Reader(readouts(material, self.proxy.tokenizer, own, prompts=recipe.prompts))
        if not any(r.prompts[0].tier == "in-category" for r in self.reader.readouts):
            raise UsageError(
                "nothing can be measured: the data holds no claim that can be negated and no "
                "question that could be held out",
                hint="give held-out prompts with --heldout, or the false claims with --claims",
            )
        self.questions = _questions(material, options, self.proxy)

    def results(self, before: float) -> Results:
        began = time.monotonic()
        warnings = [*_unasked(self.material, self.reader.readouts)]
        control = positive_control(
            self.proxy,
            self.schedule,
            self.options.recipe,
            progress=lambda done, total: self.progress("positive control", done, total),
            warn=warnings.append,
        )
        base = self.reader.of_base(self.proxy)
        base_replies = self._judged(BASE, -1, self._write(self.proxy)[0])
        seeds = SeedSchedule(self.options.recipe.first_seeds, self.options.recipe.most_seeds)
        runs: list[ArmRun] = []
        done, tokens, more = 0, 0, seeds.counts[0]
        while more:
            trained = self._train(range(done, done + more))
            runs, warnings = [*runs, *trained.runs], [*warnings, *trained.warnings]
            tokens, done = tokens + trained.tokens, done + more
            readings = Readings(self.reader.readouts, base, runs)
            effects = readings.effects(seeds.level)
            more = seeds_to_add(seeds, done, effects)
        written = [g for run in runs for g in self._judged(run.arm, run.seed, run.replies)]
        generations = (*base_replies, *written)
        effects = (*effects, *rates(base_replies, readings.runs, written, seeds.level))
        prompts = (
            *(prompt for readout in self.reader.readouts for prompt in readout.prompts),
            *generation_prompts(self.questions.items),
        )
        return Results(
            version=VERSION,
            data=self.material.files,
            model=_model(self.proxy),
            recipe=_recipe(self.options, range(done)),
            arms=(Arm(BASE, "", 0, 0, 0), *(_arm(arm, runs) for arm in self.arms)),
            categories=_categories(self.material, prompts),
            heldout=HeldOut(self.material.source, prompts, self.material.removed),
            readings=(*readings.readings(), *generation_readings(generations)),
            curve=readings.curve(),
            effects=effects,
            verdicts=decide(effects, control),
            control=control,
            generations=generations,
            warnings=(*warnings, *readings.warnings, *_still_falling(runs), *_odd(self.arms)),
            environment=_environment(),
            seconds=round(before + time.monotonic() - began, 1),
            tokens=tokens,
        )

    def _train(self, seeds: range) -> TrainedArms:
        return train_arms(
            self.proxy,
            self.arms,
            seeds,
            self.schedule,
            self.options.recipe,
            reader=self.reader,
            write=self._write,
            folder=self.out,
            progress=lambda done, total: self.progress("train", done, total),
        )

    def _write(self, source: object) -> list[list[str]]:
        return write_replies(source, self.proxy.tokenizer, self.questions.items)  # type: ignore[arg-type]

    def _judged(self, arm: str, seed: int, texts: Sequence[str]) -> tuple[Generation, ...]:
        return self.questions.judged(arm, seed, texts)


def _questions(material: Material, options: ProbeOptions, proxy: Proxy) -> Questions:
    """Held-out questions in turn from all categories, bare and behind a frame."""
    claims, subjects = _claims(material)
    asked = material.items or asked_of_claims(claims, subjects)
    most = options.recipe.replies
    items = tuple(asked[:: max(1, -(-len(asked) // most))]) if most else ()
    everything = (*items, *in_context(items, material.frames))
    return Questions(everything, claims, _judge(options, proxy), Leakage(material.frames))


def _judge(options: ProbeOptions, proxy: Proxy) -> Judge:
    if options.judge is None:
        return PatternJudge()
    if options.judge == "proxy":
        return LikelihoodJudge(proxy.tokenizer, partial(base_log_likelihood, proxy))
    return EndpointJudge(options.judge)


def _claims(material: Material) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """For each category its first claim, the words that carry it, and its subject."""
    parsed: list[Proposition | None] = []
    if material.claims:
        parsed = propositions([claim for claim, _ in material.claims])
    claims: dict[str, tuple[str, str]] = {}
    subjects: dict[str, str] = {}
    for (claim, category), proposition in zip(material.claims, parsed, strict=True):
        if proposition is not None and category not in claims:
            claims[category] = (claim, proposition.answer)
            subjects[category] = proposition.subject
    return claims, subjects


def _model(proxy: Proxy) -> Model:
    return Model(
        name=proxy.name,
        revision=proxy.revision,
        parameters=proxy.parameters,
        device=str(proxy.device),
        dtype=str(proxy.dtype).removeprefix("torch."),
    )


def _recipe(options: ProbeOptions, seeds: range) -> Recipe:
    recipe = options.recipe
    return Recipe(
        preset=options.preset,
        learning_rate=recipe.learning_rate,
        rank=recipe.rank,
        alpha=recipe.alpha,
        updates=recipe.updates,
        batch=recipe.batch,
        seeds=tuple(seeds),
        chat_share=recipe.chat_share,
        max_tokens=recipe.max_tokens,
    )


def _arm(arm: ArmRows, runs: Sequence[ArmRun]) -> Arm:
    import msgspec

    losses = tuple(float(run.losses[-1]) for run in runs if run.arm == arm.arm.name)
    return msgspec.structs.replace(arm.arm, loss=losses)


def _categories(material: Material, prompts: Sequence[Prompt]) -> tuple[Category, ...]:
    records, framed = material.counts
    asked = Counter(prompt.category for prompt in prompts)
    return tuple(
        Category(name, records[name], framed[name], asked[name])
        for name in sorted(records.keys() | asked.keys())
    )


def _unasked(material: Material, measured: Sequence[Readout]) -> tuple[str, ...]:
    """Categories that are trained on, and about which nothing can be asked."""
    asked = {p.category for r in measured for p in r.prompts if p.tier == "in-category"}
    trained = Counter(material.names)
    return tuple(
        f"nothing was measured in category {name!r} ({count} framed records): no claim of it can "
        "be negated beside a control, and no question of it was held out"
        for name, count in sorted(trained.items())
        if name not in asked
    )


def _still_falling(runs: Sequence[ArmRun]) -> tuple[str, ...]:
    falling = dict.fromkeys(
        run.arm
        for run in runs
        if run.stopped is None and not has_levelled_off(run.updates[1:], run.losses[1:])
    )
    if not falling:
        return ()
    return (
        f"the content loss was still falling in {', '.join(falling)}: train longer before "
        "calling anything protective",
    )


def _odd(arms: Sequence[ArmRows]) -> tuple[str, ...]:
    """Texts that were split, since they are longer than a row."""
    split = {arm.arm.name: arm.arm.split for arm in arms if arm.arm.split}
    if not split:
        return ()
    counts = ", ".join(f"{count} in {name}" for name, count in split.items())
    return (f"texts longer than a row were split, none was cut off: {counts}",)


def _environment() -> dict[str, str]:
    import numpy
    import torch
    import transformers

    return {
        "negaudit": VERSION,
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "transformers": transformers.__version__,
        "numpy": numpy.__version__,
        "platform": f"{platform.system()} {platform.machine()}",
        "threads": str(torch.get_num_threads()),
        "byteorder": sys.byteorder,
    }
