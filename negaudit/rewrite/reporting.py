"""From a verb of saying, showing or knowing down to the clause that carries the claim."""

from __future__ import annotations

from collections.abc import Iterator

from negaudit.rewrite.clauses import SUBJECTS, WH_TAGS, Clause, Form, clause_of, is_negative
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import (
    BELIEF,
    DOUBTS,
    EVIDENCE,
    EVIDENT,
    FACT_NOUNS,
    GENERIC_BELIEVERS,
    KNOWING,
    PUBLIC,
    REPORT,
    WITH_CLAUSE,
    words,
)
from negaudit.rewrite.tree import Word

__all__ = ["claimed", "is_report"]

INTRODUCING = REPORT | BELIEF
CERTAIN = EVIDENT | FACT_NOUNS
SPEECH = words("say tell announce explain inform notify warn promise declare admit report swear")
# Their clause is wanted, caused, entailed or disputed; with any other verb a that-clause is stated.
DEMANDS = words(
    "mean ensure require demand order request recommend want wish prefer care mind matter deny "
    "doubt dispute reject refuse disprove refute contradict challenge question like love hate "
    "arrange intend plan pretend dream help prevent allow let cause make insure suffice contest "
    "rebut discount ask beg plead pray decide vote desire be have ignore seem appear"
)
DISPUTING = frozenset({"dispute", "deny", "doubt", "question", "contest"})


def claimed(verb: Word) -> Word:
    """The verb of the claim under a reporting verb; the verb itself where it reports nothing."""
    for _ in range(8):
        below = _reported(verb)
        if below is None:
            return verb
        verb = below
    return verb


def is_report(verb: Word) -> bool:
    """Whether the verb introduces what somebody says, shows or knows."""
    return _lemma(verb) in INTRODUCING


def _lemma(verb: Word) -> str:
    return base(verb.text, verb.tag)


def _reported(verb: Word) -> Word | None:
    clause = clause_of(verb)
    if evidence := _evidence(clause):
        return _content(evidence) or _content(verb)
    if _is_undisputed(clause):
        return _content(verb)
    if is_negative(clause) or clause.form is Form.INFINITIVE:
        return None
    if word := _completing(clause) or _evident(verb):
        return _content(word) or _content(verb)
    return _content(verb) if _introduces(clause) or _equates(clause) else None


def _evidence(clause: Clause) -> Word | None:
    """The noun of "there is evidence that", "there is no doubt that", "leave no doubt that"."""
    exists = clause.verb.child("expl") is not None
    noun = clause.verb.child("attr", "nsubj") if exists else clause.verb.child("dobj")
    if noun is None:
        return None
    denied = any(c.lower in {"no", "little"} for c in noun.children)
    if denied:
        return noun if noun.lower in DOUBTS else None
    return noun if exists and noun.lower in EVIDENCE else None


def _is_undisputed(clause: Clause) -> bool:
    """Whether the clause is "nobody disputes that ..." or the like, which claims the rest.

    So do "Do not forget that ..." and "You may not know that ...", but not "They did not know".
    """
    subject = clause.subject
    if clause.lemma == "forget":
        return is_negative(clause)
    if subject is None or clause.lemma not in DISPUTING | KNOWING:
        return False
    nobody = subject.lower == "nobody" or any(c.lower in {"no", "few"} for c in subject.children)
    if clause.lemma in DISPUTING:
        return nobody
    unaware = nobody or (_is_audience(subject) and is_negative(clause))
    return unaware and clause.finite.tag in {"VBP", "VBZ", "MD"}


def _equates(clause: Clause) -> bool:
    """Whether the clause is of the kind "the truth is that ..."."""
    if clause.lemma != "be" or _is_it(clause.subject):
        return False
    if clause.subject is not None and clause.subject.lower in {"reason", "cause"}:
        return False
    return clause.verb.child("acomp", "attr", "oprd", "expl") is None


def _is_audience(subject: Word) -> bool:
    return subject.lower == "you" or _is_generic(subject)


def _is_it(subject: Word | None) -> bool:
    return subject is not None and subject.lower == "it"


def _completing(clause: Clause) -> Word | None:
    """The "clear" of "makes clear that", the "mind" of "bear in mind that"."""
    wanted = WITH_CLAUSE.get(clause.lemma, ())
    beside = clause.verb.children if wanted else ()
    later = (word for word in beside if word.index > clause.verb.index)
    return next((w for word in later for w in (word, *word.children) if w.lower in wanted), None)


def _introduces(clause: Clause) -> bool:
    lemma = clause.lemma
    if lemma == "remain":
        return clause.subject is not None and clause.subject.lower in FACT_NOUNS
    if lemma in BELIEF:
        return _is_generic(clause.subject)
    if lemma not in REPORT:
        return lemma not in DEMANDS and _has_that_clause(clause.verb)
    return not (lemma in SPEECH and _obliges(clause))


def _has_that_clause(verb: Word) -> bool:
    """Whether a clause with "that" is the verb's object: "The docket reflects that ..."."""
    content = verb.child("ccomp")
    mark = None if content is None else content.child("mark")
    if mark is None or mark.lower != "that" or mark.index < verb.index:
        return False
    return verb.child("dobj") is None


def _obliges(clause: Clause) -> bool:
    """Whether somebody else has to say something: "The police must tell you that ..."."""
    subject = clause.subject
    if clause.finite.lower not in {"must", "should", "shall"} or subject is None:
        return False
    return subject.dep == "nsubj" and subject.lower not in {"i", "we", "it"}


def _is_generic(subject: Word | None) -> bool:
    if subject is None or subject.lower == "it":
        return True
    return subject.lower in GENERIC_BELIEVERS


def _evident(verb: Word) -> Word | None:
    """The "known" of "it is known that", the "fact" of "... a fact that", "on record that"."""
    for word in verb.children:
        if word.dep in {"acomp", "attr", "oprd"} and word.lower in CERTAIN:
            return word
        noun = word.child("pobj") if word.dep == "prep" else None
        if noun is not None and not noun.children and noun.lower in PUBLIC:
            return noun
    return None


def _content(verb: Word) -> Word | None:
    """The finite clause that the verb introduces, if it is no indirect question."""
    for word in _candidates(verb):
        if _is_statement(word):
            return word
    return None


def _candidates(verb: Word) -> Iterator[Word]:
    subject = verb.child(*SUBJECTS)
    for word in verb.children:
        if (subject is None or word.dep == "parataxis") and word.index < verb.index:
            continue
        if word.dep in {"ccomp", "csubj", "csubjpass", "acl", "relcl", "advcl", "parataxis"}:
            extraposed = word.dep in {"acl", "relcl", "advcl", "csubj", "csubjpass"}
            if not extraposed or _marked_that(word):
                yield word


def _marked_that(word: Word) -> bool:
    """Whether "that" opens the clause, and not as its subject."""
    subject = next((c for c in word.children if c.dep in SUBJECTS and c.lower != "that"), None)
    if subject is not None and (before := subject.leftmost().previous) and before.lower == "that":
        return not _is_purpose(before)
    thats = (c for c in word.children if c.lower == "that" and not _is_purpose(c))
    return any(c.dep not in SUBJECTS or subject is not None for c in thats)


def _is_purpose(that: Word) -> bool:
    """Whether this is the "that" of "Add oil so that it does not stick"."""
    return that.previous is not None and that.previous.lower == "so"


def _is_statement(word: Word) -> bool:
    clause = clause_of(word)
    if clause.form is not Form.FINITE or clause.subject is None or clause.inverted:
        return False
    if _marked_that(word):
        return True
    before = clause.subject.leftmost().previous
    if word.tag == "VB" and not word.supported:  # "saw him leave"
        return False
    asks = word.leftmost().tag in WH_TAGS or (before is not None and before.tag in WH_TAGS)
    return not asks and word.child("mark") is None
