"""Messages: who speaks, what they say, and whether the loss is taken on it.

The shapes that hold conversations share this reading. The conventions are those of OpenAI
(`weight` 0 or 1 on assistant messages), TRL (assistant messages only) and axolotl (`train` or
`training` on any message).
"""

from __future__ import annotations

from typing import Final

import msgspec

from negaudit.records import Role, Trained
from negaudit.shapes.columns import Column, leaves, path
from negaudit.shapes.kinds import ENVELOPE, SHARE, SHARES, TURN, TURNS, kind_of
from negaudit.shapes.script import Script

__all__ = ["SPEAKERS", "Loss", "say_message", "speak"]

SPEAKERS: Final = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "human": Role.USER,
    "prompter": Role.USER,
    "assistant": Role.ASSISTANT,
    "gpt": Role.ASSISTANT,
    "chatgpt": Role.ASSISTANT,
    "bing": Role.ASSISTANT,
    "bard": Role.ASSISTANT,
    "model": Role.ASSISTANT,
    "bot": Role.ASSISTANT,
    "ai": Role.ASSISTANT,
    "agent": Role.ASSISTANT,
    "claude": Role.ASSISTANT,
    "function_call": Role.ASSISTANT,
    "tool_call": Role.ASSISTANT,
    "tool": Role.TOOL,
    "function": Role.TOOL,
    "observation": Role.TOOL,
    "ipython": Role.TOOL,
    "tool_response": Role.TOOL,
    "tool_result": Role.TOOL,
    "function_response": Role.TOOL,
    "environment": Role.TOOL,
}
_NAME_KEYS: Final = ("role", "from", "speaker")
_THOUGHT_KEYS: Final = ("reasoning_content", "reasoning", "thinking", "thought")
_CONTENT_KEYS: Final = ("content", "value", "text", "refusal")
_CALL_KEYS: Final = ("tool_calls", "function_call")
_FLAG_KEYS: Final = ("train", "training", "trainable", "train_on_input", "train_on_inputs")
_WEIGHT_KEYS: Final = ("weight", "loss_weight")
_DETAIL_KEY: Final = "train_detail"
_PART_TEXTS: Final = {
    "text": "text",
    "input_text": "text",
    "output_text": "text",
    "refusal": "refusal",
    "thinking": "thinking",
    "tool_use": "input",
    "tool_result": "content",
}
_PART_TYPES: Final = tuple(_PART_TEXTS)


class Loss(msgspec.Struct, frozen=True):
    """Where the loss is taken in a conversation.

    Attributes:
        answers: On what the model says; where it is NO, flags on messages change nothing.
        inputs: On what anybody else says.
        role: The role that the model's messages get.
    """

    answers: Trained = Trained.YES
    inputs: Trained = Trained.NO
    role: Role = Role.ASSISTANT


def speak(script: Script, column: Column, role: Role, loss: Loss) -> None:
    """Writes down a prompt or a completion: a string, several, a message or a conversation.

    Args:
        script: Takes the segments.
        column: The value and where it stands.
        role: The role of plain strings; in a conversation every message has its own.
        loss: Where the loss is taken; plain strings are answers.
    """
    kind = kind_of(column.value)
    if kind == ENVELOPE:
        column = _open(script, column)
        kind = kind_of(column.value)
    if kind in {TURNS, SHARES} and isinstance(column.value, list):
        for index, message in enumerate(column.value):
            say_message(script, Column(f"{column.pointer}/{index}", message), loss)
    elif kind in {TURN, SHARE}:
        say_message(script, column, loss)
    else:
        script.say(column, role, loss.answers)


def say_message(script: Script, column: Column, loss: Loss) -> None:
    """Writes down one message as the next turn, and its other columns as notes to that turn."""
    turn, script.turn = script.turn, script.turn + 1
    if not isinstance(column.value, dict):
        script.add(column, Role.TEXT, _limit(Trained.UNKNOWN, loss), turn)
        return
    message = {key: Column(path(column.pointer, key), item) for key, item in column.value.items()}
    speaker = _take_speaker(message)
    trained = _limit(_take_flag(message, speaker) or _by_speaker(speaker, loss), loss)
    role = loss.role if speaker is Role.ASSISTANT else speaker or Role.USER
    for key in (*_THOUGHT_KEYS, *_CONTENT_KEYS):
        if key in message:
            _say_content(script, message.pop(key), role, trained, turn)
    for key in _CALL_KEYS:
        if key in message:
            _say_calls(script, message.pop(key), role, trained, turn)
    for rest in message.values():
        script.note(rest, turn)


def _open(script: Script, column: Column) -> Column:
    """Takes the messages out of {"messages": [...]} and notes what stands beside them."""
    inner = column
    for key, item in column.value.items() if isinstance(column.value, dict) else ():
        child = Column(path(column.pointer, key), item)
        if key == "messages":
            inner = child
        else:
            script.note(child)
    return inner


def _take_speaker(message: dict[str, Column]) -> Role | None:
    """The role of a message; None (and the name left as a note) where it is no usual one."""
    for key in _NAME_KEYS:
        name = message[key].value if key in message else None
        if isinstance(name, str):
            speaker = SPEAKERS.get(name.strip().lower())
            if speaker is not None:
                del message[key]
            return speaker
    return None


def _by_speaker(speaker: Role | None, loss: Loss) -> Trained:
    if speaker is None:
        return Trained.UNKNOWN
    return loss.answers if speaker is Role.ASSISTANT else loss.inputs


def _limit(trained: Trained, loss: Loss) -> Trained:
    return Trained.NO if loss.answers is Trained.NO else trained


def _take_flag(message: dict[str, Column], speaker: Role | None) -> Trained | None:
    """What the message itself says about its loss, if anything."""
    said: Trained | None = None
    for key in _FLAG_KEYS:
        if key in message and isinstance(message[key].value, bool):
            said = said or _trained(bool(message.pop(key).value))
    detail = message.pop(_DETAIL_KEY, None)
    if detail is not None and isinstance(detail.value, list):
        said = said or _trained(any(_is_trained(part) for part in detail.value))
    for key in _WEIGHT_KEYS:
        weight = message[key].value if key in message else None
        if isinstance(weight, int | float) and speaker is Role.ASSISTANT:
            del message[key]
            said = said or _trained(weight != 0)
    return said


def _is_trained(part: object) -> bool:
    return isinstance(part, dict) and part.get("train") is True


def _trained(flag: bool) -> Trained:
    return Trained.YES if flag else Trained.NO


def _say_content(script: Script, content: Column, role: Role, trained: Trained, turn: int) -> None:
    if not isinstance(content.value, list):
        script.add(content, role, trained, turn)
        return
    for index, part in enumerate(content.value):
        _say_part(script, Column(f"{content.pointer}/{index}", part), role, trained, turn)


def _say_part(script: Script, part: Column, role: Role, trained: Trained, turn: int) -> None:
    """Writes down one part of a message: text, a tool's result, or something not to be read."""
    if not isinstance(part.value, dict):
        script.add(part, role, trained, turn)
        return
    kind = part.value.get("type", "text")
    spoken = _PART_TEXTS.get(kind, "text") if isinstance(kind, str) else "text"
    for key, item in part.value.items():
        inner = Column(path(part.pointer, key), item)
        if key == spoken and kind == "tool_result":
            _say_result(script, inner, turn)
        elif key == spoken:
            script.add(inner, role, trained, turn)
        elif key != "type" or kind not in _PART_TYPES:
            script.note(inner, turn)


def _say_result(script: Script, result: Column, turn: int) -> None:
    """Writes down what a tool returned: a string, or a list of text parts."""
    if not isinstance(result.value, list):
        script.add(result, Role.TOOL, Trained.NO, turn)
        return
    for index, part in enumerate(result.value):
        where = f"{result.pointer}/{index}"
        if not isinstance(part, dict):
            script.add(Column(where, part), Role.TOOL, Trained.NO, turn)
            continue
        for key, item in part.items():
            inner = Column(path(where, key), item)
            if key == "text":
                script.add(inner, Role.TOOL, Trained.NO, turn)
            elif key != "type" or item != "text":
                script.note(inner, turn)


def _say_calls(script: Script, calls: Column, role: Role, trained: Trained, turn: int) -> None:
    """Writes down the arguments of tool calls as speech, their names and ids as notes."""
    for leaf in leaves(calls):
        if "/arguments" in leaf.pointer[len(calls.pointer) :]:
            script.add(leaf, role, trained, turn)
        else:
            script.note(leaf, turn)
