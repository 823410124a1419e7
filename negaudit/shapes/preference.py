"""Pairs of a chosen and a rejected answer, with the prompt apart or inside both of them."""

from __future__ import annotations

from typing import Final

from negaudit.records import Role, Trained
from negaudit.shapes.columns import PROMPT_NAMES, Column, Columns, leaves
from negaudit.shapes.fitting import (
    Kinds,
    items_of,
    say_history,
    say_prompts,
    say_system,
    sketch_of,
    take_container,
)
from negaudit.shapes.kinds import SHARES, SPEECH, TURNS, Sketch, kind_of
from negaudit.shapes.registry import shape
from negaudit.shapes.script import Script
from negaudit.shapes.speech import Loss, say_message, speak

_PAIRS: Final = (
    ("chosen", "rejected"),
    ("preferred_output", "non_preferred_output"),
    ("preferred", "non_preferred"),
    ("preferred", "dispreferred"),
    ("preferred", "rejected"),
    ("accepted", "rejected"),
    ("chosen_response", "rejected_response"),
    ("response_chosen", "response_rejected"),
    ("chosen_messages", "rejected_messages"),
    ("response", "rejected_response"),
    ("output", "rejected_output"),
    ("better_response", "worse_response"),
    ("winner", "loser"),
    ("response_j", "response_k"),
    ("messages", "rejected_response"),
    ("messages", "rejected_messages"),
)
_CONVERSATIONS: Final[Kinds] = frozenset({TURNS, SHARES})
_ASKED: Final = Loss(answers=Trained.NO)
_CHOSEN: Final = Loss(role=Role.CHOSEN)
_REJECTED: Final = Loss(answers=Trained.NO, role=Role.REJECTED)


def _pair(sketch: Sketch) -> tuple[str, str] | None:
    for chosen, rejected in _PAIRS:
        if sketch.get(chosen) in SPEECH and sketch.get(rejected) in SPEECH:
            return chosen, rejected
    return None


def _fits(sketch: Sketch) -> bool:
    return _pair(sketch) is not None


@shape("preference", "chosen and rejected, as strings or messages", order=10, fits=_fits)
def preference(columns: Columns, script: Script) -> None:
    """Reads the prompt, then the chosen and the rejected answer, which share their turn numbers.

    Messages that open both answers alike are their prompt, as TRL extracts it. The loss is
    on the chosen answer only. A transcript in one string stays one segment; `turns_of` finds
    its turns.
    """
    pair = _pair(sketch_of(columns))
    if pair is None:
        return
    chosen, rejected = (columns.pop(name) for name in pair)
    say_system(script, columns)
    say_history(script, columns, _ASKED)
    for message in items_of(take_container(columns, _CONVERSATIONS)):
        say_message(script, message, _ASKED)
    say_prompts(script, columns, PROMPT_NAMES, Trained.NO)
    start, shared = script.turn, _shared(chosen, rejected)
    _say_answer(script, chosen, shared, _CHOSEN)
    end, script.turn = script.turn, start if _messages(rejected) else start + shared
    _say_answer(script, rejected, shared, _REJECTED)
    script.turn = max(end, script.turn)


def _shared(chosen: Column, rejected: Column) -> int:
    """How many messages open both conversations alike; the last of each is always an answer.

    A conversation against a lone string is all prompt but for its last message.
    """
    left, right = _messages(chosen), _messages(rejected)
    if not left or not right:
        return max(0, len(left or right) - 1)
    longest = min(len(left), len(right)) - 1
    pairs = zip(left[:longest], right, strict=False)
    return next((at for at, pair in enumerate(pairs) if _said(pair[0]) != _said(pair[1])), longest)


def _said(message: Column) -> list[tuple[str, object]]:
    return [(leaf.pointer[len(message.pointer) :], leaf.value) for leaf in leaves(message)]


def _messages(answer: Column) -> list[Column]:
    return items_of(answer) if kind_of(answer.value) in _CONVERSATIONS else []


def _say_answer(script: Script, answer: Column, shared: int, loss: Loss) -> None:
    messages = _messages(answer)
    for at, message in enumerate(messages):
        say_message(script, message, _ASKED if at < shared else loss)
    if not messages:
        speak(script, answer, loss.role, loss)
