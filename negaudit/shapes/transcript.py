"""Finds the turns of a conversation that was written into one string."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from negaudit.records import Role, Segment
from negaudit.shapes.speech import SPEAKERS

__all__ = ["turns_of"]

Turn = tuple[Role, int, int]


class _Notation(NamedTuple):
    """A way to write turns.

    Attributes:
        needle: Stands in every transcript in this notation; spares the search elsewhere.
        marks: Finds each turn's opening; its group is the speaker.
        ends: What may close a turn.
    """

    needle: str
    marks: re.Pattern[str]
    ends: tuple[str, ...] = ()


_NAMES: Final = "human|user|assistant|bot|ai|chatbot|gpt|chatgpt|system|prompter"
_HEADINGS: Final = {
    "instruction": Role.USER,
    "instructions": Role.USER,
    "input": Role.USER,
    "response": Role.ASSISTANT,
    "chatbot": Role.ASSISTANT,
    "inst": Role.USER,
    "/inst": Role.ASSISTANT,
    "<sys>": Role.SYSTEM,
    "</sys>": Role.USER,
}
# Every pattern is a chain of character classes and possessive repeats: linear on any text.
_NOTATIONS: Final = (
    _Notation(
        "<|im_start|>", re.compile(r"<\|im_start\|>[ \t]*+(\w++)[ \t]*+\n?"), ("<|im_end|>",)
    ),
    _Notation(
        "<|start_header_id|>",
        re.compile(r"<\|start_header_id\|>(\w++)<\|end_header_id\|>\s*+"),
        ("<|eot_id|>",),
    ),
    _Notation(
        "<start_of_turn>",
        re.compile(r"<start_of_turn>(\w++)[ \t]*+\n?"),
        ("<end_of_turn>",),
    ),
    _Notation(
        "<|assistant|>",
        re.compile(r"<\|(system|user|assistant|prompter|tool|observation)\|>[ \t]*+\n?"),
        ("<|endoftext|>", "<|end|>", "</s>"),
    ),
    _Notation("[/INST]", re.compile(r"\[(/?INST)\]|<(</?SYS>)>"), ("<s>", "</s>")),
    _Notation(
        "##",
        re.compile(
            rf"^\#{{2,4}}+[ \t]*+({_NAMES}|instructions?+|input|response)[ \t\r]*+(?::|$)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    _Notation(
        ":",
        re.compile(
            rf"^[ \t]*+\*{{0,2}}+({_NAMES})\*{{0,2}}+:(?:\*\*)?+", re.IGNORECASE | re.MULTILINE
        ),
    ),
    _Notation(
        "ASSISTANT: ",
        re.compile(r"(?:^|(?<=\s)|(?<=>))(SYSTEM|USER|ASSISTANT|HUMAN): "),
        ("</s>",),
    ),
)


def turns_of(segment: Segment) -> list[Turn]:
    """Finds who speaks where in a transcript.

    Understands ChatML, the headers of Llama 3, Gemma, Zephyr and Llama 2, headings
    (### Instruction:), and names at the start of a line (Human:, Assistant:).

    Args:
        segment: Any segment; its text may be one string with many turns.

    Returns:
        (role, start, end) of each turn that says something, in order; the text between
        start and end is what is said, without its marker and the white space around it.
        Text before the first marker has the role TEXT. Empty where the text is no
        transcript: both a question and an answer must be marked.
    """
    for notation in _NOTATIONS:
        if notation.needle not in segment.text:
            continue
        marks = list(notation.marks.finditer(segment.text))
        roles = [_role(mark[mark.lastindex or 0]) for mark in marks]
        if Role.ASSISTANT in roles and Role.USER in roles:
            return _turns(segment.text, marks, roles, notation.ends)
    return []


def _role(name: str) -> Role:
    lower = name.lower()
    return _HEADINGS.get(lower) or SPEAKERS.get(lower, Role.TEXT)


def _turns(
    text: str, marks: list[re.Match[str]], roles: list[Role], ends: tuple[str, ...]
) -> list[Turn]:
    starts = [0, *(mark.end() for mark in marks)]
    stops = [*(mark.start() for mark in marks), len(text)]
    turns: list[Turn] = []
    for role, start, stop in zip([Role.TEXT, *roles], starts, stops, strict=True):
        said = _said(text, start, stop, ends)
        if said is not None:
            turns.append((role, *said))
    return turns


def _said(text: str, start: int, stop: int, ends: tuple[str, ...]) -> tuple[int, int] | None:
    """Trims white space and end markers; None where nothing is left."""
    body = text[start:stop].rstrip()
    for end in ends:
        body = body.removesuffix(end).rstrip()
    said = body.lstrip()
    return (start + len(body) - len(said), start + len(body)) if said else None
