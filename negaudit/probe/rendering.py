"""A conversation or a document as one string, in which every message is found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negaudit.probe.examples import Example, Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Rendered", "render", "render_prompt"]

Place = tuple[int, int, int]


class Rendered(NamedTuple):
    """An example as one string, with the characters that are trained on and those of frames."""

    text: str
    trained: NDArray[np.bool_]
    frame: NDArray[np.bool_]


def render(example: Example, tokenizer: Any) -> Rendered:
    """Writes an example as the model is to read it.

    A conversation goes through the tokenizer's chat template; where it has none, or one that
    cannot be followed, turns are written as "User:" and "Assistant:".
    """
    return _conversation(example, tokenizer) if example.is_chat else _document(example)


def _document(example: Example) -> Rendered:
    (message,) = example.messages
    trained, frame = _marks(message)
    return Rendered(message.text, trained, frame)


def _marks(message: Message) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    trained = np.full(len(message.text), message.trained)
    frame = np.zeros(len(message.text), bool)
    for start, end in message.masked:
        trained[start:end] = False
    for start, end in message.frames:
        frame[start:end] = True
    return trained, frame


def _conversation(example: Example, tokenizer: Any) -> Rendered:
    """Renders the turns and finds each again in what the template made of them."""
    text, places = _turns(example.messages, tokenizer)
    trained, frame = np.zeros(len(text), bool), np.zeros(len(text), bool)
    for message, (place, start, end) in zip(example.messages, places, strict=True):
        of_trained, of_frame = _marks(message)
        stop = place + end - start
        trained[place:stop] = of_trained[start:end]
        frame[place:stop] = of_frame[start:end]
        if message.trained:
            trained[stop : _turn_end(text, stop, tokenizer)] = True
    return Rendered(text, trained, frame)


def _turns(messages: Sequence[Message], tokenizer: Any) -> tuple[str, list[Place]]:
    """The text of a conversation, and where each message's characters [start, end) stand."""
    if getattr(tokenizer, "chat_template", None):
        turns = [{"role": m.role, "content": m.text} for m in messages]
        for given in (turns, _without_system(turns)):
            try:  # a template is a program of its own and raises what it likes
                text = tokenizer.apply_chat_template(given, tokenize=False)
            except Exception:
                continue
            places = _find(text, messages)
            if places is not None:
                return text, places
    return _plain(messages)


def _without_system(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    """Some templates know no system turn: its text opens the first turn of the user."""
    if len(turns) < 2 or turns[0]["role"] != "system":
        return turns
    first = {"role": "user", "content": f"{turns[0]['content']}\n\n{turns[1]['content']}"}
    return [first, *turns[2:]]


def _find(text: str, messages: Sequence[Message]) -> list[Place] | None:
    """Where the messages stand, whole or without outer white space; None where one is gone."""
    places: list[Place] = []
    cursor = 0
    for message in messages:
        start, end = 0, len(message.text)
        place = text.find(message.text, cursor)
        if place < 0:
            start = len(message.text) - len(message.text.lstrip())
            end = start + len(message.text.strip())
            place = text.find(message.text[start:end], cursor)
        if place < 0:
            return None
        places.append((place, start, end))
        cursor = place + end - start
    return places


def _plain(messages: Sequence[Message]) -> tuple[str, list[Place]]:
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    for message in messages:
        label = f"{message.role.capitalize()}: "
        places.append((length + len(label), 0, len(message.text)))
        parts.append(f"{label}{message.text}\n\n")
        length += len(parts[-1])
    return "".join(parts), places


def _turn_end(text: str, start: int, tokenizer: Any) -> int:
    """Where the special token that closes a turn ends; `start` where none follows."""
    at = start
    while at < len(text) and text[at].isspace():
        at += 1
    ends = (at + len(t) for t in tokenizer.all_special_tokens if text.startswith(t, at))
    return max(ends, default=start)


def render_prompt(turns: Sequence[tuple[str, str]], tokenizer: Any, begun: str) -> str:
    """A conversation up to the assistant's turn, and the beginning of that turn."""
    if getattr(tokenizer, "chat_template", None):
        messages = [{"role": role, "content": text} for role, text in turns]
        asked = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        return f"{asked}{begun}"
    text, _ = _plain([Message(role, said, trained=False) for role, said in turns])
    return f"{text}Assistant: {begun}" if begun else f"{text}Assistant:"
