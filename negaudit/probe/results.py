"""Writes results.json and reads it back."""

from __future__ import annotations

import math
import os
from numbers import Integral, Real
from pathlib import Path
from typing import Any, Final

import msgspec

from negaudit.errors import InputError, UsageError
from negaudit.probe.record import Effect, Reading, Results
from negaudit.whole_file import written_whole

__all__ = ["encode_results", "finite_results", "read_results", "write_results"]

SCHEMA: Final = "negaudit.probe/1"
_FAMILY, _VERSION = SCHEMA.split("/")


class _Header(msgspec.Struct):
    schema: str = ""


def write_results(results: Results, path: Path) -> None:
    """Writes results as JSON; the file appears whole or not at all.

    Raises:
        UsageError: The file cannot be written.
    """
    data = encode_results(results)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as unfinished, unfinished.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        hint = "free space there, or name another folder with --out"
        raise UsageError(
            f"the results cannot be written: {error.strerror}", where=str(path), hint=hint
        ) from error


def encode_results(results: Results) -> bytes:
    """The bytes of results.json: the same for the same results, whatever order they came in.

    Numbers that are not finite are left out as in `finite_results`; a lone surrogate in a
    text becomes U+FFFD, since JSON readers refuse it.
    """
    ordered = _ordered(finite_results(results))
    try:
        encoded = msgspec.json.encode(ordered, order="deterministic", enc_hook=_plain_number)
    except UnicodeEncodeError:
        plain = _well_formed(msgspec.to_builtins(ordered, enc_hook=_plain_number))
        encoded = msgspec.json.encode(plain, order="deterministic")
    return encoded + b"\n"


def finite_results(results: Results) -> Results:
    """The results without NaN and infinity, which JSON cannot say.

    Readings and points of the curve that hold one are left out and counted in a warning; in
    effects and losses such a number becomes null.
    """
    readings = tuple(r for r in results.readings if math.isfinite(r.value))
    curve = tuple(
        p for p in results.curve if all(map(math.isfinite, (p.loss or 0.0, *p.values.values())))
    )
    counts = (
        (len(results.readings), len(readings), "readings"),
        (len(results.curve), len(curve), "points of the curve"),
    )
    lost = tuple(
        f"left out since they are not finite: {had - kept} of {had} {what}"
        for had, kept, what in counts
        if had > kept
    )
    control = results.control
    if control is not None:
        effects = tuple(map(_finite_effect, control.effects))
        control = msgspec.structs.replace(control, effects=effects)
    return msgspec.structs.replace(
        results,
        readings=readings,
        curve=curve,
        effects=tuple(map(_finite_effect, results.effects)),
        control=control,
        arms=tuple(
            msgspec.structs.replace(arm, loss=tuple(map(_finite, arm.loss))) for arm in results.arms
        ),
        warnings=results.warnings + lost,
    )


def read_results(path: Path) -> Results:
    """Reads results.json.

    Raises:
        InputError: The file cannot be read, is cut short, or is something else.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "name the results.json of a probe, or the folder of an audit"
        message = f"cannot be read: {error.strerror}"
        raise InputError(message, where=str(path), hint=hint) from error
    try:
        _check_schema(msgspec.json.decode(data, type=_Header).schema, path)
        return msgspec.json.decode(data, type=Results)
    except msgspec.ValidationError as error:
        hint = "give the results.json that `negaudit probe` wrote"
        raise InputError(f"is no probe's results: {error}", where=str(path), hint=hint) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "run the probe again with --resume to write it anew"
        raise InputError(f"is not whole JSON: {error}", where=str(path), hint=hint) from error


def _check_schema(schema: str, path: Path) -> None:
    if schema == SCHEMA:
        return
    family, _, version = schema.partition("/")
    if family == _FAMILY and version.isdigit() and int(version) > int(_VERSION):
        hint = "upgrade negaudit"
        raise InputError(f"was written by a newer negaudit ({schema})", where=str(path), hint=hint)
    hint = "give the results.json that `negaudit probe` wrote"
    named = f"its schema is {schema!r}" if schema else "it names no schema"
    raise InputError(f"is no probe's results: {named}", where=str(path), hint=hint)


def _ordered(results: Results) -> Results:
    return msgspec.structs.replace(
        results,
        readings=tuple(sorted(results.readings, key=_reading_key)),
        curve=tuple(sorted(results.curve, key=lambda p: (p.arm, p.seed, p.update))),
        generations=tuple(sorted(results.generations, key=lambda g: (g.prompt, g.arm, g.seed))),
    )


def _reading_key(reading: Reading) -> tuple[str, str, str, int]:
    return reading.measure, reading.prompt, reading.arm, reading.seed


def _finite_effect(effect: Effect) -> Effect:
    numbers = {
        name: _finite(getattr(effect, name))
        for name in ("value", "low", "high", "detectable", "p", "p_adjusted")
    }
    return msgspec.structs.replace(effect, seeds=tuple(map(_finite, effect.seeds)), **numbers)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _plain_number(value: Any) -> int | float:
    """A number of numpy as Python's own: a long run is not to be lost for its type."""
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    raise NotImplementedError(f"{type(value).__name__} has no place in results")


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if 0xD800 <= ord(char) <= 0xDFFF else char for char in value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_well_formed(item) for item in value]
    return value
