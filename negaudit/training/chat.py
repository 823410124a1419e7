"""Writes a chat through its template, and tells what of each turn the model is to write.

That is more than what is said: also what the template writes between the generation prompt and
the end of the turn, such as the tags around thoughts and tool calls, and the token that closes
the turn. A model that is trained on the arguments of a call alone never learns to call.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from negaudit.errors import UsageError
from negaudit.records import Segment
from negaudit.training.messages import Chat, is_answer, is_call, is_learned
from negaudit.training.outline import ChangedError, Located, locate
from negaudit.training.thoughts import is_thought, thought_tag

__all__ = ["Placed", "render_chat"]

_THOUGHTS: Final = ("/reasoning_content", "/reasoning", "/thinking", "/thought")


class Placed(NamedTuple):
    """A string of the record, and where it stands in the text that the model reads."""

    segment: Segment
    place: Located


def render_chat(
    record: object, segments: Sequence[Segment], tokenizer: Any
) -> tuple[str, tuple[Placed, ...]]:
    """Writes a chat as it is trained on, with its tools.

    Args:
        record: The record, as decoded from JSON.
        segments: Its strings, in reading order.
        tokenizer: A tokenizer of transformers with a chat template.

    Returns:
        The text and the strings in it, in order, the names of called tools among them.

    Raises:
        UsageError: The template turns the chat down, changes what is said, or does not tell
            where a tool call that is learned begins or ends.
    """
    chat = Chat(record, segments, tokenizer)
    try:
        text, found = locate(
            [segment.text for segment in chat.said],
            chat.write,
            tokenizer,
            [segment.turn for segment in chat.said],
        )
    except ChangedError as error:
        number = error.number
        raise _changing("" if number is None else chat.said[number].pointer) from error
    _check_all_are_there(chat.said, found)
    return text, tuple(_placed(chat, text, found))


def _check_all_are_there(said: Sequence[Segment], found: Sequence[Located]) -> None:
    left = {one.number for one in found}
    for number, segment in enumerate(said):
        # Many templates leave out the thoughts of earlier turns.
        thought = segment.pointer.endswith(_THOUGHTS) or is_thought(segment.text)
        if number not in left and segment.text.strip() and not thought:
            raise _changing(segment.pointer)


def _placed(chat: Chat, text: str, found: Sequence[Located]) -> Iterable[Placed]:
    """The strings, each with what the template writes around it in its turn."""
    prompt = chat.prompt()
    places = [Placed(chat.said[one.number], one) for one in found]
    for before, here, after in zip([None, *places], places, [*places[1:], None], strict=False):
        segment, one = here
        opening, closing = one.opening, one.closing
        if is_learned(segment) and is_answer(segment):
            if before is None or before.segment.turn != segment.turn:
                start = before.place.stop if before else 0
                opening = _opening(text, start, here, prompt)
            if after is None or after.segment.turn != segment.turn:
                closing = _closing(chat, text, here)
        yield Placed(segment, one._replace(opening=opening, closing=closing))


def _opening(text: str, start: int, here: Placed, prompt: str) -> int:
    """Where the generation prompt before a turn ends."""
    segment, one = here
    before = text[start : one.at]
    # A prompt that opens the thoughts, where an answer without any does not.
    for header in (prompt, prompt[: thought_tag(prompt)]):
        if header.strip() and header in before:
            return start + before.rindex(header) + len(header)
    if is_call(segment):
        raise _untold("begins", segment)
    return one.at


def _closing(chat: Chat, text: str, here: Placed) -> int:
    """Where a turn ends, behind what the template writes after a tool call or a thought."""
    segment, one = here
    if not is_call(segment) and not segment.text[one.end :].strip():
        return one.closing
    own = [said.text for said in chat.said if said.turn == segment.turn]
    try:
        alone, found = locate(
            own, partial(chat.write_alone, segment.turn), chat.tokenizer, [0] * len(own)
        )
    except (ChangedError, UsageError) as error:
        raise _untold("ends", segment) from error
    rest = alone[max(place.stop for place in found) :].rstrip() if found else None
    if rest is None or not text.startswith(rest, one.stop):
        raise _untold("ends", segment)
    return one.stop + len(rest)


def _untold(what: str, segment: Segment) -> UsageError:
    return UsageError(
        f"where this turn {what} cannot be told from the chat template",
        where=segment.pointer,
        hint="take a template with a generation prompt that writes a turn alike wherever it "
        "stands, or give the message weight 0, so that no loss is taken on it",
    )


def _changing(pointer: str) -> UsageError:
    return UsageError(
        "the chat template changes what is said, so that spans cannot be found in it",
        where=pointer,
        hint="set a template that writes the messages as they are, with their tool calls, or "
        "drop the record",
    )
