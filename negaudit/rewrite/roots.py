"""Clauses whose main verb the parser put under a noun or under an earlier verb.

In "Data obtained in May had shown ..." it may take "obtained" for the main verb; the finite
verb that follows without a subject of its own gives the slip away.
"""

from __future__ import annotations

from negaudit.rewrite.clauses import FINITE, SUBJECTS, TENSES
from negaudit.rewrite.inflection import base, can_be_plural, can_be_verb, fits_participle
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["LOOSE", "raise_above", "raise_later_root", "raise_root"]

PARTS = frozenset({"DT", "CD", "JJ", "JJS", "NN", "RBS", "PDT"})
BASES = frozenset({"VB", "VBP"})
# Verbs with a bare infinitive: "helps clean".
WITH_BASE = words("help let make see hear watch feel have dare need go come")
LOOSE = frozenset({"dep", "ccomp", "conj", "xcomp", "parataxis"})


def raise_root(sentence: Sentence) -> None:
    """Make the verb the root, in place, where a noun in front of it was."""
    if sentence.root.tag[:2] in {"NN", "JJ"}:
        _unfold_relative(sentence)
        _raise_plural(sentence)
        _raise_from_noun(sentence)
        _raise_copula(sentence)
        _raise_behind_label(sentence)
    if sentence.words[0].tag == "VBG":
        _raise_from_gerund(sentence)
    tag = sentence.root.tag
    if tag == "VB":
        _raise_behind_purpose(sentence)
    elif tag == "VBN":
        _raise_behind_participle(sentence)
        _lower_absolute(sentence)
    _raise_from_question(sentence)


def raise_later_root(sentence: Sentence) -> None:
    """Make a later verb the root, in place, where the first can be none."""
    _raise_later(sentence)
    _raise_behind_plural(sentence)


def raise_above(sentence: Sentence, verb: Word, dep: str) -> None:
    """Make a verb the root, and give it what stands behind it and the old root."""
    old = sentence.root
    late = [c for c in old.children if c.index > max(verb.index, old.index)]
    sentence.raise_verb(verb, dep)
    for child in late:
        child.hang(verb)


def _unfold_relative(sentence: Sentence) -> None:
    """Make "The violinist Paganini had six fingers" a clause, where it was one noun phrase.

    "The latest phone holds the record" as well, where it was the latest that the phone holds.
    """
    noun = sentence.root
    verb, adjective = noun.child("relcl"), noun.tag.startswith("JJ")
    if not (adjective or noun.tag.startswith("NN")) or verb is None or verb.tag not in TENSES:
        return
    name = verb.child("nsubj")
    if name is None or name.first() != noun.index + 1:
        return
    if not (adjective or name.tag == "NNP" or name.text[0].isupper()):
        return
    raise_above(sentence, verb, "amod" if adjective else "compound")
    noun.hang(name)


def _raise_plural(sentence: Sentence) -> None:
    """Make "Ajax hold the lead" a clause: a team is plural in Britain."""
    noun = sentence.root
    verb = noun.child("xcomp")
    if verb is None or noun.tag not in {"NN", "NNP"} or verb.previous is not noun:
        return
    if verb.tag == "VB" and not verb.supported:
        verb.tag = "VBP"
        raise_above(sentence, verb, "nsubj")


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
    mark.hang(noun)
    inner.hang(noun, "acl")
    raise_above(sentence, verb, "nsubj")


def _raise_copula(sentence: Sentence) -> None:
    """Make "is" the main verb of "Amber is petrified honey"."""
    noun = sentence.root
    participle = noun.child("amod")
    copula = None if participle is None else participle.child("auxpass")
    if participle is None or copula is None or not noun.tag.startswith("NN"):
        return
    subject = copula.child(*SUBJECTS) or participle.child(*SUBJECTS)
    if subject is not None and subject.index < copula.index:
        raise_above(sentence, copula, "attr")
        subject.hang(copula)


def _raise_behind_label(sentence: Sentence) -> None:
    """Make "are" the main verb of "fun fact: koalas are bears", where the fact was the root."""
    label = sentence.root
    verb = next((c for c in label.children if c.child("nsubj", "nsubjpass", "expl")), None)
    if verb is None or not label.tag.startswith("NN"):
        return
    colon = verb.leftmost().previous if verb.leftmost().text != ":" else verb.leftmost()
    if colon is not None and colon.text == ":" and colon.index > label.index:
        raise_above(sentence, verb, "dep")


def _raise_from_gerund(sentence: Sentence) -> None:
    """Make "Drinking tea before bed helps" a clause about drinking, where bed helped."""
    gerund, head = sentence.words[0], sentence.root
    verb = next((c for c in head.children if c.tag == "VBZ" and c.dep in LOOSE | {"advcl"}), None)
    noun = None if verb is None else verb.child("nsubj")
    if (gerund.head or head) is not head or verb is None or noun is None:
        return
    if gerund.dep == "csubj" and head.tag.startswith("VB"):
        return
    preposition = sentence.words[noun.first()].previous
    if preposition is None or preposition.children or preposition.dep not in {"prep", "mark"}:
        return
    if preposition.tag != "IN" or (verb.child("mark") or preposition) is not preposition:
        return
    preposition.hang(head, "prep")
    noun.hang(preposition, "pobj")
    raise_above(sentence, verb, "csubj" if head is gerund else "nsubj")


def _raise_behind_purpose(sentence: Sentence) -> None:
    """Make "pour" the main verb of "To fix it, pour water over it", where it was a second aim."""
    aim = sentence.root
    verb = aim.child("conj")
    if sentence.words[0].head is not aim or sentence.words[0].tag != "TO" or verb is None:
        return
    comma = verb.leftmost().previous
    if verb.tag == "VB" and not verb.supported and comma is not None and comma.text == ",":
        raise_above(sentence, verb, "advcl")


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
    noun.hang(verb, "dobj")
    raise_above(sentence, later, "csubj")


def _raise_behind_participle(sentence: Sentence) -> None:
    """Make "is" the main verb of "Carved over the door is a date"."""
    participle = sentence.root
    copula = participle.child("auxpass", "aux")
    if copula is None or copula.index < participle.index:
        return
    if copula.child("attr") is not None and participle.child(*SUBJECTS) is None:
        raise_above(sentence, copula, "advcl")


def _lower_absolute(sentence: Sentence) -> None:
    """Put "all of them made of clay" under the clause in front of it."""
    participle = sentence.root
    clause, part = participle.child("ccomp"), participle.child("nsubj", "nsubjpass")
    if clause is None or part is None or participle.supported:
        return
    of = part.child("prep")
    if participle.tag != "VBN" or of is None or of.lower != "of" or part.tag not in PARTS:
        return
    if clause.index < part.index and clause.child(*SUBJECTS) is not None:
        sentence.raise_verb(clause, "advcl")


def _raise_later(sentence: Sentence) -> None:
    """Make the later verb the root, where the first can only be a participle."""
    first = sentence.root
    subject = first.child(*SUBJECTS)
    if subject is None or subject.index > first.index or first.tag not in {"VBD", "VBN"}:
        return
    if first.supported or not fits_participle(first.text):
        return
    # "The mine, closed since 1962, produced zinc": commas set the participle off.
    aside = first.previous is not None and first.previous.text == ","
    bare = subject.tag == "NNS" and base(first.text, first.tag) not in WITH_BASE
    tags = FINITE | BASES if bare else FINITE
    if "VBD" not in can_be_verb(first.text):
        tags |= {"VBN"}  # "Patients given the drug improved"
    later = next((c for c in first.children if _is_bereft(c, first, tags, aside)), None)
    if later is None or (aside and first.child("cc") is not None):
        return
    early = [c for c in first.children if c.index <= subject.index]
    raise_above(sentence, later, "acl")
    for word in early:
        word.hang(later)
    first.hang(subject)
    first.tag = "VBN"
    if later.tag in {"VB", "VBN"} and not later.supported:
        later.tag = "VBP" if later.tag == "VB" else "VBD"


def _raise_behind_plural(sentence: Sentence) -> None:
    """Make "confirm" the main verb of "Pay slips from May confirm that", where pay slipped."""
    plural = sentence.root
    noun = plural.child("nsubj")
    if plural.tag != "VBZ" or noun is None or noun.index != plural.index - 1:
        return
    if plural.supported or not can_be_plural(plural.text) or noun.tag not in {"NN", "NNP"}:
        return
    later = next((c for c in plural.children if _is_bereft(c, plural, BASES)), None)
    if later is None or base(plural.text, "VBZ") in WITH_BASE:
        return
    raise_above(sentence, later, "nsubj")
    noun.dep, plural.tag, later.tag = "compound", "NNS", "VBP"


def _is_bereft(word: Word, first: Word, tags: frozenset[str] = FINITE, aside: bool = False) -> bool:
    """Whether a finite verb behind the first one has neither subject nor conjunction.

    With `aside`, a comma stands before it.
    """
    # "The boats moored in the creek belong": "when" or "if" would open a clause of its own.
    present = word.dep == "advcl" and (word.tag in {"VBZ", "VBP", "VBN"} or word.supported)
    if (word.dep not in LOOSE and not present) or word.index < first.index:
        return False
    left = [c for c in word.children if c.index < word.index]
    if any(c.dep in {*SUBJECTS, "mark", "cc", "punct"} or c.tag in {"TO", "WRB"} for c in left):
        return False
    between = [c for c in first.children if first.index < c.index < word.index]
    if any(c.dep in {"cc", "punct"} for c in between) is not aside:
        return False
    auxiliary = next((c for c in left if c.dep in {"aux", "auxpass"}), word)
    return auxiliary.tag in tags
