"""Negates one parsed sentence, clause by clause."""

from __future__ import annotations

import msgspec

from negaudit.rewrite.appositions import negate_apposition
from negaudit.rewrite.clauses import Clause, Form, clause_at, clause_of, is_negative
from negaudit.rewrite.coordination import covered_joints, joined_edits, neither_nor
from negaudit.rewrite.denial import DENIAL, deny, is_out_of_order, must_be_denied
from negaudit.rewrite.existential import is_existential, negate_existential
from negaudit.rewrite.fronting import fronted
from negaudit.rewrite.headlines import is_exclamation, negate_headline
from negaudit.rewrite.lexicon import EXHORTATIVE, NEGATIVE_ADVERBS
from negaudit.rewrite.not_only import neither_edits
from negaudit.rewrite.polarity import adverb_negation, polarity_edits
from negaudit.rewrite.predicates import negate_predicate
from negaudit.rewrite.quantifiers import Scope, negate_subject
from negaudit.rewrite.questions import tagged_statement
from negaudit.rewrite.record import Edit, Status
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["NO_PREDICATE", "Outcome", "negate_at", "negate_clause", "negate_sentence", "summary"]

DENIED = "denied as a whole, since no rule negates its predicate"
DOUBT: tuple[Status, ...] = ("display-only", "unsafe", "safe", "unchanged")
NEGATED = "negated at its predicate"
NEGATIVE = "every clause is negative already"
SUBORDINATORS = frozenset({"whether", "because", "although", "though", "unless", "while"})
NOT = frozenset({"not", "n't"})
NO_PREDICATE = "no clause to negate was found"
NO_RULE = "no rule negates this construction"


class Outcome(msgspec.Struct, frozen=True):
    """What became of one sentence of a text."""

    edits: tuple[Edit, ...]
    status: Status
    reason: str


def negate_sentence(tree: Sentence) -> Outcome:
    """Negate everything that the sentence claims."""
    if tagged := tagged_statement(tree):
        statement, tag = tagged
        edits = negate_clause(tree, clause_of(statement))
        return _outcome(tree, None if edits is None else [*edits, *tag])
    if neither := neither_edits(tree):
        return _outcome(tree, neither)
    if opener := fronted(tree):
        return _deny_fronted(opener)
    clauses = [c for c in main_clauses(tree) if c.form is not Form.NOMINAL]
    if not clauses:
        return _outcome(tree, negate_headline(tree))
    return _without_claim(tree) or _negate_clauses(tree, clauses)


def _deny_fronted(opener: Word) -> Outcome:
    """What becomes of "Only then did it open", and of "Never did it open"."""
    if opener.lower != "only":
        return Outcome((), "unchanged", NEGATIVE)
    denial = f"{DENIAL}only"
    text = denial if opener.text.islower() else denial[0].upper() + denial[1:]
    return Outcome((Edit(opener.start, opener.end, text),), "unsafe", DENIED)


def _without_claim(tree: Sentence) -> Outcome | None:
    """The outcome of a sentence that claims nothing by itself."""
    if any(_subordinates(tree, c) for c in tree.root.children):
        return Outcome((), "display-only", "a subordinate clause without its main clause")
    if is_exclamation(tree):
        return Outcome((), "display-only", "an exclamation claims nothing that can be negated")
    return None


def _subordinates(tree: Sentence, word: Word) -> bool:
    """Whether a conjunction opens the clause, and not just "Although small, ..."."""
    if word.dep != "mark" or word.lower not in SUBORDINATORS:
        return False
    subject = clause_of(tree.root).subject
    before = subject.previous if subject is not None else None
    return before is None or before.text != "," or word.index != 0


def _negate_clauses(tree: Sentence, clauses: list[Clause]) -> Outcome:
    if is_out_of_order(tree):
        opener = tree.words[0].lower
        negative = opener in {"never", *NEGATIVE_ADVERBS}
        return Outcome((), "unchanged", NEGATIVE) if negative else _denied(tree)
    affirmative = [clause for clause in clauses if not _is_negated(clause)]
    if not affirmative:
        return Outcome((), "unchanged", NEGATIVE)
    affirmative = [clause for clause in affirmative if not _is_covered(tree, clause)]
    negated = [negate_clause(tree, clause) for clause in affirmative]
    if any(edits is None for edits in negated):
        return _denied(tree)
    outcome = _outcome(
        tree, [*_answer(tree), *(edit for edits in negated if edits for edit in edits)]
    )
    if any(edit.text.lower().startswith(DENIAL) for edit in outcome.edits):
        return Outcome(outcome.edits, "unsafe", DENIED)
    return outcome


def _is_covered(tree: Sentence, clause: Clause) -> bool:
    """Whether the negated subject of an earlier verb is this one's: "No owls swim and ..."."""
    first = clause.verb
    while first.dep == "conj" and first.head is not None and clause_of(first).subject is None:
        first = first.head
    if first is clause.verb or not first.tag.startswith("VB"):
        return False
    other = clause_of(first)
    return must_be_denied(tree, other) or _negate_quantified(tree, other) is not None


def _answer(tree: Sentence) -> list[Edit]:
    """A "yes" in front of a statement that is no longer one."""
    first = tree.words[0]
    following = first.following
    if first.lower in {"yes", "yeah", "yep"} and following is not None and following.text == ",":
        return [Edit(first.start, first.end, "No" if first.text[0].isupper() else "no")]
    return []


def negate_at(tree: Sentence, at: int) -> Outcome:
    """Negate only the clause or apposition whose predicate covers the character `at`."""
    clause = clause_at(tree, at)
    if clause is None:
        return Outcome((), "display-only", NO_PREDICATE)
    if clause.verb.dep != "appos" and _is_negated(clause):
        return Outcome((), "unchanged", NEGATIVE)
    return _outcome(tree, negate_clause(tree, clause, alone=True))


def _is_negated(clause: Clause) -> bool:
    # Behind "is known not to be a spy" the parser may give the "not" to the infinitive.
    places = {clause.finite, clause.verb} if clause.verb.lower in EXHORTATIVE else {clause.finite}
    followers = (place.following for place in places)
    return is_negative(clause) or any(w is not None and w.lower in NOT for w in followers)


def negate_clause(tree: Sentence, clause: Clause, alone: bool = False) -> list[Edit] | None:
    """All edits that negate one clause, or None where no rule fits.

    With `alone`, verbs coordinated with this one are left as they are.
    """
    if clause.verb.dep == "appos" and clause.form is Form.NOMINAL:
        return negate_apposition(tree, clause.verb)
    if must_be_denied(tree, clause):
        return deny(tree, clause)
    if pair := neither_nor(clause):
        return pair
    if subject := _negate_quantified(tree, clause):
        edits, scope = subject
        if scope is Scope.PARTIAL:
            return edits
        return [*_with_scope(tree, clause, edits, alone=True), *covered_joints(clause)]
    at_verb = _negate_verb(tree, clause)
    return None if at_verb is None else _with_scope(tree, clause, at_verb, alone)


def _negate_quantified(tree: Sentence, clause: Clause) -> tuple[list[Edit], Scope] | None:
    """A subject's quantifier takes the negation, unless an adverb at the verb does.

    "Every port was once Dutch" is denied by "not every"; "never" would deny it of each.
    """
    found = negate_subject(tree, clause)
    if found is None or found[1] is Scope.PARTIAL:
        return found
    return None if adverb_negation(clause) else found


def _negate_verb(tree: Sentence, clause: Clause) -> list[Edit] | None:
    if adverb := adverb_negation(clause):
        return adverb
    if is_existential(clause):
        return negate_existential(tree, clause)
    return negate_predicate(tree, clause)


def _outcome(tree: Sentence, edits: list[Edit] | None) -> Outcome:
    if edits is None or any(_splits_word(tree, edit) for edit in edits):
        return Outcome((), "display-only", NO_RULE)
    return Outcome(tuple(sorted(set(edits))), "safe", NEGATED)


def _splits_word(tree: Sentence, edit: Edit) -> bool:
    """Whether words would be put into the middle of another ("theyd")."""
    around = tree.text[max(edit.start - 1, 0) : edit.start + 1]
    return edit.start == edit.end and len(around) == 2 and around.isalpha()


def _denied(tree: Sentence) -> Outcome:
    edits = deny(tree, clause_of(tree.root))
    if edits is None:
        return Outcome((), "display-only", NO_RULE)
    return Outcome(tuple(edits), "unsafe", DENIED)


def _with_scope(tree: Sentence, clause: Clause, edits: list[Edit], alone: bool) -> list[Edit]:
    """Add what changes behind the negation: some to any, and to or."""
    start = min(edit.end for edit in edits)
    taken = {edit.start for edit in edits}
    further = [*polarity_edits(tree, clause, start), *joined_edits(tree, clause, start, alone)]
    return [*edits, *(edit for edit in further if edit.start not in taken)]


def summary(outcomes: list[Outcome]) -> tuple[Status, str]:
    """The most doubtful status of the sentences that changed, else of all."""
    relevant = [outcome for outcome in outcomes if outcome.edits] or outcomes
    if not relevant:
        return "display-only", NO_PREDICATE
    worst = min(relevant, key=lambda outcome: DOUBT.index(outcome.status))
    return worst.status, worst.reason
