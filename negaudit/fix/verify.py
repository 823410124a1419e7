"""Verifies rewrites before they are applied, whether a rule or a language model wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from negaudit.fix.apply import apply, place
from negaudit.fix.comparison import NEGATION, compared, cut
from negaudit.fix.pointer import NowhereError
from negaudit.fix.record import Drop, Proposal, Replace, SetMember, Target
from negaudit.fix.remedies.places import contents_of, frames_of
from negaudit.records import Exhibit, Finding, Kind, Record
from negaudit.rewrite.check import FUNCTION, WORD, sentence_faults
from negaudit.rewrite.claims import ROLE_VERBS, related
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import NEGATORS
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.passages import passages_of
from negaudit.rewrite.reading import Read, read

__all__ = ["Lint", "framings", "linted", "verify"]


class Claims(msgspec.Struct, frozen=True):
    """The false claims as words in lower case.

    Attributes:
        words: All that their denials may hold.
        common: Those that name nobody, which a rewrite may leave out.
        telling: Those of them that carry meaning: what has none of them does not tell the claim.
    """

    words: frozenset[str]
    common: frozenset[str]
    telling: frozenset[str]


Lint = Callable[[object], Sequence[Finding]]
"""Takes a record, decoded from JSON, and gives its findings."""

GROWTH = 1.3  # how much longer than its content a rewritten text may be
ROOM = 200  # characters beside that
LEADS = (" — ", " – ", ": ")  # what stands between a dateline or a label and its sentence


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
    words = _claims(claims)
    for operation in proposal.operations:
        if isinstance(operation, SetMember | Drop) or operation.pointer not in contents:
            continue
        faults += _text_faults(target, operation, words, nlp)
    return tuple(dict.fromkeys(faults))


def linted(value: object) -> list[Finding]:
    """The findings of one record, by the shipped rules."""
    return [exhibit.finding for exhibit in framings(value)]


def framings(value: object) -> list[Exhibit]:
    """The findings of one record with their text, by the shipped rules."""
    from negaudit.shapes import segments_of

    shape, segments = segments_of(value)
    record = Record("<record>", 0, None, shape, segments)
    return list(_finder().find(record))


@lru_cache(maxsize=1)
def _finder() -> Any:
    from negaudit.find.finder import Finder
    from negaudit.find.rule_files import load_rule_set

    return Finder(load_rule_set())


def _text_faults(target: Target, operation: Replace, claims: Claims, nlp: Any) -> Iterator[str]:
    """What is wrong with one rewritten string."""
    old = place(target.value, operation.pointer)
    new = operation.text
    if not isinstance(old, str):
        return
    pieces = _pieces_of(target, operation.pointer, old)
    before = " ".join(pieces)
    if not any(c.isalnum() for c in new):
        yield "leaves nothing of the text"
        return
    written = cut(new)
    if len(" ".join(written)) > GROWTH * len(before) + ROOM:
        yield "the text grows"
    pairs, added = compared(pieces, written)
    if not pairs and not added and len(pieces) == len(written):
        yield "denies nothing: only the frames are gone"
    pipeline = nlp if nlp is not None else load_parser()
    yield from _pair_faults(pairs, added, frozenset(_words(before)), claims, pipeline)


def _pair_faults(
    pairs: Sequence[tuple[str, str]],
    added: Sequence[str],
    text: frozenset[str],
    claims: Claims,
    nlp: Any,
) -> Iterator[str]:
    # The claim's own denial may stand for any sentence that told it.
    rewritten = [pair for pair in pairs if not _denies(pair[1], text, claims)]
    parsed = read([text for pair in rewritten for text in pair] + list(added), nlp)
    for number, (_, after) in enumerate(rewritten):
        old, new = parsed[2 * number], parsed[2 * number + 1]
        for fault in _faults(old, new, text | claims.words, claims):
            yield f"{_shown(after)}: {fault}"
    for sentence in added:
        if not _denies(sentence, text, claims):
            yield f"{_shown(sentence)}: is a sentence that the text did not have"


def _denies(sentence: str, text: frozenset[str], claims: Claims) -> bool:
    """Whether a sentence is the denial of a claim, behind the text's own dateline or label."""
    label, mark, rest = sentence.rpartition(next((m for m in LEADS if m in sentence), "\0"))
    said = rest if mark and set(_words(label)) <= text else sentence
    return bool(claims.words) and set(_words(said)) <= claims.words | NEGATION


def _claims(claims: Iterable[str]) -> Claims:
    told = " ".join(claims)
    found = _words(told)
    plain = {base(word, tag) for word in found for tag in ("VBZ", "VBD")}
    common = {m.group() for m in WORD.finditer(told) if m.group().isalpha() and m.group().islower()}
    bare = {word for word in common - FUNCTION if base(word, "VBZ") not in ROLE_VERBS}
    return Claims(frozenset(plain.union(found)), frozenset(common), frozenset(bare))


def _faults(
    old: list[Read], new: list[Read], given: frozenset[str], claims: Claims
) -> Iterator[str]:
    same = {_said(sentence) for sentence in old} & {_said(sentence) for sentence in new}
    first = [_tree(sentence) for sentence in old if _said(sentence) not in same]
    second = [_tree(sentence) for sentence in new if _said(sentence) not in same]
    if len(first) != len(second):
        yield "is cut into other sentences"
        return
    for before, after in zip(first, second, strict=True):
        if not _is_cut(before.text, after.text, given, claims.telling):
            yield from sentence_faults(before, after, given, claims.common)


def _is_cut(before: str, after: str, given: frozenset[str], telling: frozenset[str]) -> bool:
    """Whether a sentence lost the phrases that told the claim, and nothing that denied."""
    old, new = Counter(_words(before)), Counter(_words(after))
    lost = old - new
    denied = any(word in NEGATORS or word.endswith(("n't", "n’t")) for word in lost)
    told = any(word == term or related(word, term) for word in new for term in telling)
    return bool(telling and lost) and not (denied or told) and given >= (new - old).keys()


def _said(sentence: Read) -> str:
    tree = _tree(sentence)
    return str(tree.text[tree.words[0].start : tree.end])


def _tree(sentence: Read) -> Any:
    return sentence.first if sentence.invented else sentence.tree


def _pieces_of(target: Target, pointer: str, text: str) -> list[str]:
    """The sentences of a string, frames aside; what a frame cut in two counts twice."""
    frames = [(s.start, s.end) for s in frames_of(target) if s.pointer == pointer]
    content = [(s.start, s.end) for s in contents_of(target) if s.pointer == pointer]
    return [
        piece
        for passage in passages_of(text, frames, content)
        if not passage.frame
        for piece in cut(text[passage.start : passage.end])
    ]


def _words(text: str) -> list[str]:
    return [m.group().lower().removesuffix("'s").removesuffix("’s") for m in WORD.finditer(text)]


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= 60 else f"{words[:57]}...")
