"""Trains all adapters at once, and measures them on the way."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from negaudit.errors import UsageError
from negaudit.probe.checkpoint import Saved, Store
from negaudit.probe.forward import head_of, hidden_states, softcap_of
from negaudit.probe.kernels import token_losses
from negaudit.probe.memory import give_back_memory
from negaudit.probe.rows import Row
from negaudit.probe.schedule import Schedule, order, rate
from negaudit.probe.step import Step, make_step
from negaudit.probe.trained import Measured, Point, Trained

if TYPE_CHECKING:
    from negaudit.probe.adapters import Adapters

__all__ = ["Measured", "Point", "Trained", "train"]

Aligned = Sequence[Sequence[Row]]

_BETAS = (0.9, 0.999)
# Updates between two times that freed memory goes back to the system; each costs the page faults
# of one step.
_TIDIED = 4
_TENSORS = ("parameters", "first moments", "second moments")


def train(  # noqa: PLR0913
    adapters: Adapters,
    rows: Aligned,
    schedule: Schedule,
    *,
    measure: Callable[[Adapters, int], Measured] | None = None,
    checkpoint: Path | None = None,
    save_seconds: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> Trained:
    """Trains adapters, each on its own rows.

    An adapter's loss is the sum of its tokens' losses divided by the content tokens that its rows
    in the step count as. Adapters of one seed see the same records in the same order.

    Args:
        adapters: Changed in place.
        rows: For each adapter its row of every record, without a token where its arm has dropped
            it.
        schedule: Updates, batch, learning rate, and when to measure.
        measure: Called with the adapters and the number of updates done, at the schedule's
            points; what it returns is kept.
        checkpoint: Folder to save to and to go on from. A run that was killed and goes on gives
            the same numbers as one that was not, to the last bit on a processor with the same
            number of threads.
        save_seconds: Between two checkpoints, about; one is saved at the end in any case.
        progress: Called with updates done and in all.

    Raises:
        UsageError: The lists of rows do not match the adapters or each other, or the
            checkpoint belongs to other work.
    """
    records = _check(adapters, rows)
    run = _Run(adapters, rows, records, schedule)
    store = (
        None if checkpoint is None else Store(checkpoint, _fingerprint(adapters, rows, schedule))
    )
    run.go(measure, store, save_seconds, progress)
    if store is not None:
        run.trained.warnings.extend(store.warnings)
    return run.trained


def _check(adapters: Adapters, rows: Aligned) -> int:
    if len(rows) != len(adapters):
        raise UsageError(f"there are rows for {len(rows)} adapters, and {len(adapters)} adapters")
    lengths = {len(mine) for mine in rows}
    if len(lengths) != 1 or 0 in lengths:
        raise UsageError("the arms need the same records, and one or more of them")
    for place, mine in enumerate(rows):
        if not any(row.content[1:].any() for row in mine):
            raise UsageError(f"adapter {place} has nothing to learn: none of its rows has content")
    return lengths.pop()


def _fingerprint(adapters: Adapters, rows: Aligned, schedule: Schedule) -> str:
    proxy = adapters.proxy
    work = (
        (proxy.name, proxy.revision, str(proxy.dtype), adapters.seeds, adapters.rank),
        (adapters.alpha, [place.joined.names[place.part] for place in adapters.places], schedule),
    )
    digest = hashlib.sha256(msgspec.json.encode(work))
    for mine in rows:
        for row in mine:
            digest.update(repr((row.divisor, row.neutral)).encode())
            for part in (row.ids, row.trained, row.content):
                digest.update(len(part).to_bytes(8, "little") + part.tobytes())
    return digest.hexdigest()


class _Run:
    def __init__(self, adapters: Adapters, rows: Aligned, records: int, schedule: Schedule) -> None:
        self.adapters = adapters
        self.rows = rows
        self.schedule = schedule
        orders = {seed: order(seed, records, schedule) for seed in set(adapters.seeds)}
        self.orders = [orders[seed] for seed in adapters.seeds]
        self.first = torch.zeros_like(adapters.parameters)
        self.second = torch.zeros_like(adapters.parameters)
        self.optimizer = torch.optim.Adam([adapters.parameters], betas=_BETAS, fused=True)
        self.update = 0
        self.trained = Trained(np.full((len(adapters), schedule.updates), np.nan))

    def go(
        self,
        measure: Callable[[Adapters, int], Measured] | None,
        store: Store | None,
        save_seconds: float,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        if store is not None:
            self._resume(store.load())
        began = saved = time.monotonic()
        before, total = self.trained.seconds, self.schedule.updates
        self._measure(measure)
        while self.update < total:
            self._step()
            self._measure(measure)
            if self.update % _TIDIED == 0:
                give_back_memory()
            now = time.monotonic()
            self.trained.seconds = before + now - began
            if store is not None and (now - saved >= save_seconds or self.update == total):
                store.save(self._state())
                saved = now
            if progress is not None:
                progress(self.update, total)

    def _state(self) -> Saved:
        mine = self.trained
        tensors = (self.adapters.parameters, self.first, self.second)
        arrays = dict(zip(_TENSORS, (tensor.cpu().numpy() for tensor in tensors), strict=True))
        arrays["losses"] = mine.losses
        for number, point in enumerate(mine.points):
            arrays[f"point {number}"] = point.losses
            arrays |= {f"point {number} {name}": x for name, x in point.values.items()}
        notes = {
            "points": [(point.update, list(point.values)) for point in mine.points],
            "stopped": list(mine.stopped.items()),
            "tokens": mine.tokens,
            "seconds": mine.seconds,
        }
        return Saved(self.update, arrays, notes)

    def _resume(self, saved: Saved | None) -> None:
        if saved is None:
            return
        tensors = (self.adapters.parameters, self.first, self.second)
        for name, tensor in zip(_TENSORS, tensors, strict=True):
            tensor.copy_(torch.from_numpy(saved.arrays[name]))
        self.adapters.refresh()
        self.update = saved.update
        points = [
            Point(
                update,
                saved.arrays[f"point {number}"],
                {name: saved.arrays[f"point {number} {name}"] for name in names},
            )
            for number, (update, names) in enumerate(saved.notes["points"])
        ]
        stopped = dict(saved.notes["stopped"])
        tokens, seconds = saved.notes["tokens"], saved.notes["seconds"]
        self.trained = Trained(saved.arrays["losses"], points, stopped, tokens, seconds)

    def _measure(self, measure: Callable[[Adapters, int], Measured] | None) -> None:
        done = {point.update for point in self.trained.points}
        if self.update not in self.schedule.points or self.update in done:
            return
        values = {} if measure is None else measure(self.adapters, self.update)
        losses = self.trained.content_loss(self.update)
        self.trained.points.append(Point(self.update, losses, values))

    def _step(self) -> None:
        batch = [
            [mine[i] for i in turn[self.update].tolist()]
            for mine, turn in zip(self.rows, self.orders, strict=True)
        ]
        step = make_step(batch, self.adapters.proxy.device)
        self.adapters.gradient.zero_()
        losses = _backward(self.adapters, step)
        per_adapter, history = step.summed(losses)
        self.trained.losses[:, self.update] = history
        self.trained.tokens += sum(len(row) for mine in batch for row in mine)
        self._stop(~np.isfinite(per_adapter))
        self._descend()
        self.adapters.refresh()
        self.update += 1

    def _descend(self) -> None:
        """A step of Adam (Kingma & Ba 2015), each adapter's gradient clipped on its own."""
        parameters, gradient = self.adapters.parameters, self.adapters.gradient
        norms = torch.linalg.vector_norm(gradient, dim=1, keepdim=True)
        gradient.mul_((self.schedule.clip / (norms + 1e-6)).clamp_(max=1.0))
        # Its moments are kept here, to be saved and to be cleared for adapters that stop.
        self.optimizer.state[parameters] = {
            "step": torch.tensor(float(self.update), device=parameters.device),
            "exp_avg": self.first,
            "exp_avg_sq": self.second,
        }
        self.optimizer.param_groups[0]["lr"] = rate(self.schedule, self.update)
        parameters.grad = gradient
        self.optimizer.step()

    def _stop(self, broken: NDArray[np.bool_]) -> None:
        """Takes adapters whose loss is no number out of the training, as they are."""
        norms = torch.linalg.vector_norm(self.adapters.gradient, dim=1)
        broken = broken | ~torch.isfinite(norms).cpu().numpy()
        for place in np.flatnonzero(broken).tolist():
            self.trained.stopped.setdefault(place, self.update)
        for place in self.trained.stopped:
            for tensor in (self.adapters.gradient, self.first, self.second):
                tensor[place] = 0
        self.trained.losses[list(self.trained.stopped), self.update :] = np.nan


def _backward(adapters: Adapters, step: Step) -> Tensor:
    """Adds to the adapters' gradient; returns the loss of each trained token [M]."""
    model = adapters.proxy.model
    if not len(step.places):
        return torch.zeros(0)
    head, bias = head_of(model)
    with adapters.active():
        hidden = hidden_states(model, step.layout).index_select(0, step.places)
        total, losses = token_losses(
            hidden, head, bias, step.targets, step.weights, softcap_of(model)
        )
        total.backward()  # type: ignore[no-untyped-call]
    return losses
