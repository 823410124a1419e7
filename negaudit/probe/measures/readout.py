"""A readout: queries that go to a model, and how their likelihoods become a number a prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from negaudit.probe.record import Measure, Prompt
from negaudit.probe.rows import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Readout"]


@dataclass(frozen=True)
class Readout:
    """One measure of one category.

    Attributes:
        measure: Which measure.
        prompts: What it is read on, P of them.
        queries: What the model is asked, N of them.
        values: From log-likelihoods [K, N] in nats to values [K, P]; rows are adapters.
        draws: What each prompt's error comes from, P of them: prompts with a wording or a control
            in common are one draw. () where each prompt is one of its own.
    """

    measure: Measure
    prompts: tuple[Prompt, ...]
    queries: tuple[Query, ...]
    values: Callable[[Floats], Floats]
    draws: tuple[str, ...] = ()

    @property
    def independent(self) -> tuple[str, ...]:
        """The draw of each prompt."""
        return self.draws or tuple(prompt.id for prompt in self.prompts)
