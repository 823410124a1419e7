"""Words that may open a command where the parser saw none: "Prune roses in May."."""

from __future__ import annotations

from negaudit.rewrite.clauses import TENSED
from negaudit.rewrite.inflection import can_be_verb, fits_participle
from negaudit.rewrite.lexicon import INSTRUCTIONS, NOUN_INSTRUCTIONS, OPERATORS
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["command_verb", "ends_command", "is_verbless"]


def command_verb(sentence: Sentence) -> tuple[Word, bool] | None:
    """The word that may be the verb of a command, and whether it surely is one."""
    opener = sentence.opener()
    purpose = opener is not None and opener.tag == "TO" and is_verbless(sentence)
    if purpose:
        comma = next((word for word in sentence.words if word.text == ","), None)
        opener = None if comma is None else comma.following
    while opener is not None and _leads(opener):
        opener = opener.following
    if opener is None or "VBP" not in can_be_verb(opener.text):
        return None
    following = opener.following
    if following is None or following.lower == "of" or _is_predicate(following):
        return None
    before = opener.previous
    led = before is not None and before.lower in {"always", "please"}
    sure = opener.tag in {"VB", "VBP"} or opener.lower in INSTRUCTIONS or led
    governs = following.tag in {"DT", "PRP$", "PRP"} or _goes_on(sentence.root)
    known = sure or governs or purpose or opener.lower in NOUN_INSTRUCTIONS
    return (opener, sure) if known or _opens_line(sentence, opener) else None


def _is_predicate(word: Word) -> bool:
    """Whether this can only be what a subject does: the "beat" of "Heat beat Spurs"."""
    if word.lower in OPERATORS or word.tag == "MD":
        return True
    return word.tag == "VBD" and not fits_participle(word.text)


def _opens_line(sentence: Sentence, opener: Word) -> bool:
    """Whether a full stop closes words without any other verb: "Prune roses in May."."""
    noun = opener.following
    if sentence.mark != "." or noun is None or not opener.tag.startswith("NN"):
        return False
    if sentence.root not in {opener, noun}:
        return False
    behind = noun.following
    if sentence.root is noun and "VBZ" in can_be_verb(noun.text):
        return False
    if behind is None or not behind.text[0].isalnum():
        return False
    return is_verbless(sentence)


def ends_command(word: Word) -> bool:
    """Whether a plural parts a "command" from its verb: "Cave paintings date from then"."""
    plural, verb = word.previous, word.head
    if word.dep != "dobj" or verb is None or verb.tag != "VB" or verb.index or plural is None:
        return False
    if plural.tag != "NNS" or plural.dep != "compound" or plural.index != 1:
        return False
    return "VBP" in can_be_verb(word.text)


def is_verbless(sentence: Sentence) -> bool:
    """Whether no finite verb was found but those of clauses under others."""
    return not any(
        word.tag in TENSED and not word.supported and not _is_below(word) for word in sentence.words
    )


def _is_below(verb: Word) -> bool:
    """Whether the verb supports another or belongs to a clause under a noun or a verb."""
    return verb.dep in {"aux", "auxpass", "advcl", "relcl", "acl"} or verb.tag == "VB"


def _goes_on(noun: Word) -> bool:
    """Whether a second command follows: "Rub salt into it and leave it open"."""
    return noun.tag.startswith("NN") and any(
        c.dep == "conj" and c.tag == "VB" and not c.supported for c in noun.children
    )


def _leads(word: Word) -> bool:
    """Whether a word may stand in front of a command's verb."""
    return word.text == "," or (
        word.tag in {"RB", "UH"} and word.lower not in INSTRUCTIONS | NOUN_INSTRUCTIONS
    )
