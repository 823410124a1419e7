"""Tags of verbs behind a clause or a gerund that they do not go on with."""

from __future__ import annotations

from negaudit.rewrite.clauses import QUOTES, SUBJECTS, TENSES
from negaudit.rewrite.conjunct_tags import PLURAL_PRONOUNS
from negaudit.rewrite.homographs import is_act
from negaudit.rewrite.inflection import can_be_verb
from negaudit.rewrite.lexicon import COPULAS
from negaudit.rewrite.tree import Word

__all__ = ["behind_clause", "behind_content", "behind_gerund", "behind_infinitive"]


def behind_gerund(word: Word, verb: Word) -> str:
    """The tag of "chirp by rubbing their wings and tell the time": "rubbing and tell" is none."""
    if word.tag == "NN" and is_act(word) and verb.tag == "VBP":
        return "VBP"  # "sleep while walking and dream of it"
    if word.tag not in {"VB", "VBP", "VBZ"} or word.supported:
        return ""
    if verb.tag == "VB":
        return "VB" if word.tag == "VB" else ""
    return verb.tag if verb.tag in {"VBP", "VBZ"} & can_be_verb(word.text) else ""


def behind_infinitive(word: Word, joined: Word, verb: Word) -> str:
    """The tag of "refused to own one and wrote letters": "to own and wrote" is none."""
    if word.supported or word.tag not in {"VBD", "VBN", "VBZ"}:
        return ""
    if joined.dep == "advcl" and verb.tag == "VBN" and joined.child("aux") is not None:
        return "VBD" if word.tag == "VBD" else ""  # "was built to last and later served"
    if joined.dep != "xcomp":
        return ""
    return verb.tag if verb.tag in {"VBD", "VBZ"} & can_be_verb(word.text) else ""


def behind_clause(word: Word, inner: Word, verb: Word) -> str:
    """The tag of a verb behind a clause that it does not go on with."""
    subject = inner.child(*SUBJECTS)
    alike = word.tag == verb.tag or (word.tag, verb.tag) == ("VB", "VBP")
    alike |= word.tag == "NNS" and verb.tag in can_be_verb(word.text)
    if alike and verb.tag in TENSES and subject is not None:
        # "shrinks when you read and grows": "you grows" does not agree.
        differs = verb.tag == "VBZ" and (inner.tag == "VBP" or subject.lower in PLURAL_PRONOUNS)
        if differs or _is_parallel(word, inner) or _outlasts(word, inner):
            return verb.tag
    return _command_behind(word, inner, verb) or _behind_short_clause(word, inner, verb)


def _opener(clause: Word) -> str:
    """The conjunction or question word of a subordinate clause."""
    return next((c.lower for c in clause.children if c.dep == "mark" or c.tag == "WRB"), "")


def _is_parallel(word: Word, inner: Word) -> bool:
    """Whether each verb has a clause: "expands when it boils and shrinks when it cools"."""
    clauses = [c for c in (*word.children, *inner.children) if c.dep == "advcl"]
    opener = _opener(inner) or _opener(word)
    return any(opener and c.index > word.index and _opener(c) == opener for c in clauses)


def _outlasts(word: Word, inner: Word) -> bool:
    """Whether an event stands behind a state: "sold much while he was alive and became rich"."""
    state = inner.lower in COPULAS and _opener(inner) == "while"
    return state and word.lower not in COPULAS


def behind_content(word: Word, inner: Word, verb: Word) -> str:
    """The tag of a verb behind what is said: 'He said "I resign" and left'."""
    quoted = any(c.text in QUOTES and inner.index < c.index < word.index for c in inner.children)
    if quoted and verb.index < inner.index:
        return verb.tag if verb.tag in can_be_verb(word.text) else ""
    return _command_behind(word, inner, verb)


def _command_behind(word: Word, inner: Word, verb: Word) -> str:
    """The tag of "heat it until it smokes and add salt": "smokes and add" is none."""
    commands = word.tag == verb.tag == "VB" and not word.supported
    return "VB" if commands and inner.tag in TENSES else ""


def _behind_short_clause(word: Word, inner: Word, verb: Word) -> str:
    """The tag of "are picked when green and ripen later": "when green" has no verb."""
    finite = next((c for c in verb.children if c.dep in {"aux", "auxpass"}), verb)
    if inner.tag not in {"JJ", "VBN"} or inner.index < verb.index or not _opener(inner):
        return ""
    if inner.supported or word.tag not in {"VB", "VBP", "VBZ", "VBD"}:
        return ""
    wanted = "VBD" if finite.tag == "VBD" else ("VBP" if word.tag == "VB" else word.tag)
    return wanted if wanted in can_be_verb(word.text) and verb.child(*SUBJECTS) else ""
