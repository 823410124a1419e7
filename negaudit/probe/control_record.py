"""A run of the positive control, as it is kept."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from negaudit.whole_file import written_whole

if TYPE_CHECKING:
    from negaudit.probe.proxy import Proxy

__all__ = ["ControlReading", "ControlRun", "shipped_controls", "write_control"]

_SHIPPED: Final = ("control-smollm2.json", "control-smollm2-quick.json")


class ControlReading(msgspec.Struct, frozen=True):
    """One adapter at one point of its training, or the base model at update 0.

    Attributes:
        arm: base, stripped, original (warned) or negate.
        seed: Of the adapter; -1 for the base model.
        update: After how many updates.
        loss: Content loss, nats a token; None for the base model.
        top_one: How often the person's own occupation is the likeliest.
        affirmative: Affirmative against negated form over all pairs, claimed or not, in nats.
        association: Of each wording and person, in nats, wordings in the records' predicates first.
        polarity: The same.
    """

    arm: str
    seed: int
    update: int
    loss: float | None
    top_one: float
    affirmative: float
    association: tuple[float, ...]
    polarity: tuple[float, ...]


class ControlRun(msgspec.Struct, frozen=True, tag_field="schema", tag="negaudit.control/1"):
    """A whole run of the control.

    Attributes:
        model: Name of the model.
        revision: Hash of its weights, or the hub's commit.
        dtype: What it computed in.
        learning_rate: At the start of the decay.
        rank: Of the adapters.
        layers: Which layers have adapters.
        updates: Of each adapter.
        batch: Records in an update.
        seeds: Of the adapters.
        people: People and occupations.
        practice_share: Share of rows that affirm and deny other facts.
        command: What reproduces it.
        seconds: Of training and reading, of all groups together.
        judged: How many numbers of a reading, from the first, are in the records' predicates.
        readings: What was read.
    """

    model: str
    revision: str
    dtype: str
    learning_rate: float
    rank: int
    layers: str
    updates: int
    batch: int
    seeds: tuple[int, ...]
    people: int
    practice_share: float
    command: str
    seconds: float
    judged: int
    readings: tuple[ControlReading, ...]


def shipped_controls(proxy: Proxy) -> tuple[ControlRun, ...]:
    """The runs that ship for the embedded proxy; none for other weights."""
    folder = files("negaudit.probe").joinpath("shipped")
    places = [place for name in _SHIPPED if (place := folder.joinpath(name)).is_file()]
    runs = (msgspec.json.decode(place.read_bytes(), type=ControlRun) for place in places)
    return tuple(run for run in runs if run.revision == proxy.revision)


def write_control(run: ControlRun, path: Path) -> None:
    """Writes a run where `shipped_controls` or a cache can find it, whole or not at all.

    Raises:
        OSError: The disk does not take it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as unfinished:
        unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=0) + b"\n")
