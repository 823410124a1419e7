"""Puts right, word by word, what the parser made of a clause that misled it."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, TENSES
from negaudit.rewrite.inflection import base, can_be_plural, can_be_verb, is_plural
from negaudit.rewrite.insertions import raise_reported
from negaudit.rewrite.joints import (
    free_subject,
    join_compound,
    name_plural,
    part_past,
    raise_first_of_list,
    split_nouns,
    turn_subject,
)
from negaudit.rewrite.lexicon import COPULAS, OPERATORS, POSTURE, REPORT
from negaudit.rewrite.roots import LOOSE, raise_later_root, raise_root
from negaudit.rewrite.slips import UNTELLING
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["leave_garden_path", "part_inversion"]

AUX = frozenset({"aux", "auxpass"})
# Tags of names; unknown ones that end in "-er" may get those of comparatives.
NAMES = frozenset({"NNP", "RBR", "JJR"})
SUBJECT_ENDS = NAMES | {"NN", "JJ"}


def leave_garden_path(sentence: Sentence) -> None:
    """Correct, in place, which verb is the root and what its subject is."""
    raise_first_of_list(sentence)
    raise_root(sentence)
    split_nouns(sentence)
    free_subject(sentence)
    _part_question(sentence)
    part_inversion(sentence)
    _part_commands(sentence)
    for word in sentence.words:
        dep = word.dep
        if dep in {"ROOT", "ccomp"}:
            _part_subject(word)
        if word.tag == "NNS" and dep in SUBJECTS:
            join_compound(word)
        if word.lower == "so":
            _part_echo(word)
        if dep == "conj":
            turn_subject(word)
            part_past(word)
        if word.tag in TENSES:
            if dep in {"dative", "dobj"}:
                _open_report(word)
            elif dep == "nsubj":
                _name_subject(word)
                name_plural(word)
            elif dep == "compound":
                name_plural(word)
            elif dep in LOOSE:
                _open_content(word)
                _part_conjunct(word)
    raise_later_root(sentence)
    raise_reported(sentence)


def _part_question(sentence: Sentence) -> None:
    """Give "Is water wet?" its subject, where "water wet" was one phrase."""
    copula = sentence.root
    if copula.index or copula.lower not in COPULAS or sentence.mark != "?":
        return
    phrase = copula.child("acomp", "attr") or copula.child("nsubj")
    if phrase is None or copula.child(*SUBJECTS) not in {None, phrase}:
        return
    second = phrase.child("dobj")
    if phrase.tag.startswith("NN") and second is not None:
        phrase.dep = "nsubj"
        second.hang(copula, "attr")
    noun = phrase.child("compound", "npadvmod")
    short = phrase.tag == "JJ" or (phrase.tag == "NNS" and phrase.following is copula.children[-1])
    if noun is not None and noun.index == phrase.index - 1 and short:
        noun.hang(copula, "nsubj")
        phrase.dep = "attr"


def part_inversion(sentence: Sentence) -> None:
    """Give "In the garden stands a mill" its subject, where the mill was an object."""
    verb = sentence.root
    place, noun = verb.child("prep"), verb.child("dobj", "attr")
    if place is None or noun is None or verb.child(*SUBJECTS) is not None or place.first():
        return
    if place.last() == verb.index - 1 and base(verb.text, verb.tag) in POSTURE:
        noun.dep = "nsubj"


def _part_echo(so: Word) -> None:
    """Give "and so do wasps" its subject, where wasps were what is done."""
    verb = so.following
    if verb is None or verb.dep != "conj" or verb.lower not in OPERATORS:
        return
    noun = verb.following if verb.child(*SUBJECTS) is None else None
    while noun is not None and noun.head not in {verb, verb.head}:
        noun = noun.head
    if noun is not None and noun.dep in {"dobj", "attr", "npadvmod", "acomp"}:
        noun.hang(verb, "nsubj")


def _part_commands(sentence: Sentence) -> None:
    """Set "Boil the water, then stir" beside each other, where boiling was to stir."""
    verb = sentence.root
    first = verb.child("nsubj", "csubj")
    if first is not None and _is_answer(first, verb):
        first.dep, verb.tag = "npadvmod", "VB"
    if first is None or first.tag != "VB" or first.index or verb.supported:
        return
    if verb.tag == "VB":
        first.dep = "ccomp"
    elif verb.tag in {"VBD", "VBN"} and verb.index == 1:
        _command_kind(sentence, first, verb)


def _is_answer(noun: Word, verb: Word) -> bool:
    """Whether a comma parts "No problem" from the command that follows it."""
    if noun.first() or noun.tag != "NN" or verb.tag not in {"VB", "VBP"} or verb.supported:
        return False
    return any(c.text == "," and c.index == noun.last() + 1 for c in verb.children)


def _command_kind(sentence: Sentence, first: Word, participle: Word) -> None:
    """Make "Burn treated wood" a command, where one that is to burn treated it."""
    noun = participle.child("dobj")
    if noun is None:
        return
    behind = [c for c in participle.children if c.index > participle.index]
    sentence.raise_verb(first, "amod")
    for word in behind:
        word.hang(first)
    participle.tag = "VBN"
    participle.hang(noun, "amod")


def _part_subject(verb: Word) -> None:
    """Make "diamonds" the subject of "Diamonds form in clouds", and of "When do diamonds form?"."""
    if verb.child(*SUBJECTS) is not None:
        return
    last = verb.previous
    if verb.tag == "VBZ" and last is not None and last.head is verb and last.tag in SUBJECT_ENDS:
        if last.tag in NAMES or verb.child("det", "poss", "compound") is not None:
            _gather_subject(verb, last)
        return
    if last is not None and _ends_subject(verb, last):
        _gather_subject(verb, last)
        return
    noun = verb.child("compound")
    if noun is None:
        return
    # No noun takes an irregular plural in front of it: "Cacti bloom" is a clause. Nor does one
    # take a clause before a plural: "He left in May, records show".
    odd = is_plural(noun.text) and not noun.lower.endswith("s")
    tells = noun.tag == "NNS" and verb.child("ccomp") is not None
    if verb.tag == "NN" and (odd or tells) and "VBP" in can_be_verb(verb.text):
        verb.tag = "VBP"
    if verb.tag == "VB" and not verb.supported and _may_do(noun, verb):
        verb.tag = "VBP"
        odd = True
    plural = odd or noun.tag == "NNS" or noun.lower in UNTELLING
    plural |= _may_do(noun, verb) and noun.index == 0
    if (verb.tag == "VBP" and plural) or (verb.tag == "VB" and verb.supported):
        noun.dep = "nsubj"


def _may_do(noun: Word, verb: Word) -> bool:
    """Whether a plural in front of a command can only be who does it: "Owls hoot"."""
    return noun.index == verb.index - 1 and can_be_plural(noun.text)


def _ends_subject(verb: Word, last: Word) -> bool:
    """Whether this is the "place" of "GPS data place the van", taken for a command."""
    if verb.tag != "VB" or verb.supported or last.head is not verb:
        return False
    return last.tag == "NNS" and last.dep == "compound" and verb.dep == "ROOT"


def _gather_subject(verb: Word, last: Word) -> None:
    """Make the words in front of a verb, which hang on it one by one, one noun phrase."""
    for word in [c for c in verb.children if c.index < last.index]:
        if word.dep in {"det", "poss", "compound", "amod", "nummod"} or word.tag == "HYPH":
            word.hang(last)
    last.dep = "nsubj"
    if last.tag == "JJ":
        last.tag = "NN"


def _open_report(word: Word) -> None:
    """Make "shown that coffee stunts growth" a clause, where "that coffee stunts" was a noun."""
    that = word.child("det")
    subject = next((c for c in reversed(word.children) if c.dep == "compound"), None)
    if that is None or that.lower != "that" or subject is None or that.index > subject.index:
        return
    word.dep, that.dep, subject.dep = "ccomp", "mark", "nsubj"
    that.tag = "IN"


def _name_subject(word: Word) -> None:
    """Make "lead" a noun in "a fact that lead cures pain", where it was the verb of "that"."""
    that, verb = word.child("nsubj"), word.head
    if that is None or that.lower != "that" or verb is None or verb.tag not in TENSES:
        return
    word.tag, that.tag = "NN", "IN"
    that.hang(verb, "mark")


def _open_content(verb: Word) -> None:
    """Make "prove the earth was round" a clause, where the earth was an object."""
    noun, above = verb.previous, verb.head
    if noun is not None and noun.text == ",":
        # "the founder, Rex Hall, has": the object is what Rex Hall explains.
        aside = (
            [c for c in above.children if c.last() in {noun.index, noun.index - 1}] if above else []
        )
        noun = aside[0] if aside else None
    if noun is None or above is None:
        return
    report = noun.head
    if noun.dep != "dobj" or report is None or verb.child(*SUBJECTS, "cc"):
        return
    beside = verb.dep == "ccomp" or (verb.dep == "conj" and _joint_before(verb) is None)
    known = beside if report is above else report.tag == "VB"
    if known and base(report.text, report.tag) in REPORT:
        noun.hang(verb, "nsubj")
        verb.hang(report, "ccomp")


def _part_conjunct(verb: Word) -> None:
    """Set "plums are nuts and figs are fish" beside each other, where nuts and figs were fish."""
    noun = verb.child("nsubj")
    copula = None if noun is None else noun.leftmost().previous
    if noun is None or copula is None or copula.lower not in COPULAS or copula.dep in AUX:
        return
    other, joint = noun.child("conj"), noun.child("cc")
    if other is None or joint is None or other.last() != verb.index - 1 or copula is verb.head:
        return
    if copula.child(*SUBJECTS) is not None and copula.child("attr", "acomp", "prep") is None:
        noun.hang(copula, "attr")
        joint.hang(copula)
        other.hang(verb, "nsubj")
        verb.hang(copula, "conj")


def _joint_before(verb: Word) -> Word | None:
    """The "and" in front of a conjunct."""
    above = verb.head.children if verb.head is not None else []
    return next((c for c in above if c.dep == "cc" and c.index < verb.index), None)
