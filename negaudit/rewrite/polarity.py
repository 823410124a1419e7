"""Words that change when their clause is negated: some, already, too, once, still."""

from __future__ import annotations

from negaudit.rewrite.clauses import Clause, Form
from negaudit.rewrite.lexicon import FOCUS, SOME_WORDS, words
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["adverb_negation", "polarity_edits"]

# Adverbs whose negative counterpart negates the clause alone.
COUNTERPARTS = {
    "once": "never",
    "sometimes": "never",
    "occasionally": "never",
    "still": "no longer",
}
# "It did not take a few days": no "any days".
MEASURES = words(
    "seconds minutes hours days weeks months years decades miles kilometers kilometres meters "
    "metres feet inches pounds dollars cents times steps"
)
POLAR = SOME_WORDS.keys() | {"already", "few"}
OTHER_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "csubj", "parataxis"})


def adverb_negation(clause: Clause) -> list[Edit] | None:
    """Turns "once lived" into "never lived"; None where no such adverb is at the verb."""
    if clause.form is not Form.FINITE or clause.inverted:
        return None
    for word in clause.verb.children:
        new = COUNTERPARTS.get(word.lower)
        if new and word.dep == "advmod" and _is_medial(clause, word):
            return [Edit(word.start, word.end, new)]
    return None


def _is_medial(clause: Clause, word: Word) -> bool:
    """Whether the adverb stands between subject and verb, or right behind the operator."""
    if word.lower == "once" and any(c.tag in {"CD", "DT"} for c in word.children):
        return False
    if clause.subject is not None and word.index < clause.subject.first():
        return False
    if clause.finite.index < word.index < clause.verb.index:
        return True
    before = word.previous
    if clause.finite is clause.verb and before is clause.verb:
        return clause.lemma == "be"
    # "and still managed" means "all the same"; "and still manages" does not.
    shared = clause.subject is not None or clause.finite.tag in {"VBZ", "VBP"}
    return word.index == clause.finite.index - 1 and shared


def polarity_edits(sentence: Sentence, clause: Clause, start: int) -> list[Edit]:
    """Edits on the words of the clause that stand behind the character `start`."""
    edits: list[Edit] = []
    for word in sentence.words:
        if word.lower not in POLAR or word.start < start or not _is_covered(word, clause):
            continue
        if word.lower == "few":
            edits += _a_few(clause, word, start)
        elif not _has_focus(clause) and (new := _changed(word)):
            edits.append(Edit(word.start, word.end, new))
    return edits + _at_the_end(sentence, clause, start)


def _has_focus(clause: Clause) -> bool:
    """Whether an "only" in front of the verb takes the negation."""
    return any(c.lower in FOCUS and c.index < clause.verb.index for c in clause.verb.children)


def _is_covered(word: Word, clause: Clause) -> bool:
    """Whether the negation covers the word: not in other clauses, nor in the subject."""
    above: Word | None = word
    while above is not clause.verb:
        if above is None or above.dep in OTHER_CLAUSES or above is clause.subject:
            return False
        if above.dep == "conj" and above.tag.startswith("VB"):
            return False
        above = above.head
    return True


def _changed(word: Word) -> str | None:
    if word.lower == "already" and word.dep == "advmod":
        return "yet"
    new = SOME_WORDS.get(word.lower)
    if new is None or word.text[0].isupper():
        return None
    following = word.following
    if word.lower == "some" and (following is None or following.tag == "CD"):
        return None
    if word.lower == "something" and following is not None and following.lower in {"of", "like"}:
        return None
    return new


def _a_few(clause: Clause, few: Word, start: int) -> list[Edit]:
    """Turns the "a few" of an object into "any"."""
    article, noun = few.previous, few.following
    if article is None or article.lower != "a" or article.start < start or _is_counted(article):
        return []
    if (
        noun is None
        or noun.tag != "NNS"
        or noun.lower in MEASURES
        or few.head is not clause.verb.child("dobj")
    ):
        return []
    return [Edit(article.start, few.end, "any")]


def _is_counted(article: Word) -> bool:
    """Whether this is the "a" of "only a few"."""
    before = article.previous
    return before is not None and before.lower in {"only", "just", "quite"}


def _at_the_end(sentence: Sentence, clause: Clause, start: int) -> list[Edit]:
    """A "too" or "as well" that closes the sentence or the clause becomes "either"."""
    last = sentence.words[-1]
    while not last.text[-1].isalnum() and (before := last.previous):
        last = before
    ends = [c for c in clause.verb.children if c.following is not None and c.following.text == ","]
    return [
        edit
        for word in dict.fromkeys((*ends, last))
        if word.start >= start and (edit := _either(word)) is not None
    ]


def _either(word: Word) -> Edit | None:
    if word.lower == "too":
        return Edit(word.start, word.end, "either")
    before = word.previous
    if word.lower == "well" and before is not None and before.lower == "as":
        return Edit(before.start, word.end, "either")
    return None
