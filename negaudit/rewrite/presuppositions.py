"""What still presupposes a claim after its sentence is negated.

"Sheeran's victory did not make him a legend" denies the legend and keeps the victory. Such
expressions are reported; where a rule can, they are reworded ("No victory by Sheeran made him
a legend"), else the sentence should be dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from negaudit.errors import UsageError
from negaudit.rewrite.appositions import negate_apposition
from negaudit.rewrite.claims import Claim, is_about, is_event, is_role, read_claim, states
from negaudit.rewrite.clauses import SUBJECTS, Clause, clause_of, is_negative
from negaudit.rewrite.inflection import base
from negaudit.rewrite.parser import load_parser
from negaudit.rewrite.reading import read
from negaudit.rewrite.record import Edit, Negation, splice
from negaudit.rewrite.reporting import claimed
from negaudit.rewrite.sentence import Outcome, negate_clause, negate_sentence, summary
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word

__all__ = [
    "Presupposition",
    "find_presuppositions",
    "negate_claim",
    "negate_claim_many",
    "presuppositions",
]

PRONOUNS = frozenset({"his", "her", "their", "its", "my", "our", "your"})
OF_PRONOUN = {
    "his": "his",
    "her": "hers",
    "their": "theirs",
    "my": "mine",
    "our": "ours",
    "your": "yours",
    "its": "its",
}
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
CLAUSES = frozenset({"relcl", "advcl", "acl", "pcomp"})

NOUN_PHRASES = frozenset({"possessive", "definite"})

Trigger = Literal["possessive", "definite", "role", "apposition", "clause"]


class Presupposition(msgspec.Struct, frozen=True):
    """An expression that takes the claim for granted.

    Attributes:
        start: Where it begins in the sentence.
        end: Where it ends.
        trigger: What makes it presuppose: a possessive or definite noun phrase of the event, a
            description of the subject by the claim, an apposition, or a subordinate clause.
        edits: What rewords it, or None where only dropping the sentence helps.
    """

    start: int
    end: int
    trigger: Trigger
    edits: tuple[Edit, ...] | None = None


def presuppositions(sentence: str, claim: str, *, nlp: Any = None) -> tuple[Presupposition, ...]:
    """What presupposes the claim in a sentence, whether or not the sentence is negated.

    Args:
        sentence: The sentence, as it is in the text.
        claim: The claim as one affirmative sentence ("Ann Lee is a dentist.").
        nlp: A spaCy pipeline; None loads the installed model.

    Raises:
        UsageError: If the claim is no sentence, or no pipeline is installed.
    """
    (trees,), facts = _read([sentence], claim, nlp)
    return tuple(item for tree in trees for item in find_presuppositions(tree, facts))


def negate_claim(sentence: str, claim: str, *, nlp: Any = None) -> Negation:
    """Negate a claim wherever a sentence states or presupposes it.

    The main clause is negated when it is about the claim, and left alone otherwise. A result
    with status "display-only" and a reason that begins with "drop" means that the sentence
    would presuppose the claim in any wording that a rule can reach.

    Raises:
        UsageError: If the claim is no sentence, or no pipeline is installed.
    """
    return negate_claim_many([sentence], claim, nlp=nlp)[0]


def negate_claim_many(sentences: Iterable[str], claim: str, *, nlp: Any = None) -> list[Negation]:
    """Negate a claim in many sentences, parsed in batches; see `negate_claim`."""
    texts = list(sentences)
    parsed, facts = _read(texts, claim, nlp)
    return [_negate_text(text, trees, facts) for text, trees in zip(texts, parsed, strict=True)]


def _read(texts: list[str], claim: str, nlp: Any) -> tuple[list[list[Sentence]], Claim]:
    pipeline = nlp if nlp is not None else load_parser()
    stated, *parsed = read([claim, *texts], pipeline)
    if not stated:
        raise UsageError("the claim is empty", hint="give it as one affirmative sentence")
    trees = [[item.first if item.invented else item.tree for item in found] for found in parsed]
    return trees, read_claim(stated[0].tree)


def _negate_text(text: str, trees: list[Sentence], claim: Claim) -> Negation:
    found = [(tree, list(find_presuppositions(tree, claim))) for tree in trees]
    stuck = [item for _, items in found for item in items if item.edits is None]
    if stuck:
        words = text[stuck[0].start : stuck[0].end]
        return Negation(text, "display-only", f"drop: {words!r} presupposes the claim")
    outcomes = [_negate_tree(tree, claim, items) for tree, items in found]
    edits = tuple(edit for outcome in outcomes for edit in outcome.edits)
    status, reason = summary(outcomes)
    return Negation(splice(text, edits), status, reason, edits)


def _negate_tree(tree: Sentence, claim: Claim, found: list[Presupposition]) -> Outcome:
    """Reword what presupposes the claim, and negate the main clause where it has to be."""
    rewording = sorted({edit for item in found for edit in item.edits or ()})
    main = _main(tree, claim, found)
    apart = [edit for edit in main.edits if not any(_overlap(edit, other) for other in rewording)]
    if not rewording:
        return main
    status = main.status if main.edits else "safe"
    return Outcome(tuple(sorted([*rewording, *apart])), status, main.reason)


def _overlap(edit: Edit, other: Edit) -> bool:
    return edit.start < other.end and other.start < edit.end


def _main(tree: Sentence, claim: Claim, found: list[Presupposition]) -> Outcome:
    """The negation of the main clauses, unless their subject carries it or they are apart."""
    clauses = main_clauses(tree)
    if any(_denies_subject(tree, clauses, item) for item in found):
        return Outcome((), "safe", "denied by its subject")
    reworded = any(item.trigger in NOUN_PHRASES and item.edits for item in found)
    if reworded or any(is_about(clause, claim) for clause in clauses):
        return negate_sentence(tree)
    return Outcome((), "unchanged", "its main clause is not about the claim")


def _denies_subject(tree: Sentence, clauses: list[Clause], item: Presupposition) -> bool:
    return (
        any(
            c.subject is not None and tree.words[c.subject.first()].start == item.start
            for c in clauses
        )
        and item.trigger in NOUN_PHRASES
    )


def find_presuppositions(tree: Sentence, claim: Claim) -> Iterator[Presupposition]:
    """What presupposes a claim in a parsed sentence."""
    main = {id(clause.verb) for clause in main_clauses(tree)}
    for word in tree.words:
        if word.dep == "appos" and is_role(word, claim):
            yield _item(tree, word, "apposition", negate_apposition(tree, word))
        elif word.dep in CLAUSES and id(word) not in main and states(word, claim):
            yield _subordinate(tree, word)
        elif word.tag.startswith("NN") and (is_event(word, claim) or word.lower in claim.gains):
            yield from _event(tree, word, claim)
        elif word.tag.startswith("NN") and is_role(word, claim):
            yield from _description(tree, word, claim)


def _item(tree: Sentence, word: Word, trigger: Trigger, edits: list[Edit] | None) -> Presupposition:
    start, end = tree.words[word.first()].start, tree.words[word.last()].end
    return Presupposition(start, end, trigger, None if edits is None else tuple(edits))


def _subordinate(tree: Sentence, verb: Word) -> Presupposition:
    """A relative clause about a name is negated; others hold the sentence up."""
    clause = clause_of(verb)
    about_name = verb.head is not None and verb.head.tag == "NNP"
    edits = negate_clause(tree, clause, alone=True) if verb.dep == "relcl" and about_name else None
    return _item(tree, verb, "clause", edits)


def _event(tree: Sentence, noun: Word, claim: Claim) -> Iterator[Presupposition]:
    """Finds "the victory", "Sheeran's victory", "his gold"."""
    owner = noun.child("poss")
    article = noun.child("det")
    if _is_predicate(noun, claim):
        return
    if owner is not None and (owner.lower in PRONOUNS or owner.lower in claim.names):
        yield _item(tree, noun, "possessive", _reworded(tree, noun, owner, claim))
    elif article is not None and article.lower in DEFINITE and is_event(noun, claim):
        yield _item(tree, noun, "definite", _reworded(tree, noun, article, claim))


def _is_predicate(noun: Word, claim: Claim) -> bool:
    """Whether the main clause itself claims it: "won the gold", "was the winner"."""
    verb = noun.head
    if verb is None or noun.dep not in {"dobj", "attr"} or verb.head is not None:
        return False
    return base(verb.text, verb.tag) in {claim.verb, "be"}


def _reworded(tree: Sentence, noun: Word, determiner: Word, claim: Claim) -> list[Edit] | None:
    """Puts "no victory" for a subject, "any victory" behind a negated verb."""
    if any(c.dep in {"acl", "relcl", "appos"} for c in noun.children):
        return None
    is_subject = noun.dep in SUBJECTS and noun.head is claimed(tree.root)
    if noun.dep in SUBJECTS and not is_subject:
        return None
    if is_subject and not is_negative(clause_of(noun.head)):  # type: ignore[arg-type]
        quantifier = "no"
    elif noun.index > claimed(tree.root).index:
        quantifier = "any"
    else:
        return None
    first = tree.words[determiner.first()]
    last = tree.words[determiner.last()]
    text = quantifier.capitalize() if first.text[0].isupper() and is_subject else quantifier
    edits = [Edit(first.start, last.end, text)]
    if determiner.lower in OF_PRONOUN:
        edits.append(Edit(noun.end, noun.end, f" of {OF_PRONOUN[determiner.lower]}"))
    elif determiner.dep == "poss":
        name = tree.text[first.start : determiner.end]
        owned = f" by {name}" if is_event(noun, claim) else f" of {name}'s"
        edits.append(Edit(noun.end, noun.end, owned))
    return edits


def _description(tree: Sentence, noun: Word, claim: Claim) -> Iterator[Presupposition]:
    """A person named by the claim: "the dentist", "dentist Ann Lee", "As a dentist, ..."."""
    if noun.dep == "pobj" and noun.head is not None and noun.head.lower == "as":
        if noun.index < tree.root.index and noun.head.head is tree.root:
            yield _item(tree, noun.head, "role", None)
        return
    if noun.dep == "compound" and noun.head is not None and noun.head.tag == "NNP":
        yield _item(tree, noun, "role", None)
        return
    article = noun.child("det", "poss")
    definite = article is not None and (article.lower in DEFINITE or article.dep == "poss")
    if definite and not _is_predicate(noun, claim):
        yield _item(tree, noun, "role", None)
