"""Checks one sentence against the one that it was made of, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from negaudit.rewrite.claims import related
from negaudit.rewrite.clauses import SUBJECTS, clause_of, is_negative
from negaudit.rewrite.lexicon import NEGATIVE_ADVERBS, NEGATIVE_NOUNS, NEGATORS, words
from negaudit.rewrite.pruning import loose_phrase
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["anchors", "sentence_faults"]

WORD = re.compile(r"[^\W_]+(?:['’.:,/-][^\W_]+)*")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
# Words that speak of what is said and not of the world.
STATUS = words(
    "false falsely untrue incorrect incorrectly inaccurate inaccurately wrong wrongly mistaken "
    "mistakenly erroneous erroneously fabricated fictional fictitious invented myth hoax alleged "
    "allegedly supposed supposedly purported purportedly claimed claims claiming rumor rumour "
    "rumored rumoured debunked disproven unverified unconfirmed misinformation disinformation "
    "contrary document article text passage excerpt account narrative assertion statement claim "
    "lie lies falsehood bogus fake"
)
FUNCTION = words(
    "not no never nor neither none nobody nothing any anyone anybody anything either or and but do "
    "does did doesn don didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn can "
    "cannot could will would has have had been be is are was were am being by of a an the who "
    "which that it he she they his her their its case yet longer ever many much few every all not "
    "in on at to as for with from there such own so even"
)
TITLES = words("dr doctor mr mrs ms prof professor sir dds dmd md phd rn dvm jd esq facs")
FEW = 0.2  # of the words of a phrase that is gone
LONGEST = 40  # characters that a sentence may grow by, beside a quarter of it


def sentence_faults(
    before: Sentence,
    after: Sentence,
    given: frozenset[str],
    common: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """What is wrong with a sentence as a rewrite of another; nothing where all is well.

    Where a claim is known and denied, phrases that the sentence can do without may be gone whole.

    Args:
        before: The sentence as it was.
        after: The sentence that took its place.
        given: Words in lower case that it may hold besides: those of the claims, and names that
            stand elsewhere in the text.
        common: Words in lower case that it may leave out even where they have a capital, as in
            a headline: those of the claims that name nobody.
    """
    yield from _polarity(before, after)
    yield from _stance(before, after)
    old, new = anchors(before.text), anchors(after.text)
    said = [word.lower for word in after.words]
    cuts = bool(common) and _negatives(after) > _negatives(before)
    for lost in sorted(old - new - TITLES - common):
        kept = any(_same_verb(word, lost) for word in said)
        if not (kept or (cuts and _is_cut(before, said, lost))):
            yield f"loses {lost!r}"
    for added in sorted(new - old - given):
        yield f"adds {added!r}"
    yield from _new_words(before, after, given)
    if len(after.text) > len(before.text) * 1.25 + LONGEST:
        yield "is much longer"


def anchors(text: str) -> frozenset[str]:
    """Numbers, and names: capitalised words that do not open the sentence, in lower case."""
    found = {match.group() for match in NUMBER.finditer(text)}
    opening = True
    for match in WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and not opening and word not in {"I", "I'm", "I’m"}:
            found.add(word.removesuffix("'s").removesuffix("’s").rstrip(".").lower())
        between = text[match.end() : match.end() + 2]
        opening = bool(re.match(r"[.!?:\"“”—]", between))
    return frozenset(found)


def _is_cut(before: Sentence, said: list[str], lost: str) -> bool:
    """Whether a name or number went with all of a phrase that its sentence can do without."""
    parts = {lost, *lost.split("-")}
    places = [
        word
        for word in before.words
        if not parts.isdisjoint((word.lower, *NUMBER.findall(word.lower)))
    ]
    return bool(places) and all(_goes_whole(before, word, said) for word in places)


def _goes_whole(before: Sentence, word: Word, said: list[str]) -> bool:
    top = loose_phrase(before, word)
    while top is not None:
        inside = {w.lower for w in top.subtree() if len(w.text) > 3}
        rest = {w.lower for w in before.words if not top.first() <= w.index <= top.last()}
        # A word or two may be said of something else: "the practice" beside "does not practice".
        if len((inside - rest).intersection(said)) <= len(inside) * FEW:
            return True
        top = loose_phrase(before, top.head) if top.head is not None else None
    return False


def _polarity(before: Sentence, after: Sentence) -> Iterator[str]:
    if any(_is_double(word) for word in after.words):
        yield "negates one clause twice"
    gained = max(
        _negatives(after) - _negatives(before), _negators(after) - _negators(before), key=abs
    )
    if gained < 0:
        yield "takes a negation away"
    elif gained == 0 and not _is_subset(before, after):
        yield "changes the sentence without denying it"
    if late := next((w for w in after.words if _is_late(w)), None):
        yield f"denies with {late.text!r} behind the predicate"


def _negatives(tree: Sentence) -> int:
    """How many clauses and appositions are negative."""
    return sum(_is_denied(word) for word in tree.words)


def _negators(tree: Sentence) -> int:
    return sum(word.lower in NEGATORS | NEGATIVE_NOUNS | {"no"} for word in tree.words)


def _is_denied(word: Word) -> bool:
    if word.tag.startswith("VB") or word.tag == "MD" or word.head is None:
        return is_negative(clause_of(word))
    return word.dep == "appos" and any(c.lower == "not" for c in word.children)


def _is_double(verb: Word) -> bool:
    """Whether a clause has two negations ("did not win no gold", "nobody did not")."""
    if not (verb.tag.startswith("VB") or verb.tag == "MD"):
        return False
    at_verb = [
        c for c in verb.children
        if (c.lower in NEGATORS - {"nor", "neither"} or c.lower in NEGATIVE_ADVERBS)
        and (c.previous is None or c.previous.text != ",")
    ]  # fmt: skip
    in_subject = [
        w for c in verb.children if c.dep in SUBJECTS for w in (c, *c.children)
        if w.lower in NEGATIVE_NOUNS | {"no"}
    ]  # fmt: skip
    objects = [
        w for c in verb.children if c.dep in {"dobj", "attr"} for w in (c, *c.children)
        if w.lower in NEGATIVE_NOUNS | {"no"}
    ]  # fmt: skip
    return len(at_verb) + bool(in_subject) + bool(objects) > 1


def _is_late(word: Word) -> bool:
    """Whether "not" stands behind the predicate that it denies ("won the race not")."""
    verb = word.head
    if word.dep != "neg" or verb is None or word.index < verb.index:
        return False
    if not verb.tag.startswith("VB"):
        return False
    finite = clause_of(verb).lemma in {"be", "have", "do"} or verb.tag == "MD"
    return not finite and word.index > verb.index + 1


def _stance(before: Sentence, after: Sentence) -> Iterator[str]:
    """Words that comment on the sentence where it should speak of the world."""
    known = [word.lower for word in before.words]
    for word in after.words:
        if word.lower in STATUS and not any(_same_verb(word.lower, other) for other in known):
            yield f"comments with {word.text!r}"
            return


def _new_words(before: Sentence, after: Sentence, given: frozenset[str]) -> Iterator[str]:
    """Words that neither the sentence nor negation accounts for."""
    known = [word.lower for word in before.words]
    new = [
        word.text
        for word in after.words
        if word.text[0].isalpha() and not _is_known(word.lower, known, given)
    ]
    if len(new) > max(1, len(after.words) // 8):
        yield f"says something else: {', '.join(map(repr, new[:4]))}"


def _is_known(word: str, known: list[str], given: frozenset[str]) -> bool:
    plain = word.removesuffix("'s")
    if plain in FUNCTION or plain in given or word.startswith(("n't", "'")):
        return True
    return any(plain == other or _same_verb(plain, other) for other in known)


def _same_verb(word: str, other: str) -> bool:
    from negaudit.rewrite.inflection import base

    if word == other or related(word, other) or related(other, word):
        return True
    return any(base(other, tag) == word for tag in ("VBD", "VBZ", "VBN", "VBG"))


def _is_subset(before: Sentence, after: Sentence) -> bool:
    """Whether a sentence only lost words, or got a name for a pronoun or a description."""
    known = {word.lower for word in before.words}
    new = [w for w in after.words if w.lower not in known and w.text[0].isalpha()]
    return all(word.tag in {"NNP", "POS"} or word.text[0].isupper() for word in new)
