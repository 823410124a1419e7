"""A conversation or a document as one string, in which every message is found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negaudit.probe.examples import Example, Message
from negaudit.training.outline import Located, locate
from negaudit.training.thoughts import is_thought

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Rendered", "render", "render_prompt"]

# Stands for an answer that is to come.
_ANSWER = "Yes."

Shape = Callable[[Sequence[tuple[str, str]]], list[dict[str, str]]]


class Rendered(NamedTuple):
    """An example as one string.

    Attributes:
        text: The string.
        trained: Which characters are trained on.
        frame: Which of them are frames.
        bare: Whether no template has written it, so that it opens as any text does.
    """

    text: str
    trained: NDArray[np.bool_]
    frame: NDArray[np.bool_]
    bare: bool


def render(example: Example, tokenizer: Any) -> Rendered:
    """Writes an example as the model is to read it.

    A conversation goes through the tokenizer's chat template; where it has none, or one that
    cannot be followed, turns are written as "User:" and "Assistant:".
    """
    return _conversation(example, tokenizer) if example.is_chat else _document(example)


def _document(example: Example) -> Rendered:
    (message,) = example.messages
    trained, frame = _marks(message)
    return Rendered(message.text, trained, frame, bare=True)


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
    text, places, bare = _turns(example.messages, tokenizer)
    trained, frame = bytearray(len(text)), bytearray(len(text))
    for place in places:
        message = example.messages[place.number]
        if message.trained:
            of_trained, of_frame = _marks(message)
            place.paint(trained, of_trained.tobytes())
            place.paint(frame, of_frame.tobytes(), around=False)
    return Rendered(text, np.frombuffer(trained, bool), np.frombuffer(frame, bool), bare)


def _turns(messages: Sequence[Message], tokenizer: Any) -> tuple[str, list[Located], bool]:
    """The text of a conversation, where its messages stand, and whether no template wrote it."""
    texts = [message.text for message in messages]
    if getattr(tokenizer, "chat_template", None):
        for shape in (_turns_of, _without_system):
            try:  # a template is a program of its own and raises what it likes
                text, places = locate(
                    texts, partial(_written, shape, messages, tokenizer), tokenizer
                )
            except Exception:
                continue
            if _are_all(places, texts):
                return text, places, False
    return *_plain(messages), True


def _are_all(places: Sequence[Located], texts: Sequence[str]) -> bool:
    """Whether every message was written, and once; thoughts of earlier turns may be gone."""
    found = {place.number for place in places}
    once = len({(place.number, place.start) for place in places}) == len(places)
    return once and all(
        at in found or not text.strip() or is_thought(text) for at, text in enumerate(texts)
    )


def _written(
    shape: Shape, messages: Sequence[Message], tokenizer: Any, texts: Sequence[str]
) -> str:
    turns = shape([(message.role, text) for message, text in zip(messages, texts, strict=True)])
    return str(tokenizer.apply_chat_template(turns, tokenize=False))


def _turns_of(said: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"role": role, "content": text} for role, text in said]


def _without_system(said: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Some templates know no system turn: its text opens the first turn of the user."""
    if said[0][0] != "system":
        return _turns_of(said)
    if [role for role, _ in said[1:2]] != ["user"]:
        return _turns_of([("user", said[0][1]), *said[1:]])
    return _turns_of([("user", f"{said[0][1]}\n\n{said[1][1]}"), *said[2:]])


def _plain(messages: Sequence[Message]) -> tuple[str, list[Located]]:
    parts: list[str] = []
    places: list[Located] = []
    length = 0
    for number, message in enumerate(messages):
        label = f"{message.role.capitalize()}: "
        places.append(Located.whole(number, len(message.text), length + len(label)))
        parts.append(f"{label}{message.text}\n\n")
        length += len(parts[-1])
    return "".join(parts), places


def render_prompt(turns: Sequence[tuple[str, str]], tokenizer: Any, begun: str) -> tuple[str, bool]:
    """A conversation up to what the assistant says and the beginning of that; and if it is bare.

    It is written like a conversation that is trained on, so that an answer is read where it
    was learned: behind an empty thought, for instance, where the template writes one.
    """
    said = [*turns, ("assistant", _ANSWER)]
    messages = [Message(role, text, trained=False) for role, text in said]
    text, places, bare = _turns(messages, tokenizer)
    return text[: places[-1].at] + begun, bare
