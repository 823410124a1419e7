"""Verbs of report that the parser took for nouns: "Company files state that he left"."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, TENSED
from negaudit.rewrite.inflection import base, can_be_plural, can_be_verb, only_verb
from negaudit.rewrite.lexicon import REPORT, words
from negaudit.rewrite.tree import Word

__all__ = ["hides_report", "opens_statement"]

# Nouns of report that need no article: "shows regret that".
UNCOUNTED = words("notice reason regret")


def opens_statement(word: Word) -> bool:
    """Whether a clause follows what may be a verb of report: "Files state (that) he left"."""
    following = word.following
    if following is None or base(word.text, "VBZ") not in REPORT:
        return False
    if following.lower == "that":
        return True
    subject: Word | None = following
    while subject is not None and subject.dep not in SUBJECTS:
        subject = subject.head
    verb = None if subject is None else subject.head
    if subject is None or verb is None or subject.first() > following.index:
        return False
    return verb.dep != "relcl" and (verb.tag in TENSED - {"VB"} or verb.supported)


def hides_report(word: Word) -> bool:
    """Whether a noun without an article is the verb, and the verb before it the subject's noun.

    "Company files state that ...", "The parish register records that ...".
    """
    before = word.previous
    tags = {"VBZ"} if word.tag == "NN" else {"VBP", "VB"}
    noun = None if before is None or before.tag not in tags else before.previous
    if before is None or noun is None or word.first() != word.index or not opens_statement(word):
        return False
    if word.tag == "NN":
        files = noun.tag.startswith("NN") and can_be_plural(before.text)
        return files and before.lower != "takes" and word.lower not in UNCOUNTED
    bare = not only_verb(before.text)
    return bare and _heads_report(noun, word) and "VBZ" in can_be_verb(word.text)


def _heads_report(noun: Word, word: Word) -> bool:
    """Whether what stands two words before a verb of report may belong to its subject.

    So may a plural where the "that" opens a clause: "The official results list states that ...".
    """
    following = word.following
    opens = following is not None and following.lower == "that" and following.dep == "mark"
    return noun.tag in ({"NN", "NNP", "NNS"} if opens else {"NN", "NNP"})
