"""The scores of frames for people: one line a wording, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING, TextIO

from rich.table import Table
from rich.text import Text

from negaudit.output.inert import inert
from negaudit.output.registry import Look
from negaudit.output.summary import counted
from negaudit.output.terminal import open_console

if TYPE_CHECKING:
    from negaudit.probe.score import FrameScore

__all__ = ["write_scores"]

_MOST = 20
_WORDING = 56


def write_scores(scores: Sequence[FrameScore], out: TextIO) -> None:
    """Writes the commonest wordings with the mean of their scores.

    Args:
        scores: One for each finding.
        out: Where to.
    """
    from negaudit.probe.score import score_templates

    console = open_console(out, Look())
    if not scores:
        console.print(Text("nothing to score: no record is framed"))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("findings", "nats", "nats/token"):
        table.add_column(heading, justify="right")
    table.add_column("wording")
    before = [score for score in scores if score.before]
    # A frame behind its content cannot change what is predicted before it.
    templates = score_templates(before)
    for one in templates[:_MOST]:
        wording = inert(one.template)
        short = wording if len(wording) <= _WORDING else f"{wording[: _WORDING - 1]}…"
        table.add_row(str(one.findings), f"{one.total:+.1f}", f"{one.per_token:+.3f}", Text(short))
    console.print(table)
    mean = fmean(score.per_token for score in scores)
    more = f", {len(templates) - _MOST} more wordings not shown" if len(templates) > _MOST else ""
    console.print()
    console.print(
        Text(
            f"{counted(len(scores), 'finding')}, {len(before):,} with a frame before the "
            f"content{more}.\n"
            f"Frames make a token of their content likelier by {mean:+.3f} nats on average. Near "
            "zero means that the content's loss, and what it teaches, hardly depends on the "
            "frame; only training shows how much is learnt."
        )
    )
    console.print(Text("next: negaudit probe DATA --out DIR", style="bold"))
