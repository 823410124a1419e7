"""What the commands that train a proxy take, and what they need."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import click

from negaudit.cli.options import lint_options
from negaudit.errors import UsageError

if TYPE_CHECKING:
    from negaudit.probe.options import ProbeOptions

__all__ = ["device_of", "probe_options", "require_probe", "training_options"]

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

_NEEDED = ("accelerate", "gguf", "numpy", "psutil", "safetensors", "scipy", "torch", "transformers")


def training_options(function: _Decorated) -> _Decorated:
    """Adds what a probe measures, and the model that it trains."""
    added = (
        click.option("--claims", metavar="FILE", help="The false claims of the data, one a line."),
        click.option(
            "--heldout",
            metavar="FILE",
            default="",
            help="Prompts to measure with: one object with prompt, answer and category a line.",
        ),
        click.option(
            "--category",
            metavar="COLUMN",
            default="",
            help="The column that groups records; without it their claim or kind of finding does.",
        ),
        click.option("--model", metavar="NAME|PATH", help="Another proxy; safetensors only."),
        click.option("--gpu", is_flag=True, help="The same as --device cuda."),
        click.option("--device", metavar="NAME", help="Of torch, such as cpu or cuda:1."),
    )
    for option in reversed(added):
        function = option(function)
    return function


def probe_options(options: dict[str, Any]) -> ProbeOptions:
    """What `--preset`, `training_options` and the linter's options took, for a probe.

    Raises:
        InputError: The claims cannot be read.
        UsageError: `--gpu` and `--device` are both given.
    """
    from negaudit.fix.remedies.options import RemedyOptions
    from negaudit.probe.options import PRESETS, ProbeOptions
    from negaudit.rewrite.claims_file import read_claims

    claims = read_claims(options["claims"]) if options["claims"] else ()
    return ProbeOptions(
        preset=options["preset"],
        recipe=PRESETS[options["preset"]],
        model=options["model"],
        device=device_of(options),
        heldout=options["heldout"],
        category=options["category"],
        claims=claims,
        remedy=RemedyOptions(claims=claims),
        lint=lint_options(options),
    )


def device_of(options: dict[str, Any]) -> str | None:
    """What `--gpu` and `--device` name; None leaves it to the machine.

    Raises:
        UsageError: Both are given.
    """
    if options["gpu"] and options["device"]:
        raise UsageError("--gpu and --device exclude each other", hint="give one of the two")
    return "cuda" if options["gpu"] else options["device"]


def require_probe() -> None:
    """Checks, before any work, that what trains and measures is installed.

    Raises:
        UsageError: A package of the extra "probe" is missing.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        hint = "pip install 'negaudit[probe]'"
        raise UsageError(f"a probe needs {', '.join(missing)}, not installed here", hint=hint)
