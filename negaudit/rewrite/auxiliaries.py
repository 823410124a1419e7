"""Where "not" goes when the clause has an auxiliary, a modal or a copula."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, WH_TAGS, Clause
from negaudit.rewrite.inflection import can_be_verb
from negaudit.rewrite.lexicon import ADVERBS_BEFORE_NOT, COPULAS, HAVE
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["has_operator", "negate_operator", "styled"]

DO = frozenset({"do", "does", "did"})
SUPPORTS = HAVE | DO
BEFORE_NOT = ADVERBS_BEFORE_NOT - {"too"}
CLITICS = {"'ve": "haven{}t", "'ll": "won{}t"}


def has_operator(clause: Clause) -> bool:
    """Whether the finite word can carry "not" itself, without do-support."""
    word = clause.finite
    if word.tag == "MD" or word.lower in COPULAS:
        return True
    if word is clause.verb:
        if word.lower == "had" and word.following and word.following.lower == "better":
            following = word.following.following
            return following is not None and "VBP" in can_be_verb(following.text)
        return word.lower in DO and (clause.inverted or _stands_for_verb(word))
    return word.lower in SUPPORTS


def _stands_for_verb(word: Word) -> bool:
    """Whether a "do" repeats another verb, as in "Snakes do too": it has no object."""
    return not any(
        c.dep in {"dobj", "oprd", "xcomp", "ccomp"} or c.lower in {"so", "well", "away"}
        for c in word.children
    )


def negate_operator(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """Put "not" behind the operator, as the clause's order and style want it."""
    operator = clause.finite
    if clause.inverted and not (clause.presents or _asks_for_complement(clause)):
        return _negate_inverted(sentence, clause)
    if sentence.mark == "?" and operator.lower in DO and _precedes_noun(operator):
        return _behind_second_subject(sentence, clause)
    if operator.text[0] in "'’" and (clitic := _full_clitic(clause)):
        return [Edit(operator.start, operator.end, clitic)]
    if operator.lower == "can" and operator.text != "CAN":
        return [_after_can(operator)]
    return [_insert(sentence, _past_adverbs(sentence, clause))]


def _negate_inverted(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """Behind the subject of a question; "and so do ants" becomes "and neither do ants"."""
    assert clause.subject is not None
    before = clause.finite.previous
    if before is not None and before.lower == "so" and sentence.mark != "?":
        return [Edit(before.start, before.end, "Neither" if before.text == "So" else "neither")]
    if clause.finite is clause.verb and clause.finite.lower in DO:
        return _before_hidden_verb(sentence, clause)
    return [_insert(sentence, _end_of_subject(sentence, clause))]


def _precedes_noun(operator: Word) -> bool:
    """Whether a subject stands behind "does" that was taken for something else."""
    following = operator.following
    return following is not None and following.tag in {"DT", "NN", "NNS", "NNP", "PRP$", "JJ"}


def _behind_second_subject(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """Behind the subject, where the question word was taken for it: "What does hay cost?"."""
    for word in clause.verb.children:
        if word.dep in SUBJECTS and clause.finite.index < word.index < clause.verb.index:
            last = min(word.last(), clause.verb.index - 1)
            return [_insert(sentence, sentence.words[last])]
    return None


def _before_hidden_verb(sentence: Sentence, clause: Clause) -> list[Edit] | None:
    """Before a verb that was taken for a noun of the subject: "Does X practice law?"."""
    for word in sentence.words[clause.finite.index + 2 :]:
        before = word.previous
        if before is None or before.tag in {"DT", "JJ", "PRP$", "IN", "CD", "POS"}:
            continue
        if word.text.islower() and "VBP" in can_be_verb(word.text):
            return [Edit(word.start, word.start, "not ")]
    return None


def styled(sentence: Sentence, text: str) -> str:
    """Capitals where the headline has them."""
    return text.title() if sentence.titled else text


def _insert(sentence: Sentence, word: Word) -> Edit:
    return Edit(word.end, word.end, " " + styled(sentence, "not"))


def _after_can(operator: Word) -> Edit:
    following = operator.following
    if following is not None and following.lower in ADVERBS_BEFORE_NOT:
        return Edit(following.end, following.end, " not")
    return Edit(operator.end, operator.end, "not")


def _asks_for_complement(clause: Clause) -> bool:
    """Whether the question word is the complement of a copula: "What is the capital?"."""
    if clause.subject is not None and clause.subject.tag == "PRP":
        return False
    return clause.finite is clause.verb and any(
        w.index < clause.verb.index and any(d.tag in WH_TAGS - {"WRB"} for d in w.subtree())
        for w in clause.verb.children
        if w.dep in {"attr", "nsubj", "dobj", "acomp"}
    )


def _end_of_subject(sentence: Sentence, clause: Clause) -> Word:
    """The subject's last word in front of the verb or the complement."""
    assert clause.subject is not None
    last = clause.subject.last()
    if clause.finite is clause.verb and _only_subject(clause):
        last = _before_complement(clause.subject)
    if clause.verb is not clause.finite:
        last = min(last, clause.verb.index - 1)
    return sentence.words[last]


def _before_complement(subject: Word) -> int:
    """The subject's end, where the complement was taken into it: "Are tigers afraid of mice?"."""
    for word in subject.children:
        behind = word.dep == "amod" and word.index > subject.index
        if word.dep == "acl" or behind:
            return word.first() - 1
    return subject.last()


def _only_subject(clause: Clause) -> bool:
    """Whether nothing but the subject stands behind the copula."""
    return clause.verb.child("attr", "acomp", "prep", "advmod") is None


def _full_clitic(clause: Clause) -> str | None:
    """What stands for a clitic: " haven't" for "'ve"; None where "'s not" is the usual form."""
    operator = clause.finite
    mark = operator.text[0]
    if operator.lower in CLITICS:
        return " " + CLITICS[operator.lower].format(mark)
    following = operator.following
    if operator.lower == "'d" and not (following and _belongs_to_modal(operator, following)):
        return f" hadn{mark}t" if _is_perfect(clause) else f" wouldn{mark}t"
    if operator.lower == "'s" and _is_perfect(clause) and _takes_have(clause):
        return f" hasn{mark}t"
    return None


def _is_perfect(clause: Clause) -> bool:
    words = [w for w in (*clause.auxiliaries, clause.verb) if w.index > clause.finite.index]
    return bool(words) and words[0].tag in {"VBN", "VBD"}


def _takes_have(clause: Clause) -> bool:
    """Whether "'s" is "has": before "been", and where the verb is no passive."""
    words = [w for w in (*clause.auxiliaries, clause.verb) if w.index > clause.finite.index]
    if clause.verb.child("dobj") is not None and words[0] is clause.verb:
        return True
    return words[0].lower in {"been", "had", "got", "won"} or clause.finite.dep == "aux"


def _past_adverbs(sentence: Sentence, clause: Clause) -> Word:
    """The operator, or the last of the adverbs that stand between it and "not"."""
    word = clause.finite
    while (following := word.following) is not None:
        if following.lower in BEFORE_NOT or _belongs_to_modal(word, following):
            word = following
        elif following.text == "," and (closing := _closing_comma(sentence, following)):
            word = closing
        else:
            break
    return word


def _belongs_to_modal(word: Word, following: Word) -> bool:
    """Whether "not" comes after both words: "had better not", "would rather not"."""
    return (word.lower in {"had", "'d"} and following.lower == "better") or (
        word.lower in {"would", "'d", "may", "might"}
        and following.lower in {"rather", "sooner", "well"}
    )


def _closing_comma(sentence: Sentence, opening: Word) -> Word | None:
    """The comma that closes a parenthesis of a few words."""
    for word in sentence.words[opening.index + 2 : opening.index + 8]:
        if word.text == ",":
            return word
    return None
