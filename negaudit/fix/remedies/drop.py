"""Drop: the record leaves the data set."""

from __future__ import annotations

from collections.abc import Sequence

from negaudit.fix.record import Drop, Proposal, Target
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.registry import remedy
from negaudit.records import Remedy


@remedy(Remedy.DROP)
def drop(targets: Sequence[Target], _: RemedyOptions) -> list[Proposal]:
    """Proposes that every target leaves the data set; that is always safe."""
    return [Proposal(Remedy.DROP, "safe", operations=(Drop(),)) for _ in targets]
