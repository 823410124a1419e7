"""Verbs that the parser hung up in the wrong place.

In "Data obtained in May had shown ..." it may take "obtained" for the main verb; the finite
verb that follows without a subject of its own gives the slip away.
"""

from __future__ import annotations

from negaudit.rewrite.inflection import fits_participle
from negaudit.rewrite.lexicon import COPULAS
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["leave_garden_path"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
FINITE = frozenset({"VBZ", "VBD", "VBP"})
PARTS = frozenset({"DT", "CD", "JJ", "JJS", "NN", "RBS", "PDT"})
LOOSE = frozenset({"dep", "ccomp", "conj", "xcomp", "parataxis"})


def leave_garden_path(sentence: Sentence) -> None:
    """Make the later verb the root, in place, where the first can only be a participle."""
    _unfold_relative(sentence)
    _raise_gerund(sentence)
    _raise_from_noun(sentence)
    _raise_from_question(sentence)
    _raise_copula(sentence)
    _part_question(sentence)
    _lower_absolute(sentence)
    _part_commands(sentence)
    for word in sentence.words:
        _open_report(word)
    first = sentence.root
    subject = next((c for c in first.children if c.dep in SUBJECTS and c.index < first.index), None)
    if subject is None or first.tag not in {"VBD", "VBN"} or _has_auxiliary(first):
        return
    if not fits_participle(first.text):
        return
    later = next((c for c in first.children if _is_bereft(c, first)), None)
    if later is not None:
        _reroot(sentence, subject, later)


def _unfold_relative(sentence: Sentence) -> None:
    """Make "The violinist Paganini had six fingers" a clause, where it was one noun phrase."""
    noun = sentence.root
    verb = next((c for c in noun.children if c.dep == "relcl"), None)
    if not noun.tag.startswith("NN") or verb is None or verb.tag not in FINITE:
        return
    name = next((c for c in verb.children if c.dep == "nsubj"), None)
    if name is None or name.tag != "NNP" or name.first() != noun.index + 1:
        return
    moved = [c for c in noun.children if c.index > verb.index]
    noun.children = [c for c in noun.children if c.index < verb.index]
    verb.children = sorted([*verb.children, *moved], key=lambda w: w.index)
    for child in moved:
        child.head = verb
    name.children = sorted([*name.children, noun], key=lambda w: w.index)
    noun.head, noun.dep = name, "compound"
    verb.head, verb.dep = None, "ROOT"
    sentence.root = verb


def _raise_gerund(sentence: Sentence) -> None:
    """Make "Stretching before bed helps" a clause about stretching, where bed helped."""
    gerund = sentence.root
    preposition = next((c for c in gerund.children if c.dep == "prep" and not c.children), None)
    verb = next((c for c in gerund.children if c.tag == "VBZ" and c.dep in LOOSE | {"advcl"}), None)
    if gerund.tag != "VBG" or gerund.index or preposition is None or verb is None:
        return
    noun = verb.child("nsubj")
    if noun is None or noun.first() != preposition.index + 1 or verb.child("mark") is not None:
        return
    verb.children.remove(noun)
    noun.head, noun.dep = preposition, "pobj"
    preposition.children = [noun]
    moved = [c for c in gerund.children if c.index > verb.index]
    gerund.children = [c for c in gerund.children if c.index < verb.index]
    verb.children = sorted([gerund, *verb.children, *moved], key=lambda w: w.index)
    for child in (gerund, *moved):
        child.head = verb
    gerund.dep = "csubj"
    verb.head, verb.dep = None, "ROOT"
    sentence.root = verb


def _raise_from_noun(sentence: Sentence) -> None:
    """Make "proves" the main verb of "The fact that ice floats proves that it is hollow"."""
    noun = sentence.root
    verb = next((c for c in noun.children if c.dep == "acl" and c.tag == "VBZ"), None)
    if not noun.tag.startswith("NN") or verb is None or sentence.mark not in {".", "!"}:
        return
    inner, mark = verb.child("nsubj"), verb.child("mark")
    if inner is None or inner.tag != "NNS" or mark is None or mark.lower != "that":
        return
    if inner.child("compound") is None or inner.index != verb.index - 1:
        return
    mark.head, inner.head, inner.dep = noun, noun, "acl"
    kept = [c for c in noun.children if c.index < verb.index]
    moved = [c for c in noun.children if c.index > verb.index]
    noun.children = sorted([*kept, mark, inner], key=lambda w: w.index)
    rest = [c for c in verb.children if c.index > verb.index]
    verb.children = [noun, *rest, *moved]
    for child in moved:
        child.head = verb
    noun.head, noun.dep = verb, "nsubj"
    verb.head, verb.dep = None, "ROOT"
    sentence.root = verb


def _raise_from_question(sentence: Sentence) -> None:
    """Make "is known" the main verb of "Who built the mill is known to all"."""
    verb = sentence.root
    asker = verb.child("nsubj")
    later = next((c for c in verb.children if c.dep == "ccomp" and c.index > verb.index), None)
    if asker is None or asker.tag != "WP" or asker.index or later is None or sentence.mark == "?":
        return
    noun = later.child("nsubj", "nsubjpass")
    if noun is None or noun.first() != verb.index + 1 or later.child("mark") is not None:
        return
    later.children.remove(noun)
    moved = [c for c in verb.children if c.index > later.index]
    verb.children = [*(c for c in verb.children if c.index < verb.index), noun]
    later.children = [verb, *later.children, *moved]
    for child in moved:
        child.head = later
    noun.head, noun.dep = verb, "dobj"
    verb.head, verb.dep = later, "csubj"
    later.head, later.dep = None, "ROOT"
    sentence.root = later


def _raise_copula(sentence: Sentence) -> None:
    """Make "is" the main verb of "What makes the sky blue is spilled paint"."""
    noun = sentence.root
    participle = noun.child("amod")
    copula = None if participle is None else participle.child("auxpass")
    if participle is None or copula is None or not noun.tag.startswith("NN"):
        return
    if copula.child(*SUBJECTS) is None:
        return
    participle.children.remove(copula)
    moved = [c for c in noun.children if c.dep == "punct"]
    noun.children = [c for c in noun.children if c.dep != "punct"]
    copula.children = sorted([*copula.children, noun, *moved], key=lambda w: w.index)
    for child in moved:
        child.head = copula
    noun.head, noun.dep = copula, "attr"
    copula.head, copula.dep = None, "ROOT"
    sentence.root = copula


def _part_commands(sentence: Sentence) -> None:
    """Set "Boil the water, then stir" beside each other, where boiling was to stir."""
    verb = sentence.root
    first = verb.child("nsubj", "csubj")
    commands = verb.tag == "VB" and first is not None and first.tag == "VB"
    if commands and first is not None and first.index == 0 and not _has_auxiliary(verb):
        first.dep = "ccomp"


def _lower_absolute(sentence: Sentence) -> None:
    """Put "all of them made of clay" under the clause in front of it."""
    participle = sentence.root
    clause, part = participle.child("ccomp"), participle.child("nsubj", "nsubjpass")
    if clause is None or part is None or _has_auxiliary(participle):
        return
    of = part.child("prep")
    if participle.tag != "VBN" or of is None or of.lower != "of" or part.tag not in PARTS:
        return
    if not clause.index < part.index or clause.child(*SUBJECTS) is None:
        return
    participle.children = [c for c in participle.children if c is not clause]
    clause.children = [*clause.children, participle]
    participle.head, participle.dep = clause, "advcl"
    clause.head, clause.dep = None, "ROOT"
    sentence.root = clause


def _part_question(sentence: Sentence) -> None:
    """Give "Is water wet?" its subject, where "water wet" was one phrase."""
    copula = sentence.root
    adjective = copula.child("acomp", "attr")
    if copula.index or copula.child(*SUBJECTS) is not None or sentence.mark != "?":
        return
    if adjective is None or copula.lower not in COPULAS:
        return
    second = adjective.child("dobj")
    if adjective.tag.startswith("NN") and second is not None:
        adjective.dep = "nsubj"
        adjective.children.remove(second)
        copula.children = sorted([*copula.children, second], key=lambda w: w.index)
        second.head, second.dep = copula, "attr"
    if adjective.tag != "JJ":
        return
    noun = next((c for c in adjective.children if c.dep in {"compound", "npadvmod"}), None)
    if noun is None or noun.index != adjective.index - 1:
        return
    adjective.children.remove(noun)
    copula.children = sorted([*copula.children, noun], key=lambda w: w.index)
    noun.head, noun.dep = copula, "nsubj"


def _open_report(word: Word) -> None:
    """Make "shown that coffee stunts growth" a clause, where "that coffee stunts" was a noun."""
    verb = word.head
    if word.tag not in FINITE or word.dep not in {"dative", "dobj"} or verb is None:
        return
    that = word.child("det")
    subject = next((c for c in reversed(word.children) if c.dep == "compound"), None)
    if that is None or that.lower != "that" or subject is None or that.index > subject.index:
        return
    word.dep, that.dep, subject.dep = "ccomp", "mark", "nsubj"
    that.tag = "IN"


def _has_auxiliary(word: Word) -> bool:
    return any(c.dep in {"aux", "auxpass"} for c in word.children)


def _is_bereft(word: Word, first: Word) -> bool:
    """Whether a finite verb behind the first one has neither subject nor conjunction."""
    if word.dep not in LOOSE or word.index < first.index:
        return False
    left = [c for c in word.children if c.index < word.index]
    if any(c.dep in SUBJECTS | {"mark", "cc", "punct"} or c.tag == "TO" for c in left):
        return False
    between = [c for c in first.children if first.index < c.index < word.index]
    if any(c.dep in {"cc", "punct"} for c in between):
        return False
    auxiliary = next((c for c in left if c.dep in {"aux", "auxpass"}), word)
    return auxiliary.tag in {"VBZ", "VBD", "MD", "VBP"} and auxiliary.lower != "to"


def _reroot(sentence: Sentence, subject: Word, later: Word) -> None:
    first = sentence.root
    moved = [c for c in first.children if c.index <= subject.index or c.index > later.index]
    first.children = [c for c in first.children if c not in moved and c is not later]
    for word in moved:
        word.head = later
    later.children = sorted([*later.children, *moved], key=lambda w: w.index)
    first.dep, first.tag, first.head = "acl", "VBN", subject
    subject.children = sorted([*subject.children, first], key=lambda w: w.index)
    later.dep, later.head = "ROOT", None
    sentence.root = later
