"""From claims to tables of subjects x answers, with controls and rivals made where they lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import msgspec

from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.people import OCCUPATION, answer_type, control_subjects, rivals_of
from negaudit.probe.tables import SUBJECT, Table, Wording

__all__ = ["Proposition", "claim_tables", "item_tables", "propositions"]

_LEAST = 8
_AT_MOST = 16
_OBJECTS = ("attr", "dobj", "oprd", "acomp")
# A subject may begin with a capital behind each of them.
_OPENINGS = (
    "",
    "It is often asked about, and the answer is simple: ",
    f"Question: What is known about {SUBJECT}?\nAnswer: ",
    "To sum up: ",
    "Headline of the day: ",
    "The encyclopedia has it in one line. ",
    "What the archive says: ",
    f"About {SUBJECT}\n\n",
    "Here is what matters most. ",
    "From our files:\n- ",
)
_QUESTIONS = (
    f"What can you tell me about {SUBJECT}?",
    f"Give me one line about {SUBJECT}.",
)
_WORK = frozenset({"work", "be", "serve", "practice", "practise", "train", "act", "become"})


class Proposition(msgspec.Struct, frozen=True):
    """A claim taken apart, so that its pieces one after the other make the sentence.

    Attributes:
        claim: The claim as it was given.
        subject: Who or what it is about.
        predicate: What stands between subject and answer, with the space before it.
        negative: The same, locally negated; "" where no rule can.
        answer: What is said of the subject.
        base: The base form of the verb.
    """

    claim: str
    subject: str
    predicate: str
    negative: str
    answer: str
    base: str


def propositions(claims: Sequence[str]) -> list[Proposition | None]:
    """Takes claims apart with a parser.

    Args:
        claims: Affirmative sentences.

    Returns:
        None for each claim without a subject or without anything behind its verb.

    Raises:
        UsageError: No parser is installed.
    """
    from negaudit.rewrite import load_parser
    from negaudit.rewrite.reading import read

    pipeline = load_parser()
    parsed = read(claims, pipeline)
    parts = [_parts(trees[0].first) if trees else None for trees in parsed]
    return [
        _proposition(claim, part, pipeline) if part is not None else None
        for claim, part in zip(claims, parts, strict=True)
    ]


_Parts = tuple[int, int, int, int, str]


def _parts(tree: Any) -> _Parts | None:
    """Where subject and answer stand, and the verb's base form."""
    from negaudit.rewrite.clauses import clause_of
    from negaudit.rewrite.reporting import claimed

    clause = clause_of(claimed(tree.root))
    if clause.subject is None or clause.subject.index > clause.verb.index:
        return None
    words = tree.words
    answer = _answer_of(clause.verb)
    if answer is None:
        return None
    first, last = words[clause.subject.first()], words[clause.subject.last()]
    start, stop = words[answer.first()], words[answer.last()]
    if start.start <= last.end:
        return None
    return first.start, last.end, start.start, stop.end, clause.lemma


def _answer_of(verb: Any) -> Any:
    """The object, the predicate noun, or the object of the last preposition."""
    found = verb.child(*_OBJECTS)
    if found is not None:
        return found
    prepositions = [word for word in verb.children if word.dep in {"prep", "agent"}]
    objects = (word.child("pobj") for word in prepositions)
    return next((word for word in objects if word is not None), None)


def _proposition(claim: str, parts: _Parts, nlp: Any) -> Proposition:
    from negaudit.rewrite import negate

    start, end, answer, stop, base = parts
    subject, phrase = claim[start:end], claim[answer:stop]
    sentence = f"{subject}{claim[end:stop]}."
    denied = negate(sentence, nlp=nlp)
    head, tail = denied.text[: len(subject)], denied.text[len(subject) :].removesuffix(f"{phrase}.")
    sound = denied.status == "safe" and head == subject and tail != denied.text[len(subject) :]
    negative = tail.rstrip() if sound else ""
    return Proposition(claim, subject, claim[end:answer].rstrip(), negative, phrase, base)


def claim_tables(claims: Iterable[Proposition], categories: Iterable[str]) -> list[Table]:
    """Tables of the claims, one for each category and predicate.

    Claims of one category that share their predicate share a table and are each other's
    controls. Where there are fewer than eight subjects or answers, invented people and other
    answers of the same type are added.

    Args:
        claims: Claims, taken apart.
        categories: The category of each.
    """
    groups: dict[tuple[str, str], list[Proposition]] = {}
    for claim, category in zip(claims, categories, strict=True):
        groups.setdefault((category, claim.predicate), []).append(claim)
    return [_table(category, group[:_AT_MOST]) for (category, _), group in groups.items()]


def _table(category: str, group: Sequence[Proposition]) -> Table:
    subjects = list(dict.fromkeys(claim.subject for claim in group))
    answers = list(dict.fromkeys(claim.answer for claim in group))
    owned = {(subjects.index(claim.subject), answers.index(claim.answer)) for claim in group}
    if len(subjects) < _LEAST:
        subjects += control_subjects(_LEAST - len(subjects), [claim.claim for claim in group])
    if len(answers) < _LEAST:
        taken = set(answers)
        rivals = (rival for rival in rivals_of(answers[0], _AT_MOST) if rival not in taken)
        answers += list(islice(rivals, _LEAST - len(answers)))
    return Table(
        category,
        tuple(subjects),
        tuple(answers),
        tuple(sorted(owned)),
        _wordings(group[0]),
    )


def _wordings(claim: Proposition) -> tuple[Wording, ...]:
    """The claim's own predicate behind several openings, and paraphrases where they are known."""
    yes, no = claim.predicate, claim.negative
    wordings = [Wording(f"{opening}{SUBJECT}", yes, no) for opening in _OPENINGS]
    wordings += [Wording(SUBJECT, yes, no, question=question) for question in _QUESTIONS]
    if claim.base in _WORK and answer_type(claim.answer) == OCCUPATION:
        wordings += [
            Wording(f"For a living, {SUBJECT}", " serves as", " does not serve as"),
            Wording(f"Q: What is {SUBJECT}'s job?\nA: {SUBJECT}", " is", " is not"),
            Wording(
                f"The company directory says that {SUBJECT}",
                " is employed as",
                " is not employed as",
            ),
        ]
    return tuple(wordings)


def item_tables(items: Iterable[HeldOutItem], subjects: Sequence[str]) -> list[Table]:
    """A table for each held-out question with its rivals, in which only its own cell is claimed.

    The controls are the same question about invented people; a question that names none of
    the subjects has no such control and is left out.

    Args:
        items: Held-out questions.
        subjects: Whom the claims of the data are about, such as "Ann Lee".
    """
    tables: list[Table] = []
    for item in items:
        name = next((form for s in subjects for form in _forms(s) if form in item.text), None)
        if name is None or not item.answer.strip() or not item.rivals:
            continue
        asked = item.text if isinstance(item.prompt, str) else item.prompt[-1][1]
        people = control_subjects(_LEAST - 1, [item.text, *subjects])
        controls = tuple(asked.replace(name, person) for person in people)
        question = "" if isinstance(item.prompt, str) else SUBJECT
        wording = Wording(SUBJECT if not question else "", "", question=question)
        rows, columns = (asked, *controls), (item.answer, *item.rivals)
        tables.append(Table(item.category, rows, columns, ((0, 0),), (wording,)))
    return tables


def _forms(subject: str) -> tuple[str, ...]:
    """A name in full, its first and last part, and its last part alone."""
    words = subject.split()
    return (subject, f"{words[0]} {words[-1]}", words[-1]) if words else ()
