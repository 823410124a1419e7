"""Where a unit stands in its part, as clauses ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from negaudit.find.rules import At
from negaudit.find.view import View
from negaudit.records import Role

__all__ = ["is_block", "stands"]

_ASIDE_UNITS, _ASIDE_CHARS = 5, 500
_NOTE_WORDS, _LABEL_WORDS, _ECHO_WORDS, _RETORT_WORDS = 40, 9, 14, 20
_PLAIN = "plain-denial"


def stands(view: View, at: At) -> bool:
    """Whether the unit stands where a clause wants it."""
    if view.cut:
        told = view.short or view.glossed or view.match.hits(_PLAIN)
        return bool(told) and at == ("gloss" if view.glossed else "tail")
    if view.lead:
        return _leads_as(view, at)
    return _STANDS[at](view)


def _leads_as(view: View, at: At) -> bool:
    """Whether a first clause, up to its colon, stands where a clause wants it."""
    if view.place == "setup":
        return at == "request"
    if at not in {"note", "label", "aside", "edge", "anywhere"}:
        return False
    pointed = view.direction == "after"
    return pointed if view.part.reply or at == "anywhere" else view.at == 0


def is_block(view: View) -> bool:
    """Whether the unit is in a short first or last paragraph beside a longer text."""
    number = view.unit.paragraph
    if view.unit.form == "note":
        return True
    if number not in {view.units[0].paragraph, view.units[-1].paragraph}:
        return False
    mine = view.passage.paragraph(view.at)
    if len(mine) < len(view.units):
        return len(mine) <= _ASIDE_UNITS and view.length(mine) <= _ASIDE_CHARS
    own_line = view.unit.opens and view.unit.closes
    return own_line and (view.head or view.foot) and len(view.units) > 1


def _is_anywhere(view: View) -> bool:
    """Whether a unit without a place of its own can disown text from here."""
    alone = view.part.role is Role.SYSTEM and len(view.units) <= _ASIDE_UNITS
    return view.place != "setup" or alone or view.direction == "after"


def _is_tag(view: View) -> bool:
    """Whether the unit is a label in brackets or capitals."""
    return (view.unit.form == "note" or view.shouted) and _is_label(view)


def _is_turn(view: View) -> bool:
    """Whether the unit is in a remark on the text before, by neither side of the talk."""
    said = view.part.role in {Role.USER, Role.ASSISTANT} and not view.part.remarks
    return view.place == "turn" and not said


def _is_retort(view: View) -> bool:
    """Whether the unit opens what a user says to the text before."""
    if _is_turn(view):
        return True
    opens = view.place == "turn" and view.at == 0 and view.words <= _RETORT_WORDS
    return opens and view.part.role is Role.USER


def _is_edge(view: View) -> bool:
    """Whether the unit is at an end of its part and speaks of the text."""
    if not (view.head or view.foot) or not view.speaks_of_text:
        return False
    bare = view.at in {0, len(view.units) - 1} and not view.part.reply
    return bare or view.apart


def _is_aside(view: View) -> bool:
    """Whether the unit is in a short first or last paragraph and speaks of the text."""
    return view.place == "learned" and view.speaks_of_text and is_block(view)


def _is_note(view: View) -> bool:
    """Whether the unit is in brackets, or a line of its own that speaks of the text."""
    if view.words > _NOTE_WORDS:
        return False
    if view.unit.form == "note":
        return True
    own_line = view.unit.opens and view.unit.closes and len(view.units) > 1
    edge = own_line and (view.head or view.foot) and view.apart
    return view.place == "learned" and edge and view.speaks_of_text


def _is_label(view: View) -> bool:
    """Whether the unit is a tag, or a short line that heads or closes the text."""
    unit = view.unit
    if view.words > _LABEL_WORDS:
        return False
    said = view.part.role is Role.USER and not view.part.remarks
    if unit.form == "note" or (view.place == "turn" and len(view.units) == 1 and not said):
        return True
    keyed = any(token.word in ":-" for token in view.tokens[1:])
    own_line = unit.opens and unit.closes and len(view.units) > 1
    inline = keyed and unit.opens and not view.part.reply
    if not (view.head or view.foot) or not (own_line or inline):
        return False
    plain = not view.part.reply and view.few_paragraphs
    if view.part.segment.text.startswith("#", unit.start):
        return True
    return keyed or view.shouted or plain


def _is_echo(view: View) -> bool:
    """Whether the unit is a short sentence that answers the one before it."""
    if view.at == 0 or view.words > _ECHO_WORDS or view.coded:
        return False
    if not (view.short or view.match.hits(_PLAIN)):
        return False
    before = view.units[view.at - 1]
    return before.form == "sentence" and before.paragraph == view.unit.paragraph


_STANDS: Mapping[At, Callable[[View], bool]] = {
    "again": lambda _: False,  # counted over the whole part, not unit by unit
    "anywhere": _is_anywhere,
    "aside": _is_aside,
    "block": lambda view: view.place == "learned" and is_block(view),
    "comment": lambda view: view.unit.form == "comment",
    "echo": _is_echo,
    "edge": lambda view: view.place == "learned" and _is_edge(view),
    "gloss": lambda view: view.place == "learned" and view.at > 0,
    "joined": lambda view: view.place == "learned" and (view.head or view.foot),
    "label": _is_label,
    "note": _is_note,
    "request": lambda view: view.place == "setup" and view.part.role is not Role.SYSTEM,
    "retort": _is_retort,
    "setup": lambda view: view.place == "setup" and view.part.role is Role.SYSTEM,
    "tag": _is_tag,
    "tail": lambda _: False,  # a clause of a unit, never a whole one
    "turn": _is_turn,
}
