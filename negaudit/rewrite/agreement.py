"""Which finite forms of a verb agree with what stands in front of it."""

from __future__ import annotations

from negaudit.rewrite.clauses import TENSES, Clause, Form
from negaudit.rewrite.commands import is_verbless
from negaudit.rewrite.homographs import SINGULAR
from negaudit.rewrite.inflection import base, can_be_plural, is_known, only_verb, stays_in_plural
from negaudit.rewrite.lexicon import COPULAS, OPERATORS, POSTURE, REPORT
from negaudit.rewrite.slips import UNTELLING
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["agreeing_tags", "disagrees", "follows_place", "opens_clause"]

SHORT = 2  # words of a subject whose number shows nowhere
DEGREES = frozenset({"too", "very", "so", "as", "more", "most", "less"})
NUMBERS = {"NN": "VBZ", "NNS": "VBP"}
CLOSING_MARKS = frozenset({",", '"', "'", "\u201d", "\u2019", ")", "''"})
NEVER_SUBJECT_END = frozenset({"DT", "IN", "PRP$", "TO", "CC", "WRB", "POS", "MD", "WDT"})


def agreeing_tags(sentence: Sentence, word: Word, opener: Word | None) -> frozenset[str]:
    """The finite tags that the word in front allows."""
    before = word.previous
    if word is opener:
        return frozenset() if sentence.titled else frozenset({"VBZ"})
    if before is None or _ends_no_subject(before):
        return frozenset()
    if before.tag in NEVER_SUBJECT_END and before.text[-1].isalpha():
        return _behind_particle(before, word)
    plural = before.tag == "NNS" and is_known(before.text)
    if plural or (before.tag == "JJ" and can_be_plural(before.text)):
        # "Cutting emissions costs jobs": what is done, and not the plural, may be the subject.
        done = opener is not None and (
            opener.tag == "VBG" or _counts_one(opener) or _ends_name(before)
        )
        # "The virus that causes colds dies", "Fear of heights spreads".
        done |= any(w.tag == "WDT" for w in sentence.words[: word.index])
        done |= before.dep in {"pobj", "compound"} and sentence.words[0].tag == "NN"
        return frozenset({"VBP", "VBD", "VBZ"} if done else {"VBP", "VBD"})
    # "Trains from Lucerne stop": an unknown name may pass for an adjective.
    hidden = before.tag == "JJ" and (_is_name(before) or before.lower.endswith("fish"))
    if before.tag in {"NN", "NNP", "NNS"} or hidden:
        plural = before.lower.endswith("s") or _follows_plural(sentence, before)
        plural |= before.previous is not None and before.previous.lower == "and"
        plural |= before.lower in UNTELLING or stays_in_plural(before.text)
        plural |= follows_place(sentence, word)
        # "Krill hunt whales", "The English drive": no form tells of their number.
        plural |= before.index < SHORT and is_verbless(sentence)
        # "The French eat snails".
        article = before.previous
        plural |= before.tag == "JJ" and article is not None and article.lower == "the"
        return frozenset({"VBZ", "VBD", "VBP"} if plural else {"VBZ", "VBD"})
    article = before.previous
    alone = before.tag == "JJ" and (article is None or article.lower != "the")
    return frozenset({"VBZ", "VBD"} if alone else {"VBZ", "VBP", "VBD"})


def _counts_one(opener: Word) -> bool:
    """Whether the subject opens like "One in five adults" or "A pair of swans"."""
    noun = opener.following
    if opener.lower in {"a", "an"} and noun is not None:
        return noun.following is not None and noun.following.lower == "of"
    return opener.lower == "one"


def _behind_particle(before: Word, word: Word) -> frozenset[str]:
    """The tags of what is surely a verb: "Turning it off and on erases the disk".

    Behind "and", those of the verb in front: "melts fat and cures flu".
    """
    if before.tag == "CC":
        return _tags_beside(word)
    noun = before.previous
    if before.tag == "WDT" and noun is not None and noun.tag in NUMBERS:
        return frozenset({NUMBERS[noun.tag]})
    sure = only_verb(word.text) or opens_clause(word)
    sure = sure or (word.tag == "VBZ" and before.dep == "prep")
    joined = before.dep == "conj" and before.head is not None and before.head.tag == "RP"
    return frozenset({"VBZ"} if before.tag == "IN" and (sure or joined) else ())


def _tags_beside(word: Word) -> frozenset[str]:
    """The tag of the nearest finite verb in front of a conjunct."""
    verb = word.previous
    while verb is not None and verb.tag not in TENSES:
        verb = verb.previous
    plain = verb is not None and not verb.supported and verb.dep in {"ROOT", "conj"}
    return frozenset({verb.tag} if verb is not None and plain else ())


def opens_clause(word: Word) -> bool:
    """Whether this is the "states" of "The sign outside states that ...".

    Or, between commas, the "show" of "He is, records show, a vet".
    """
    following, noun = word.following, word.previous
    if following is None or base(word.text, "VBZ") not in REPORT:
        return False
    comma = None if noun is None else noun.previous
    inserted = comma is not None and comma.text == following.text == ","
    return inserted or following.lower == "that"


def _ends_no_subject(word: Word) -> bool:
    """Whether a mark other than a comma, or a count of what follows, stands here."""
    if word.lower in DEGREES:
        return True
    if word.tag == "CD":
        before = word.previous
        if before is None:
            return not word.text.isalpha()
        is_year = before.tag == "IN" and len(word.text) == 4
        is_name = before.tag.startswith("NN") and before.text[0].isupper()
        return not (is_year or is_name)
    return not word.text[-1].isalnum() and word.text[-1] not in CLOSING_MARKS


def follows_place(sentence: Sentence, word: Word) -> bool:
    """Whether a place opens the sentence and a plural follows: "Off the coast lie two wrecks"."""
    placed = sentence.words[0].tag == "IN" and base(word.text, "VBP") in POSTURE
    return placed and any(w.tag in {"NNS", "NNPS"} for w in sentence.words[word.index :])


def _ends_name(word: Word) -> bool:
    """Whether this is the "Banks" of "Drew Banks"."""
    before = word.previous
    return _is_name(word) and before is not None and before.text[0].isupper()


def _is_name(word: Word) -> bool:
    return word.text[0].isupper() and word.index > 0


def _follows_plural(sentence: Sentence, word: Word) -> bool:
    """Whether the noun in front belongs to a plural subject: "Objects in motion", "A and B"."""
    before = sentence.words[: word.index]
    return word.dep == "conj" or any(w.tag in {"NNS", "NNPS"} for w in before)


def disagrees(clause: Clause) -> bool:
    """Whether a present tense and its subject differ in number."""
    verb, subject = clause.finite, clause.subject
    if clause.form is Form.NOMINAL or subject is None or clause.inverted:
        return False
    if verb.lower in COPULAS or verb.tag not in {"VBZ", "VBP"}:
        return False
    joined = any(c.dep == "conj" for c in subject.children)
    if joined or subject.lower in UNTELLING or subject.dep == "expl":
        return False
    if verb.tag == "VBZ":
        gerund = subject.leftmost().lower.endswith("ing")
        plural = subject.tag == "NNS" and subject.lower.endswith("s")
        return plural and not gerund and not _names_one(subject, verb)
    alone = any(child.lower in SINGULAR for child in subject.children)
    plural = stays_in_plural(subject.text) and not alone
    plural |= can_be_plural(subject.text) or not (is_known(subject.text) or subject.text.islower())
    return subject.tag == "NN" and verb is clause.verb and not plural


def _names_one(noun: Word, verb: Word) -> bool:
    """Whether a plural is a name: "Woods has a dog", "Doctors Without Borders runs it"."""
    following = noun.following
    if noun.index or following is None:
        return False
    # What can only be an auxiliary shows that the subject is one.
    return following.text[0].isupper() or (following is verb and verb.lower in OPERATORS)
