"""Verifies rewrites before they are applied, whether a rule or a language model wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from negaudit.find.units import split_units
from negaudit.fix.apply import apply, place
from negaudit.fix.pointer import NowhereError
from negaudit.fix.record import Drop, Proposal, Replace, SetMember, Target
from negaudit.fix.remedies.places import contents_of, frames_of
from negaudit.records import Finding, Kind, Record
from negaudit.rewrite.check import WORD, sentence_faults
from negaudit.rewrite.inflection import base
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.passages import TURN, passages_of
from negaudit.rewrite.reading import Read, read
from negaudit.rewrite.strip import strip

__all__ = ["Lint", "linted", "verify"]

Lint = Callable[[object], Sequence[Finding]]
"""Takes a record, decoded from JSON, and gives its findings."""

GROWTH = 1.3  # how much longer than its content a rewritten text may be
ROOM = 200  # characters beside that
ALIKE = 0.45  # how alike two sentences are, at least, of which one is the other's rewrite


def verify(
    target: Target,
    proposal: Proposal,
    *,
    claims: Iterable[str] = (),
    nlp: Any = None,
    lint: Lint | None = None,
) -> tuple[str, ...]:
    """Why a negated record should not be applied; nothing where all is well.

    It must lint clean; every sentence that changed must be denied once, at or before its
    predicate, with its names, numbers and dates, and must not comment on the text; the other
    sentences must be those of the record; and the text must not grow.

    Args:
        target: The record as it was.
        proposal: What is to be done to it; a proposal without operations is good.
        claims: The false claims, whose own negation may take a sentence's place.
        nlp: A spaCy pipeline; None loads the installed model.
        lint: Finds the framings of a record; None applies the shipped rules.
    """
    if not proposal.operations or any(isinstance(o, Drop) for o in proposal.operations):
        return ()
    try:
        value = apply(target.value, proposal.operations)
    except NowhereError as error:
        return (str(error),)
    faults = [
        f"is still found: {finding.message}"
        for finding in (lint or linted)(value)
        if finding.kind not in {Kind.MIXED_ORIGINAL, Kind.INVALID}
    ]
    contents = {span.pointer for span in contents_of(target)}
    words = _denials(claims)
    for operation in proposal.operations:
        if isinstance(operation, SetMember | Drop) or operation.pointer not in contents:
            continue
        faults += _text_faults(target, operation, words, nlp)
    return tuple(dict.fromkeys(faults))


def linted(value: object) -> list[Finding]:
    """The findings of one record, by the shipped rules."""
    from negaudit.shapes import segments_of

    shape, segments = segments_of(value)
    record = Record("<record>", 0, None, shape, segments)
    return [exhibit.finding for exhibit in _finder().find(record)]


@lru_cache(maxsize=1)
def _finder() -> Any:
    from negaudit.find.finder import Finder
    from negaudit.find.rules import load_rule_set

    return Finder(load_rule_set())


def _text_faults(
    target: Target, operation: Replace, claims: frozenset[str], nlp: Any
) -> Iterator[str]:
    """What is wrong with one rewritten string."""
    old = place(target.value, operation.pointer)
    new = operation.text
    if not isinstance(old, str):
        return
    before = _without_frames(target, operation.pointer, old)
    if not any(c.isalnum() for c in new):
        yield "leaves nothing of the text"
        return
    if len(new) > GROWTH * len(before) + ROOM:
        yield "the text grows"
    pairs, added = _compared(_sentences(before), _sentences(new), before)
    if not pairs and not added and len(_sentences(before)) == len(_sentences(new)):
        yield "denies nothing: only the frames are gone"
    pipeline = nlp if nlp is not None else load_parser()
    given = claims | frozenset(_words(before))
    yield from _pair_faults(pairs, added, given, claims, pipeline)


def _pair_faults(
    pairs: Sequence[tuple[str, str]],
    added: Sequence[str],
    given: frozenset[str],
    claims: frozenset[str],
    nlp: Any,
) -> Iterator[str]:
    parsed = read([text for pair in pairs for text in pair] + list(added), nlp)
    for number, (_, after) in enumerate(pairs):
        old, new = parsed[2 * number], parsed[2 * number + 1]
        for fault in _faults(old, new, given):
            yield f"{_shown(after)}: {fault}"
    for text in added:
        if not claims or not set(_words(text)) <= claims | NEGATION:
            yield f"{_shown(text)}: is a sentence that the text did not have"


NEGATION = frozenset("not no never do does did is are was were has have had n't any either".split())


def _denials(claims: Iterable[str]) -> frozenset[str]:
    """The words that the denials of claims may hold."""
    told = _words(" ".join(claims))
    plain = {base(word, tag) for word in told for tag in ("VBZ", "VBD")}
    return frozenset(plain.union(told))


def _faults(old: list[Read], new: list[Read], given: frozenset[str]) -> Iterator[str]:
    same = {_said(sentence) for sentence in old} & {_said(sentence) for sentence in new}
    first = [_tree(sentence) for sentence in old if _said(sentence) not in same]
    second = [_tree(sentence) for sentence in new if _said(sentence) not in same]
    if len(first) != len(second):
        yield "is cut into other sentences"
        return
    for before, after in zip(first, second, strict=True):
        yield from sentence_faults(before, after, given)


def _said(sentence: Read) -> str:
    tree = _tree(sentence)
    return str(tree.text[tree.words[0].start : tree.end])


def _tree(sentence: Read) -> Any:
    return sentence.first if sentence.invented else sentence.tree


def _without_frames(target: Target, pointer: str, text: str) -> str:
    frames = [(s.start, s.end) for s in frames_of(target) if s.pointer == pointer]
    content = [(s.start, s.end) for s in contents_of(target) if s.pointer == pointer]
    passages = passages_of(text, frames, content)
    return strip(text, [(p.start, p.end) for p in passages if p.frame]).text


def _sentences(text: str) -> list[str]:
    """The sentences of a text; a speaker's name in front of one counts as one."""
    found: list[str] = []
    for unit in split_units(text):
        turn = TURN.match(text, unit.start)
        start = unit.start
        if turn is not None and turn.end() < unit.end:
            found.append(turn["label"])
            start = turn.end()
        found.append(text[start : unit.end])
    return found


def _compared(
    old: Sequence[str], new: Sequence[str], text: str
) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of a sentence and its rewrite, and new sentences that are none of the text's."""
    pairs: list[tuple[str, str]] = []
    added: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            changed = [sentence for sentence in new[c:d] if sentence not in text]
            _pair_up(list(old[a:b]), changed, pairs, added)
    return pairs, added


def _pair_up(
    old: list[str], new: Sequence[str], pairs: list[tuple[str, str]], added: list[str]
) -> None:
    for text in new:
        best = max(old, key=lambda other: _likeness(other, text), default="")
        if best and _likeness(best, text) >= ALIKE:
            pairs.append((best, text))
            old.remove(best)
        else:
            added.append(text)


def _likeness(text: str, other: str) -> float:
    return SequenceMatcher(None, text.split(), other.split(), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return [m.group().lower().removesuffix("'s").removesuffix("’s") for m in WORD.finditer(text)]


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= 60 else f"{words[:57]}...")
