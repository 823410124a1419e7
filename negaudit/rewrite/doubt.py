"""Signs that a parse cannot be right."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of
from negaudit.rewrite.inflection import base, can_be_verb, never_verb
from negaudit.rewrite.lexicon import BELIEF, COPULAS, OPERATORS, REPORT, words
from negaudit.rewrite.run_ons import MARKS
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["introduces", "is_suspect", "lacks_claim", "oddities"]

# Nouns that look plural and take a singular verb, or the other way round.
NOT_PLURAL = words(
    "physics economics mathematics news politics series means ethics genetics linguistics "
    "athletics species headquarters statistics dynamics mechanics diabetes years dollars miles "
    "percent minutes hours days times plus minus"
)
NOT_SINGULAR = words(
    "people police number majority variety range cattle data media lot half rest percent % pair "
    "group percentage team staff family what who that which couple handful bacteria none some "
    "all most many few several both fish sheep deer series species youth crew public criteria "
    "phenomena plenty any"
)
UNTELLING = NOT_PLURAL | NOT_SINGULAR
INTRODUCING = REPORT | BELIEF
# Verbs of report that introduce a noun phrase as readily as a clause.
TAKES_OBJECT = words(
    "show find see record report reveal list document detail describe write read establish "
    "discover uncover highlight illustrate observe notice hear"
)
SINGULAR = words("a an this that each every another")
DO = frozenset({"do", "does", "did"})
COUNTING = words("few couple dozen hundred thousand million billion many great good lot")
NOMINAL = frozenset({"compound", "nmod", "appos", "nsubj", "nsubjpass", "dobj", "attr"})
# What "that" is not where a clause follows it.
NO_MARKS = frozenset({"prep", "det", "attr", "ccomp", "dobj", "nsubj", "nsubjpass"})
TENSED = frozenset({"VBZ", "VBP", "VBD", "MD", "VB", "VBN"})


def is_suspect(sentence: Sentence) -> bool:
    """Whether the parse has no predicate, or one that does not agree with its subject."""
    if sentence.mark in MARKS and not any(w.tag.startswith("VB") for w in sentence.words):
        return False
    clauses = main_clauses(sentence)
    if sentence.mark == "." and clause_of(sentence.root).form is Form.INFINITIVE:
        return True
    if any(map(_lacks_predicate, sentence.words)) or _lacks_subject(sentence):
        return True
    if clauses and clauses[0].form is Form.PARTICIPLE and clauses[0].verb.tag == "VBG":
        return sentence.mark == "."
    if any(_hides_clause(c) or _is_no_verb(c) or _has_rivals(c) for c in clauses):
        return True
    if _is_cut_off(sentence) or any(map(_miscounts, sentence.words)):
        return True
    return lacks_claim(sentence) or _is_headless(clauses) or any(map(_disagrees, clauses))


def _is_headless(clauses: list[Clause]) -> bool:
    """Whether a verb goes on with a noun: "Our soap lathers well and leaves a smell"."""
    if not clauses or clauses[0].form is not Form.NOMINAL or clauses[0].verb.tag != "NNS":
        return False
    return any(c.form is Form.FINITE and c.subject is None for c in clauses)


def lacks_claim(sentence: Sentence) -> bool:
    """Whether no verb is left for a main clause: each is missing or under a conjunction."""
    clauses = main_clauses(sentence)
    return all(c.form is Form.NOMINAL for c in clauses) or _is_subordinate(sentence)


def _is_cut_off(sentence: Sentence) -> bool:
    """Whether a comma parts "do not" from what was taken for its subject: "Cook fish, do not"."""
    clause = clause_of(sentence.root)
    operator = clause.finite
    before = operator.previous
    return (
        clause.subject is not None
        and (operator.lower == "do" or operator.tag == "VB")
        and before is not None
        and before.text == ","
        and before.index == clause.subject.last() + 1
        and clause.subject.child("relcl", "appos", "acl") is None
    )


def _is_subordinate(sentence: Sentence) -> bool:
    """Whether the main verb is one of "whether ...", or of "..., even when ..."."""
    root = sentence.root
    if sentence.mark == "?" or root.tag not in TENSED or clause_of(root).subject is None:
        return False
    return any(
        (c.dep == "mark" and c.lower == "whether" and c.index == 0)
        or (c.lower == "when" and c.dep == "advmod" and 1 < c.index < root.index)
        for c in root.children
    )


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
    plural = [word for word in noun.children if word.dep == "compound" and word.tag == "NNS"]
    return any("VBZ" in can_be_verb(word.text) for word in plural) or (
        bool(plural) and "VBP" in can_be_verb(noun.text)
    )


def _is_no_verb(clause: Clause) -> bool:
    """Whether the predicate is a noun to the dictionary, or has a form or objects like no verb."""
    verb = clause.verb
    if clause.form is not Form.FINITE or verb.lower in COPULAS:
        return False
    if clause.auxiliaries:
        return clause.finite.lower in DO and verb.tag in {"VBZ", "VBD"}
    acronym = verb.text.isupper() and len(verb.text) > 1 and not can_be_verb(verb.text)
    if verb.tag == "VBZ" and _takes_two(verb):
        return True
    return verb.tag in {"VBD", "VBZ", "VBP"} and (acronym or never_verb(verb.text))


def _takes_two(verb: Word) -> bool:
    """Whether a bare noun parts the verb from its object: "Hospital logs place the nurse"."""
    noun = verb.following
    behind = None if noun is None else noun.following
    if noun is None or behind is None or noun.tag != "NN" or noun.dep != "dobj":
        return False
    return behind.tag in {"DT", "PRP$"} and "VBP" in can_be_verb(noun.text)


def _miscounts(word: Word) -> bool:
    """Whether "a" or "this" stands in front of a plural: "A battery stores wind"."""
    if word.tag != "NNS" or word.dep not in {"nsubj", "nsubjpass", "ROOT"}:
        return False
    if word.lower in UNTELLING:
        return False
    before = [c for c in word.children if c.index < word.index]
    if not any(c.dep == "det" and c.lower in SINGULAR for c in before):
        return False
    counted = any(c.tag == "CD" or c.lower in COUNTING for c in before)
    return not counted and "VBZ" in can_be_verb(word.text)


def _lacks_predicate(word: Word) -> bool:
    """Whether a verb was taken for something else, or no clause stands behind "that"."""
    tag, dep = word.tag, word.dep
    if dep == "amod":
        return _trails(word)
    if tag == "JJ" and word.child("prt") is not None:
        return True
    if (dep in NOMINAL or dep == "oprd") and tag in {"VBZ", "VBP"}:
        return True
    if word.lower == "that":
        return _introduces_nothing(word)
    if dep in {"ccomp", "relcl", "dep"}:
        return _is_bare_noun(word) and (not _has_subject(word) or _is_said(word))
    if dep == "nsubj" and word.head is not None:
        return word.head.dep in NOMINAL and _is_bare_noun(word.head)
    return tag == "NNS" and dep in {"compound", "appos"} and _follows_aside(word)


def _has_subject(word: Word) -> bool:
    return any(c.dep in SUBJECTS and c.lower != "that" for c in word.children)


def _is_said(word: Word) -> bool:
    """Whether a noun stands where a verb of report has its clause."""
    verb = word.head
    return verb is not None and base(verb.text, verb.tag) in REPORT


def _introduces_nothing(that: Word) -> bool:
    """Whether the clause behind "that" has no verb."""
    head = that.head
    if that.dep == "mark" and head is not None:
        return _is_bare_noun(head) or head.index < that.index
    return that.tag == "IN" and that.dep in NO_MARKS


def _repeats(verb: Word, dep: str) -> bool:
    """Whether a verb has two subjects or objects that stand apart."""
    found = [c for c in verb.children if c.dep == dep and c.lower != "that"]
    following = found[0].following if len(found) > 1 else None
    return following is not None and following.tag != "HYPH" and found[0].tag != "PRP"


def _follows_aside(word: Word) -> bool:
    """Whether a plural that may be a verb stands so: "The founder, Rex Hall, farms sheep"."""
    mark = word.previous.text if word.previous is not None else ""
    wanted = ")" if word.dep == "appos" else ","
    return mark == wanted and "VBZ" in can_be_verb(word.text)


def _is_bare_noun(word: Word) -> bool:
    """Whether a noun without a copula heads a clause."""
    return word.tag in {"NN", "NNS", "NNP"} and not any(
        c.dep in {"cop", "aux", "auxpass"} for c in word.children
    )


def _has_rivals(clause: Clause) -> bool:
    """Whether a verb has two objects, or an auxiliary a subject of its own.

    "Files show Rex Hall pilots a ferry", "Our coffee ships the day it is roasted".
    """
    subject = clause.subject
    if not clause.inverted and any(_repeats(clause.verb, dep) for dep in ("nsubj", "dobj")):
        return True
    plural = subject is not None and subject.tag == "NNS"
    return plural and any(c.child("nsubj") is not None for c in clause.auxiliaries)


def _trails(word: Word) -> bool:
    """Whether a verb was taken for an adjective behind its subject: "Storms last for days"."""
    noun = word.head
    if noun is None or noun.tag != "NNS" or word.index != noun.index + 1 or word.tag != "JJ":
        return False
    return "VBP" in can_be_verb(word.text)


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


def _disagrees(clause: Clause) -> bool:
    verb, subject = clause.finite, clause.subject
    if clause.form is Form.NOMINAL or subject is None or clause.inverted:
        return False
    if verb.lower in COPULAS or verb.tag not in {"VBZ", "VBP"}:
        return False
    joined = any(c.dep == "conj" for c in subject.children)
    if joined or subject.lower in UNTELLING or subject.dep == "expl":
        return False
    if verb.tag == "VBZ":
        gerund = any(c.tag == "VBG" and c.index < subject.index for c in subject.children)
        return subject.tag == "NNS" and subject.lower.endswith("s") and not gerund
    return subject.tag == "NN" and verb is clause.verb


def oddities(sentence: Sentence) -> int:
    """How many things a sound reading would not have.

    Subjects at words that can have none, plural nouns in front of nouns, and no main verb, or
    one without a subject or with one that it does not agree with.
    """
    stray = sum(map(_is_stray, sentence.words))
    clauses = main_clauses(sentence)
    odd = any(map(_disagrees, clauses)) + any(map(_is_no_verb, clauses))
    nominal = clause_of(sentence.root).form is Form.NOMINAL
    return stray + _lacks_subject(sentence) + odd + nominal


def _parts_name(word: Word) -> bool:
    """Whether a common noun stands inside a name: "from Essex name John Hale"."""
    before, head = word.previous, word.head
    named = before is not None and before.tag == "NNP" and head is not None and head.tag == "NNP"
    return named and word.text.islower()


def _is_stray(word: Word) -> bool:
    if _miscounts(word):
        return True
    if word.dep == "compound":
        return word.tag == "NNS" or _parts_name(word)
    if word.dep == "dobj" and word.tag == "JJ":
        return not word.children
    if word.tag in {"VBZ", "VBP"} and word.dep in {"advcl", "dep"}:
        return word.child(*SUBJECTS, "mark", "advmod") is None
    head = word.head
    if head is None or word.dep not in {"nsubj", "nsubjpass"} or head.tag in TENSED:
        return False
    if head.tag == "JJ" and head.dep == "ccomp":
        return False
    return not any(c.dep in {"aux", "auxpass"} for c in head.children)
