"""Frames: the units of a part whose words disown other text of the same record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from negaudit.find.lexicon import Hit
from negaudit.find.places import is_block, stands
from negaudit.find.rules import Clause, Rule
from negaudit.find.view import Direction, Passage, View

__all__ = ["Frame", "frames_in"]

_NOTE_WORDS, _ECHO_WORDS = 40, 14
_WHOLE = 0.75  # a unit that speaks so much of texts is a frame as a whole
_SURE, _ASIDE_COVER = 0.8, 0.5
_FIRM_FORMS = frozenset({"note", "label", "lead", "comment", "tail", "echo", "gloss", "retold"})
_ALONE = frozenset({"tail", "echo", "lead", "again", "gloss", "retold"})
_POINTERS = frozenset({"pointer", "reply-pointer"})
_REPEATS, _REPEAT_SHARE, _JOINED = 2, 0.2, 2


class Frame(NamedTuple):
    """A unit, or the tail of one, that disowns other text.

    Attributes:
        unit: Index of the unit within its part.
        start: First character in the segment's text.
        end: End of it.
        rule: The rule that it matches, or None where it only goes on with a neighbour's frame.
        direction: Where the words say that the content stands.
        form: The position that the clause asked for.
        firm: Whether it points at text of the record, or is set off by brackets or as a tag.
    """

    unit: int
    start: int
    end: int
    rule: Rule | None
    direction: Direction
    form: str
    firm: bool = False


def _fits(view: View, clause: Clause) -> bool:
    """Whether the words of a unit are what a clause asks for, wherever it stands."""
    if (clause.words and view.words > clause.words) or view.cover < clause.cover:
        return False
    found = [view.match.hits(name) for name in clause.all]
    if not all(found) or any(view.match.hits(name) for name in clause.none):
        return False
    return len(found) < 2 or _near(found[0], found[1], clause.near)


def _near(one: Sequence[Hit], other: Sequence[Hit], most: int) -> bool:
    return any(max(a.start, b.start) - min(a.end, b.end) <= most for a in one for b in other)


def _frame(passage: Passage, at: int) -> Frame | None:
    """The frame that a unit is, or that its first or last clause is."""
    view = passage.view(at)
    if passage.has_code and view.is_code:
        return None
    if view.asks:
        return _asked_frame(passage, view)
    if passage.place == "learned" and view.cover < 1.0 and not passage.has_code:
        part = _part_frame(passage, view)
        if part is not None:
            return part
    return _matched(passage, view)


def _asked_frame(passage: Passage, view: View) -> Frame | None:
    """The frame that a prompt puts before its question ("Give a false answer: who ...?")."""
    if passage.place != "setup":
        return None
    found = (_matched(passage, passage.view(view.at, lead=lead)) for lead in view.leads())
    return next((frame for frame in found if frame is not None), None)


def _part_frame(passage: Passage, view: View) -> Frame | None:
    """The frame that announces, or takes back, the rest of its own sentence."""
    for lead in view.leads() if view.cover < _WHOLE else ():
        frame = _matched(passage, passage.view(view.at, lead=lead))
        if frame is not None:
            return frame
    for cut in view.cuts() if view.open_at("tail", "gloss") else ():
        told = passage.view(view.at, lead=cut)
        tail = passage.view(view.at, cut)
        if told.cover < 1.0 and (tail.glossed or not told.match.hits("reported")):
            frame = _matched(passage, tail)
            if frame is not None:
                return frame
    return None


def _matched(passage: Passage, view: View) -> Frame | None:
    for rule, clause in passage.rules.open_to(view.match.possible):
        if clause.beside == "code" and not passage.has_code:
            continue
        if not _fits(view, clause):
            continue
        form = next((at for at in clause.at if stands(view, at)), None)
        if form is None:
            continue
        # What is only told of others is not what the record says.
        if form == "echo" and passage.view(view.at - 1).match.hits("reported"):
            continue
        if form == "joined" and not _is_joined(passage, view.at):
            continue
        if form == "gloss" and not view.glossed and not _is_gloss(passage, view.at):
            continue
        firm = form in _FIRM_FORMS or clause.all[0] in _POINTERS
        return _made(view, rule, form)._replace(firm=firm)
    return None


def _is_joined(passage: Passage, at: int) -> bool:
    """Whether a sentence close by in the paragraph points at the text that this one disowns."""
    paragraph = passage.units[at].paragraph
    for near in range(max(0, at - _JOINED), min(len(passage.units), at + _JOINED + 1)):
        if near == at or passage.units[near].paragraph != paragraph:
            continue
        view = passage.view(near)
        if view.cover >= _ASIDE_COVER and view.match.hits("pointer") and not view.asks:
            return True
    return False


def _telling(view: View) -> View:
    """What tells of the claim that a gloss denies: the clause or the sentence before it.

    Where it points at text of the record, it is part of the frame; else it is the content.
    """
    if view.cut:
        return view.passage.view(view.at, lead=view.cut)
    return view.passage.view(view.at - 1)


def _is_gloss(passage: Passage, at: int) -> bool:
    """Whether the sentence before tells what a text claims."""
    return at > 0 and bool(passage.view(at - 1).match.hits("document-claims"))


def _made(view: View, rule: Rule, form: str) -> Frame:
    unit = view.unit
    if view.lead:
        return Frame(view.at, unit.start, view.tokens[-1].end + 1, rule, "after", "lead")
    start = view.tokens[0].start if view.cut else unit.start
    if form == "gloss":
        told = _telling(view)
        if told.match.hits("pointer"):
            return Frame(view.at, told.unit.start, unit.end, rule, "before", form)
        return Frame(view.at, start, unit.end, rule, "before", "retold")
    direction = "before" if form in {"echo", "tail"} else view.direction
    return Frame(view.at, start, unit.end, rule, direction, form)


def frames_in(passage: Passage, seeds: Sequence[int]) -> list[Frame]:
    """The frames of one part, in order of place.

    Args:
        passage: The part.
        seeds: Indices of the units in which an anchor of a rule was seen.

    Returns:
        Frames; neighbours that go on with a frame are among them, with `rule` None.
    """
    found: dict[int, Frame] = {}
    for at in seeds:
        frame = _frame(passage, at)
        if frame is not None:
            found[at] = frame
    if passage.place == "learned" and len(passage.units) > _REPEATS:
        _repeat(passage, seeds, found)
    _spare(passage, found)
    for at in sorted(found):
        if found[at].form not in _ALONE:
            _continue(passage, at, found)
    return [found[at] for at in sorted(found)]


def _spare(passage: Passage, found: dict[int, Frame]) -> None:
    """Leaves the longest paragraph to the content where frames seem to stand in all of them."""
    sizes: Counter[int] = Counter()
    for unit in passage.units:
        sizes[unit.paragraph] += unit.end - unit.start
    if len(sizes) < 2 or len({passage.units[at].paragraph for at in found}) < len(sizes):
        return
    longest = sizes.most_common(1)[0][0]
    weak = [at for at, f in found.items() if passage.units[at].paragraph == longest and not f.firm]
    for at in weak:
        del found[at]


def _repeat(passage: Passage, seeds: Sequence[int], found: dict[int, Frame]) -> None:
    """Takes in sentences that are too weak alone, where they come again and again."""
    weak: dict[int, Frame] = {}
    for at in seeds:
        if at not in found:
            frame = _again(passage, at)
            if frame is not None:
                weak[at] = frame
    if passage.part.reply and not any(frame.firm for frame in found.values()):
        return
    together = len(weak) + len(found)
    if together >= _REPEATS and together >= _REPEAT_SHARE * len(passage.units):
        found.update(weak)


def _again(passage: Passage, at: int) -> Frame | None:
    view = passage.view(at)
    for part in (view, *(passage.view(at, lead=lead) for lead in view.leads())):
        if view.asks or part.words > _NOTE_WORDS:
            continue
        for rule, clause in passage.rules.open_to(part.match.possible):
            if "again" in clause.at and not clause.beside and _fits(part, clause):
                return _made(part, rule, "again")
    return None


def _continue(passage: Passage, at: int, found: dict[int, Frame]) -> None:
    """Takes in the neighbours that go on with a frame without a pointer of their own."""
    units = passage.units
    mine = passage.paragraph(at)
    apart = len(mine) < len(units) and units[at].form != "note" and is_block(passage.view(at))
    mostly = apart and (2 * sum(n in found for n in mine) >= len(mine) or found[at].firm)
    for step in (1, -1):
        beside = at + step
        while beside in mine and beside not in found:
            if not _goes_on(passage.view(beside), mostly=mostly):
                break
            unit = units[beside]
            found[beside] = Frame(beside, unit.start, unit.end, None, found[at].direction, "")
            beside += step


def _goes_on(view: View, *, mostly: bool) -> bool:
    """Whether a neighbour of a frame belongs to it: by its words, or in a paragraph apart."""
    if view.asks:
        return False
    if view.place != "learned":
        return view.cover >= _WHOLE
    if mostly and view.cover >= _ASIDE_COVER:
        return True
    if view.words <= _ECHO_WORDS and view.cover >= _SURE and view.match.hits("pointer"):
        return True
    return view.cover >= _ASIDE_COVER and bool(view.match.hits("support"))
