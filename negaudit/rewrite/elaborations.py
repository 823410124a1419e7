"""What a claim makes of one sentence of a text: it stays, is negated, is reworded or goes."""

from __future__ import annotations

from typing import Literal

import msgspec

from negaudit.rewrite.appositions import negate_apposition
from negaudit.rewrite.claims import is_event, is_role
from negaudit.rewrite.clauses import SUBJECTS, clause_of, is_negative
from negaudit.rewrite.degrees import title_edits
from negaudit.rewrite.denied import Signs, denial_edits, is_denial
from negaudit.rewrite.fields import AMBIGUOUS
from negaudit.rewrite.institutions import is_institution
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.mentions import Context, describes, is_name_of, mentions, refers
from negaudit.rewrite.pruning import pruned
from negaudit.rewrite.reading import Read
from negaudit.rewrite.record import Edit
from negaudit.rewrite.reservations import is_reserved
from negaudit.rewrite.residues import APART, is_ranked
from negaudit.rewrite.sentence import negate_clause
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Sentence, Word
from negaudit.rewrite.working_hours import may_be_hours, works_hours

__all__ = ["DENIES", "KEPT", "Decision", "decide"]

What = Literal["kept", "negated", "reworded", "dropped"]

PATIENTS = words("load care base list schedule scheduling flow demand intake traffic volume")
TABLE = frozenset("|│┃║")


class Decision(msgspec.Struct, frozen=True):
    """What becomes of a sentence; the places of the edits are those of the parsed text."""

    what: What
    edits: tuple[Edit, ...] = ()
    reason: str = ""


KEPT = Decision("kept")
DENIES = Decision("kept", reason="denies the claim")


def decide(sentence: Read, topic: Topic, context: Context) -> Decision:
    """What to do with a sentence so that it neither states nor presupposes the claim."""
    tree = sentence.first if sentence.invented else sentence.tree
    is_hit = topic.is_hit
    known = context.institutions
    hits = [
        word
        for word in tree.words
        if (is_hit(word.lower) and _is_meant(word, topic))
        or (word.text in known and is_institution(word, known))
    ]
    hours = topic.job and may_be_hours(tree.text)
    if not (hits or hours or context.pointed):
        return _without_title(tree, topic)
    found = mentions(tree, topic, context)
    if hours and any(works_hours(word, found) for word in tree.words):
        return Decision("dropped", reason="only elaborates the claim")
    described = [w for w in hits if describes(w, topic) or _is_first_of_all(w, topic)]
    if context.heading:
        described += [word for word in hits if _entitles(word, topic)]
    near = context.near or context.pointed
    meant = bool(found) or context.listed or (context.addressed and tree.mark == "?")
    about = bool(described) or (meant and _tells(hits, topic, near, found))
    if not (about or context.pointed):
        return _without_title(tree, topic)
    changed = _by_name(topic, hits, described, found, context.heading)
    if changed is None and tree.mark != "?":
        changed = _aside(tree, topic, hits, found)
    if changed is None and hits and tree.mark != "?" and not _is_row(tree):
        signs = Signs(hits, [hit for hit in hits if _is_false(hit, topic, context)], found)
        if is_denial(tree, topic, signs):
            return DENIES
        denied = None if context.addressed else denial_edits(sentence, tree, topic, signs)
        changed = _denied(denied) or _cut(tree, topic, [*hits, *described])
    if changed is None:
        return Decision("dropped", reason="would presuppose the claim, or only elaborates it")
    return _with(changed, title_edits(tree, topic))


def _is_row(tree: Sentence) -> bool:
    """Whether this is a line of a table."""
    return any(map(tree.text.__contains__, TABLE))


def _denied(edits: list[Edit] | None) -> Decision | None:
    return Decision("negated", tuple(edits)) if edits else None


def _cut(tree: Sentence, topic: Topic, told: list[Word]) -> Decision | None:
    # What somebody is shows in phrases; what happened is told by whole sentences.
    if not topic.job:
        return None
    edits = pruned(tree, [word for word in told if not _is_idle(word, topic)])
    return Decision("reworded", tuple(edits), "what told the claim is cut") if edits else None


def _is_false(hit: Word, topic: Topic, context: Context) -> bool:
    """Whether what has a hit is false with the claim, or since a frame says so of its sentence."""
    if is_institution(hit, context.institutions):
        return False  # who is no member of one may be a dentist yet
    if topic.is_telling(hit.lower):
        return True
    return context.pointed and not topic.job and hit.lower not in AMBIGUOUS


def _is_idle(word: Word, topic: Topic) -> bool:
    """Whether a doubtful word says something of others: "professional runners"."""
    head = word.head
    modifies = word.dep in {"amod", "compound"} and head is not None and head.tag == "NNS"
    return modifies and word.lower in AMBIGUOUS and not topic.is_core(word.lower)


def _is_first_of_all(word: Word, topic: Topic) -> bool:
    """Whether a noun of the claim stands in "the first time that a vet has won"."""
    above: Word | None = word if is_role(word, topic.claim) and word.tag == "NN" else None
    while above is not None and not is_ranked(above):
        above = above.head
    return above is not None


def _entitles(word: Word, topic: Topic) -> bool:
    """Whether a heading names somebody by the claim: "Portland Dentist Wins"."""
    return is_role(word, topic.claim) and not word.lower.endswith("s")


def _is_meant(word: Word, topic: Topic) -> bool:
    """Whether a word of the field is no name and no "patient" man."""
    if is_name_of(word, topic):
        return False
    return word.lower != "patient" or word.tag != "JJ" or _is_of_patients(word)


def _is_of_patients(word: Word) -> bool:
    """Whether "patient" was taken for an adjective: "his full patient load", "patient files"."""
    head = word.head
    if head is None or head.index != word.index + 1:
        return False
    return head.tag == "NNS" or head.lower in PATIENTS


def _tells(hits: list[Word], topic: Topic, near: bool, found: list[Word]) -> bool:
    """Whether hits show that the sentence is about the claim, and not one doubtful word."""
    told = [hit for hit in hits if hit.lower not in topic.places]
    if (near and told) or (topic.job and any(refers(hit, found) for hit in told)):
        return True
    words = {hit.lower for hit in told}
    return len(words) > 1 or any(w not in AMBIGUOUS or topic.is_core(w) for w in words)


def _with(decision: Decision, edits: list[Edit]) -> Decision:
    own = list(decision.edits)
    for edit in edits:
        met = next((e for e in own if edit.start < e.end and e.start < edit.end), None)
        if met is None:
            own.append(edit)
        elif met.end - len(met.text) == edit.start:
            # What stood in front of the title is cut, and the title got its capital.
            own[own.index(met)] = Edit(met.start, edit.end, "")
    return Decision(decision.what, tuple(sorted(set(own))), decision.reason)


def _without_title(tree: Sentence, topic: Topic) -> Decision:
    edits = title_edits(tree, topic)
    return Decision("reworded", tuple(edits), "a title by the claim") if edits else KEPT


def _by_name(
    topic: Topic, hits: list[Word], described: list[Word], found: list[Word], heading: bool
) -> Decision | None:
    """Puts the name for "the dentist", where that is all that shows the claim."""
    if len(described) != 1 or not topic.surname or is_event(described[0], topic.claim):
        return None
    noun = described[0]
    if not is_role(noun, topic.claim) or noun.dep == "attr" or found:
        return None
    if any(w is not noun and not (heading and w.lower in AMBIGUOUS) for w in hits):
        return None
    start = _description(noun, heading)
    if start is None:
        return None
    edit = Edit(start.start, noun.end, topic.surname)
    return Decision("reworded", (edit,), "a description by the claim")


def _description(noun: Word, heading: bool) -> Word | None:
    """The first word of "the dentist", or in a heading of "Portland Dentist" in front of a verb."""
    before = noun.previous
    article = noun.child("det")
    whole = article is not None and article is before and len(list(noun.subtree())) == 2
    if whole and article is not None and article.lower not in {"a", "an"}:
        return article
    following = noun.following
    if not heading or following is None or not following.text[0].isupper():
        return None
    words = [noun]
    while (previous := words[-1].previous) is not None and previous.text[0].isupper():
        words.append(previous)
    opens = words[-1].previous is None or not words[-1].previous.text[0].isalnum()
    return words[-1] if opens and following.lower.endswith("s") and len(words) <= 3 else None


def _aside(tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]) -> Decision | None:
    """Negates an apposition or a relative clause, where nothing else is about the claim."""
    asides = [
        w
        for name in found if name.tag in {"NNP", "NNPS"}
        for w in name.children if w.dep in {"appos", "relcl"}
    ]  # fmt: skip
    if len(asides) != 1:
        return None
    word = asides[0]
    inside = set(word.subtree())
    if any(hit not in inside for hit in hits) or not any(hit in inside for hit in hits):
        return None
    if any(_is_apart(hit, word, found) for hit in hits if hit is not word):
        return None
    if any((w.dep == "relcl" and w is not word) or w.dep == "conj" for w in inside):
        return None
    if word.dep == "appos":
        plain = is_role(word, topic.claim) and not describes(word, topic) and not is_ranked(word)
        edits = negate_apposition(tree, word) if plain else None
    else:
        clause = clause_of(word)
        left = is_negative(clause) or (topic.job and is_reserved(clause, topic))
        edits = None if left else negate_clause(tree, clause, alone=True)
    return Decision("negated", tuple(edits)) if edits else None


def _is_apart(hit: Word, top: Word, found: list[Word]) -> bool:
    """Whether a word below `top` keeps telling the claim when `top` is denied."""
    word: Word | None = hit
    while word is not None and word is not top:
        if refers(word, found) or word.dep in APART | set(SUBJECTS):
            return True
        word = word.head
    return word is None
