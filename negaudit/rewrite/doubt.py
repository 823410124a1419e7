"""Signs that a parse cannot be right."""

from __future__ import annotations

from negaudit.rewrite.agreement import disagrees
from negaudit.rewrite.clauses import Clause, Form, clause_of
from negaudit.rewrite.homographs import is_outranked, lacks_article
from negaudit.rewrite.inflection import (
    base,
    can_be_verb,
    is_known,
    never_adjective,
    never_verb,
)
from negaudit.rewrite.lexicon import BELIEF, COPULAS, OPERATORS, REPORT, words
from negaudit.rewrite.run_ons import MARKS
from negaudit.rewrite.slips import VERBAL, is_measure, is_slip, is_stray
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["introduces", "is_suspect", "lacks_claim", "oddities"]

INTRODUCING = REPORT | BELIEF
# Verbs of report that introduce a noun phrase as readily as a clause.
TAKES_OBJECT = words(
    "show find see record report reveal list document detail describe write read establish "
    "discover uncover highlight illustrate observe notice hear consider imagine remember judge "
    "note teach calculate estimate recall mention post tweet repeat forecast predict diagnose "
    "signal propose accept stress conceal forget hold"
)
DO = frozenset({"do", "does", "did"})


def is_suspect(sentence: Sentence) -> bool:
    """Whether the parse has no predicate, or one that does not agree with its subject."""
    return _is_odd(sentence) and not _is_fragment(sentence)


def _is_odd(sentence: Sentence) -> bool:
    if any(map(is_slip, sentence.words)) or _lacks_subject(sentence) or _splits_compound(sentence):
        return True
    clauses = main_clauses(sentence)
    if sentence.mark == "." and _is_bare(sentence, clauses):
        return True
    if _is_cut_off(sentence) or _claims_nothing(sentence, clauses) or _is_headless(clauses):
        return True
    return any(
        _hides_clause(c)
        or _is_no_verb(c)
        or _has_rivals(c)
        or disagrees(c)
        or _is_contact(c)
        or is_outranked(c.verb)
        for c in clauses
    )


def _splits_compound(sentence: Sentence) -> bool:
    """Whether a verb was made of the front of a compound: "He bats left-handed"."""
    verb = sentence.root
    hyphen = verb.following
    return hyphen is not None and hyphen.text == "-" and hyphen.start == verb.end


def _is_bare(sentence: Sentence, clauses: list[Clause]) -> bool:
    """Whether the main verb is an infinitive or an "-ing" form."""
    if clause_of(sentence.root).form is Form.INFINITIVE:
        return True
    return bool(clauses) and clauses[0].form is Form.PARTICIPLE and clauses[0].verb.tag == "VBG"


def _is_fragment(sentence: Sentence) -> bool:
    """Whether a part of a sentence, or a label with its text, has no verb at all."""
    parted = sentence.mark in MARKS or any(word.text == ":" for word in sentence.words)
    return parted and not any(word.tag[:2] in {"VB", "MD"} for word in sentence.words)


def _is_headless(clauses: list[Clause]) -> bool:
    """Whether a verb goes on with a noun: "Our soap lathers well and leaves a smell"."""
    nominal = next((c for c in clauses if c.form is Form.NOMINAL), None)
    if len(clauses) < 2 or nominal is None:
        return False
    noun, first = nominal.verb, nominal.verb.leftmost()
    goes_on = any(c.form is Form.FINITE and c.subject is None for c in clauses)
    if goes_on and noun.tag in {"NN", "NNS"}:
        return True
    if noun.tag == "NNS" and noun.child("compound") is not None:
        # "Iron rusts, and so does gold".
        return "VBZ" in can_be_verb(noun.text)
    # "Fluoride in tap water lowers intelligence, and he knows it", but "A day, and he left".
    return noun is first and noun.tag in {"NN", "NNS", "NNP"} and noun.child("prep") is not None


def lacks_claim(sentence: Sentence) -> bool:
    """Whether no verb is left for a main clause: each is missing or under a conjunction."""
    return _claims_nothing(sentence, main_clauses(sentence))


def _claims_nothing(sentence: Sentence, clauses: list[Clause]) -> bool:
    return all(c.form is Form.NOMINAL for c in clauses) or _is_subordinate(sentence, clauses)


def _is_cut_off(sentence: Sentence) -> bool:
    """Whether a comma parts a verb from its subject: "Cook fish, do not", "Ed, ill, fell"."""
    clause = clause_of(sentence.root)
    operator = clause.finite
    before = operator.previous
    if clause.subject is None or before is None or before.text != ",":
        return False
    aside = operator is clause.verb and operator.tag in {"VBD", "VBN"}
    if not (operator.lower == "do" or operator.tag == "VB" or aside):
        return False
    bare = clause.subject.child("relcl", "appos", "acl", "prep", "conj") is None
    aged = any(c.tag == "VBN" and c.index > clause.subject.index for c in clause.subject.children)
    return bare and not aged and clause.subject.last() in {before.index, before.index - 1}


def _is_subordinate(sentence: Sentence, clauses: list[Clause]) -> bool:
    """Whether the main verb is one of "If ..., ...", or of "..., even when ..."."""
    root = sentence.root
    if sentence.mark == "?" or root.tag not in VERBAL or clause_of(root).subject is None:
        return False
    opener = root.children[0]
    if opener.dep == "mark" and opener.index == 0:
        # "If it rains, the lake rises": what stands behind the comma has lost its verb.
        return opener.lower == "whether" or _goes_on(root)
    return any(map(_is_interrupted, clauses))


def _is_interrupted(clause: Clause) -> bool:
    """Whether "when" stands between subject and verb: "Iron changes shape when heated"."""
    subject = clause.subject
    return subject is not None and any(
        c.lower == "when" and c.dep == "advmod" and subject.index < c.index < clause.verb.index
        for c in clause.verb.children
    )


def _goes_on(verb: Word) -> bool:
    """Whether a comma and a noun phrase stand behind the verb."""
    comma = next((c for c in verb.children if c.text == "," and c.index > verb.index), None)
    following = None if comma is None else comma.following
    return following is not None and following.tag in {"DT", "PRP$", "PRP", "NNS", "NNP", "NN"}


def introduces(verb: Word) -> bool:
    """Whether a clause without "that" follows a verb that takes hardly anything else."""
    following = verb.following
    marked = following is not None and following.lower == "that"
    return not marked and base(verb.text, verb.tag) in INTRODUCING - TAKES_OBJECT


def _hides_clause(clause: Clause) -> bool:
    """Whether a clause was taken for a noun phrase: "Evidence shows coffee cures cancer"."""
    noun = clause.verb.child("dobj", "ccomp")
    if noun is None or not noun.tag.startswith("NN") or clause.lemma not in INTRODUCING:
        return False
    named = any(word.dep == "compound" and word.tag == "NN" for word in noun.children)
    if named and noun.tag == "NNS" and clause.lemma not in TAKES_OBJECT:
        return "VBZ" in can_be_verb(noun.text)
    parts = (word for word in noun.children if word.dep == "compound")
    plural = [word for word in parts if word.tag == "NNS" and not is_measure(word)]
    return any("VBZ" in can_be_verb(word.text) for word in plural) or (
        bool(plural) and "VBP" in can_be_verb(noun.text)
    )


def _is_no_verb(clause: Clause) -> bool:
    """Whether the predicate is a noun to the dictionary, or has a form like no verb."""
    verb = clause.verb
    if clause.form is not Form.FINITE or verb.lower in COPULAS:
        return False
    if clause.auxiliaries:
        return clause.finite.lower in DO and verb.tag in {"VBZ", "VBD"}
    if verb.tag == "VBD" and is_known(verb.text) and not can_be_verb(verb.text):
        return True  # "Songs sung in rain cause floods"
    acronym = verb.text.isupper() and len(verb.text) > 1 and not can_be_verb(verb.text)
    return verb.tag in {"VBD", "VBZ", "VBP"} and (acronym or never_verb(verb.text))


def _is_contact(clause: Clause) -> bool:
    """Whether the verb may be that of a relative clause: "The nurse patients trust works nights".

    So may an adjective that was taken for a verb behind a verb taken for a plural: "Hale captures
    stray cats".
    """
    verb, subject = clause.verb, clause.subject
    noun = None if subject is None else subject.child("compound")
    before, thing = verb.previous, verb.child("dobj", "npadvmod")
    if noun is None or thing is None or before is None or before is not subject:
        return False
    if verb.tag == "VBP" and verb.following is thing and noun.tag == "NNP" and noun.index == 0:
        return not never_adjective(verb.text) and "VBZ" in can_be_verb(before.text)
    part = thing.child("compound")
    if verb.tag != "VBP" or part is None or part is not verb.following:
        return False
    return part.tag == "NNS" and "VBZ" in can_be_verb(part.text)


def _repeats(verb: Word, dep: str) -> bool:
    """Whether a verb has two subjects or objects that stand apart."""
    found = [c for c in verb.children if c.dep == dep and c.lower != "that"]
    following = found[0].following if len(found) > 1 else None
    if following is None or found[1].tag == "JJ":
        return False
    return following.text[0] != "-" and found[0].tag != "PRP"


def _has_rivals(clause: Clause) -> bool:
    """Whether a verb has two objects, or an auxiliary a subject of its own.

    "Files show Rex Hall pilots a ferry", "Our coffee ships the day it is roasted".
    """
    subject = clause.subject
    verb = clause.verb
    deps = [word.dep for word in verb.children]
    for dep in ("nsubj", "dobj"):
        if deps.count(dep) > 1 and _repeats(verb, dep) and not clause.inverted:
            return True
    plural = subject is not None and subject.tag == "NNS"
    return plural and any(c.child("nsubj") is not None for c in clause.auxiliaries)


def _lacks_subject(sentence: Sentence) -> bool:
    """Whether a present-tense main verb inside the sentence has no subject."""
    clause = clause_of(sentence.root)
    verb = clause.verb
    if any(c.dep in {"parataxis", "ccomp"} and c.index < verb.index for c in verb.children):
        return False
    return (
        clause.subject is None
        and clause.finite is verb
        and verb.tag == "VBZ"
        and verb.lower not in OPERATORS
        and verb is not sentence.opener()
    )


def oddities(sentence: Sentence) -> int:
    """How many things a sound reading would not have.

    Words that slipped, subjects at words that can have none, plural nouns in front of nouns, and
    no main verb, or one without a subject or with one that it does not agree with.
    """
    stray = sum(is_slip(word) or is_stray(word) for word in sentence.words)
    clauses = main_clauses(sentence)
    odd = any(map(disagrees, clauses)) + any(map(_is_no_verb, clauses))
    odd += any(is_outranked(clause.verb) for clause in clauses)
    odd += any(clause.subject is not None and lacks_article(clause.subject) for clause in clauses)
    bare = clause_of(sentence.root).form in {Form.NOMINAL, Form.PARTICIPLE}
    return stray + _lacks_subject(sentence) + odd + bare + _splits_compound(sentence)
