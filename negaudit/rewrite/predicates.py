"""Negating one predicate: with its operator, with do-support, or before a non-finite verb."""

from __future__ import annotations

from negaudit.rewrite.auxiliaries import has_operator, negate_operator, styled
from negaudit.rewrite.clauses import FINITE, Clause, Form
from negaudit.rewrite.inflection import base, can_be_verb, only_participle
from negaudit.rewrite.lexicon import ADVERBS_BEFORE_NOT, EXHORTATIVE
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["decapitalise", "negate_predicate"]

ALWAYS = frozenset({"always", "often", "also", "even", "ever", "just"})
SUPPORT = {"VBZ": "does", "VBP": "do", "VBD": "did", "VB": "do"}


def negate_predicate(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """The edits that negate the clause at its predicate, or None where no rule fits."""
    if clause.form is Form.FINITE:
        return _negate_finite(sentence, clause)
    if clause.form is Form.IMPERATIVE:
        return _negate_imperative(sentence, clause)
    if clause.form in {Form.INFINITIVE, Form.PARTICIPLE}:
        return [_put_before(sentence, _first_word(clause), "not ")]
    return None


def decapitalise(sentence: Sentence, word: Word) -> str:
    """The word as it is written when it no longer opens the sentence."""
    if sentence.titled or word.tag in {"NNP", "NNPS"} or word.lower in {"i", "i'm"}:
        return word.text
    if word.text[1:] != word.text[1:].lower():
        return word.text
    return word.text.lower()


def _negate_finite(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    if infinitive := _raised_infinitive(clause):
        return [_put_before(sentence, infinitive, "not ")]
    if has_operator(clause):
        return negate_operator(sentence, clause)
    if clause.inverted or clause.finite.tag not in FINITE or _is_only_participle(clause):
        return None
    return _support(sentence, clause)


def _is_only_participle(clause: Clause) -> bool:
    """Whether no tense has this form: "Men taken prisoner escaped", but "I seen him"."""
    verb, subject = clause.finite, clause.subject
    if verb.tag != "VBD" or subject is None or subject.tag == "PRP":
        return False
    return only_participle(verb.text)


def _raised_infinitive(clause: Clause) -> Word | None:
    """The "to" of "is known to be": what is known is denied, not the knowledge."""
    if clause.verb.tag != "VBN" or clause.verb.lower not in EXHORTATIVE or not clause.auxiliaries:
        return None
    for word in clause.verb.children:
        if word.dep == "xcomp" and word.index > clause.verb.index:
            return next((c for c in word.children if c.tag == "TO"), None)
    return None


def _support(sentence: Sentence, clause: Clause) -> list[Edit]:
    """Puts "does not" in front of the verb and its adverbs, and the verb in its base form."""
    verb = clause.finite
    support = SUPPORT[verb.tag]
    words = styled(sentence, support + ("n't" if sentence.contracted else " not"))
    plain = base(verb.text, verb.tag, _has_object(verb))
    if sentence.titled:
        plain = plain.title()
    if verb.text[0] in "'\u2019":
        return [Edit(verb.start, verb.end, f" {support}n{verb.text[0]}t have")]
    start = _floating_all(clause) or _first_adverb(clause)
    if start is verb:
        capital = verb is sentence.opener() and verb.text[0].isupper()
        return [Edit(verb.start, verb.end, f"{words.capitalize() if capital else words} {plain}")]
    changed = [Edit(verb.start, verb.end, plain)]
    if start.lower == "already":
        return [Edit(start.start, start.end, f"{words} {styled(sentence, 'yet')}"), *changed]
    return [Edit(start.start, start.start, words + " "), *changed]


def _floating_all(clause: Clause) -> Word | None:
    """The "all" of "Rain, hail and snow all fell": they did not all fall."""
    before, subject = clause.finite.previous, clause.subject
    if before is None or subject is None or before.lower != "all" or before is subject:
        return None
    return before if before.dep == "appos" and before.index > subject.index else None


def _has_object(verb: Word) -> bool:
    return verb.child("dobj") is not None


def _first_adverb(clause: Clause) -> Word:
    """The first of the verb's adverbs that stand between the subject and the verb."""
    verb = clause.finite
    floor = clause.subject.last() if clause.subject else -1
    # "Charging it overnight ruins it": the adverb tells how it is charged.
    behind_act = clause.subject is not None and clause.subject.tag == "VBG"
    start = _floating(verb) or verb
    if start is not verb:
        return start
    while (word := start.previous) is not None and word.index > floor:
        if word.lower == "too" and word.head is start:
            return verb
        owner = word.head if word.head is not verb and word.head is not None else word
        is_adverb = owner.dep in {"advmod", "npadvmod"} and owner.head is verb
        if not is_adverb or not word.tag.startswith("RB") or word.lower in ADVERBS_BEFORE_NOT:
            break
        if behind_act and word.lower not in ALWAYS and not word.lower.endswith("ly"):
            break
        start = word
    return start if clause.subject or verb.dep == "conj" else verb


def _floating(verb: Word) -> Word | None:
    """The "all" of "they all work"."""
    before = verb.previous
    if before is None or before.lower not in {"all", "both", "each"}:
        return None
    pronoun = before.previous
    return before if pronoun is not None and pronoun.tag in {"PRP", "NNS", "NNPS"} else None


def _negate_imperative(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    verb = clause.finite
    unlike = "VBP" not in can_be_verb(verb.text) and verb.lower != "be"
    if unlike or (verb.previous is not None and verb.previous.dep == "compound"):
        return None
    if verb.lower == "do" and verb is not clause.verb:
        return [Edit(verb.end, verb.end, " not")]
    following = verb.following
    if verb.lower == "let" and following is not None and following.lower in {"'s", "us"}:
        return [Edit(following.end, following.end, " not")]
    if (infinitive := _ensured(verb)) is not None:
        return [_put_before(sentence, infinitive, "not ")]
    target = verb
    before = verb.previous
    if before is not None and before.lower in {"always", "just", "simply", "only"}:
        target = before
    if target.lower == "always":
        never = "Never" if target.text[0].isupper() else "never"
        return [Edit(target.start, target.end, never)]
    return [_put_before(sentence, target, "do not ", verb=True)]


def _ensured(verb: Word) -> Word | None:
    """The "to" of "Make sure to lock it", where the locking is to be denied."""
    above = verb if verb.lower == "remember" else verb.child("acomp", "oprd", "ccomp")
    if above is None or (above is not verb and above.lower not in {"sure", "certain"}):
        return None
    below = above.child("xcomp") or verb.child("xcomp")
    return None if below is None else next((c for c in below.children if c.tag == "TO"), None)


def _first_word(clause: Clause) -> Word:
    return clause.auxiliaries[0] if clause.auxiliaries else clause.verb


def _follows_mark(word: Word) -> bool:
    """Whether a command opens behind a label that the parser kept in the sentence."""
    return word.previous is not None and not word.previous.text[-1].isalnum()


def _put_before(sentence: Sentence, word: Word, words: str, verb: bool = False) -> Edit:
    """Insert words, with the capital moved where the word opened the sentence."""
    words = styled(sentence, words)
    if "don't" in sentence.text.lower() or (sentence.contracted and words == "do not "):
        words = words.replace("do not", "don't")
    opens = word is sentence.opener() or (verb and _follows_mark(word))
    if not opens or not word.text[0].isupper():
        return Edit(word.start, word.start, words)
    rest = word.text.lower() if verb and not sentence.titled else decapitalise(sentence, word)
    return Edit(word.start, word.end, words[0].upper() + words[1:] + rest)
