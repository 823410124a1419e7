"""What a claim makes of one sentence of a text: it stays, is negated, is reworded or goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from negaudit.rewrite.appositions import negate_apposition
from negaudit.rewrite.claims import is_event, is_role, states
from negaudit.rewrite.clauses import SUBJECTS, Clause, Form, clause_of, is_negative
from negaudit.rewrite.coordination import conjuncts
from negaudit.rewrite.fields import AMBIGUOUS
from negaudit.rewrite.inflection import inflect
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.mentions import describes, is_name_of, is_subject, mentions, refers
from negaudit.rewrite.reading import Read, negate_read
from negaudit.rewrite.record import Edit
from negaudit.rewrite.sentence import negate_clause
from negaudit.rewrite.targets import main_clauses
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["Context", "Decision", "decide"]

What = Literal["kept", "negated", "reworded", "dropped"]

TITLES = words("dr dr. doctor prof prof. professor")
DEGREES = words("dds dmd md m.d. d.d.s. d.m.d. dvm rn ph.d. phd esq esq. facs jd")
# Clauses and phrases that stay true, or are taken for true, when the verb above them is denied.
APART = frozenset({"relcl", "advcl", "acl", "appos", "csubj", "csubjpass", "pcomp", "parataxis"})
# Denying these keeps what was before: who "did not stop smoking" smoked.
CHANGES = words(
    "continue keep stop cease resume return remain maintain retain quit restart finish reduce "
    "increase adjust shift change switch extend expand cut limit regain rejoin reopen stay balance "
    "juggle combine integrate prioritize prioritise resist refuse avoid deny hide ignore deserve "
    "celebrate regret forget realize realise know learn manage"
)
LASTING = words(
    "still already again anymore longer only just even solely merely always never absolutely "
    "actually completely then"
)
UNIVERSAL = words("every each all both everything everyone everybody always")
DEMONSTRATIVES = words("this these that those such")
# Participles that are as good as prepositions.
PREPOSITIONS = words(
    "following including according regarding concerning depending starting beginning"
)
ASIDE = words("between during before after throughout amid")
TABLE = frozenset("|│┃║")
# What may stand in front of a negated clause and mean the same.
FRONTED = words("in on at during since between throughout from until for as over within across")
ORDINALS = words("first second third only last next latest")


@dataclass(frozen=True)
class Context:
    """What the text around a sentence says about it.

    Attributes:
        pronouns: Whether "he" and "she" stand for the claim's subject.
        speaks: Whether "I" does.
        pointed: Whether a frame speaks of this sentence alone.
        near: Whether the sentences beside it are about the claim, so that a doubtful word tells.
        listed: Whether it is a line "Coach: Ann Lee" among others on the claim's subject.
        addressed: Whether "you" stands for the claim's subject.
        heading: Whether it is a heading, whose words the parser may misread.
    """

    pronouns: bool
    speaks: bool
    pointed: bool
    near: bool = False
    listed: bool = False
    addressed: bool = False
    heading: bool = False


@dataclass(frozen=True)
class Decision:
    """What becomes of a sentence; the places of the edits are those of the parsed text."""

    what: What
    edits: tuple[Edit, ...] = ()
    reason: str = ""


KEPT = Decision("kept")


def decide(sentence: Read, topic: Topic, context: Context) -> Decision:
    """What to do with a sentence so that it neither states nor presupposes the claim."""
    tree = sentence.first if sentence.invented else sentence.tree
    found = mentions(
        tree,
        topic,
        pronouns=context.pronouns,
        speaks=context.speaks,
        addressed=context.addressed,
    )
    hits = [word for word in tree.words if _is_hit(word, topic)]
    described = [word for word in tree.words if describes(word, topic)]
    if context.heading:
        described += [word for word in hits if _entitles(word, topic)]
    near = context.near or context.pointed
    about = bool(described) or ((bool(found) or context.listed) and _tells(hits, topic, near))
    if not (about or context.pointed):
        return _without_title(tree, topic)
    if named := _by_name(tree, topic, hits, described, found):
        return named
    if aside := _aside(tree, topic, hits, found):
        return _with(aside, _titles(tree, topic))
    if TABLE & set(tree.text) or tree.mark == "?" or not hits:
        return Decision("dropped", reason="only elaborates the claim")
    if edits := _negated(sentence, tree, topic, hits, found):
        return _with(Decision("negated", tuple(edits)), _titles(tree, topic))
    return Decision("dropped", reason="would presuppose the claim")


def _entitles(word: Word, topic: Topic) -> bool:
    """Whether a heading names somebody by the claim: "The Running Dentist"."""
    if not is_role(word, topic.claim) or word.lower.endswith("s"):
        return False
    before = word.previous
    for _ in range(3):
        if before is None:
            return False
        if before.lower in {"the", "this", "that", "a", "an"}:
            return True
        before = before.previous
    return False


def _is_hit(word: Word, topic: Topic) -> bool:
    if not word.text[0].isalnum() or is_name_of(word, topic):
        return False
    return topic.is_hit(word.lower.removesuffix("."))


def _tells(hits: list[Word], topic: Topic, near: bool) -> bool:
    """Whether hits show that the sentence is about the claim, and not one doubtful word."""
    if near and hits:
        return True
    sure = {w.lower for w in hits if w.lower not in AMBIGUOUS or topic.is_core(w.lower)}
    return bool(sure) or len({w.lower for w in hits}) > 1


def _with(decision: Decision, edits: list[Edit]) -> Decision:
    apart = [
        e for e in edits if not any(e.start < o.end and o.start < e.end for o in decision.edits)
    ]
    return Decision(decision.what, tuple(sorted({*decision.edits, *apart})), decision.reason)


def _without_title(tree: Sentence, topic: Topic) -> Decision:
    edits = _titles(tree, topic)
    return Decision("reworded", tuple(edits), "a title by the claim") if edits else KEPT


def _titles(tree: Sentence, topic: Topic) -> list[Edit]:
    """Takes "Dr." and ", DDS" from the name of somebody who is no doctor."""
    if not topic.doctor:
        return []
    edits = []
    for word in tree.words:
        following = word.following
        if word.lower in TITLES and following is not None and _names(following, topic):
            edits.append(Edit(word.start, following.start, ""))
        elif word.lower in DEGREES and _follows_name(word, topic):
            before = word.previous
            assert before is not None
            end = word.end
            if following is not None and following.text == "," and before.text == ",":
                end = following.end
            start = before.start if before.text == "," else before.end
            edits.append(Edit(start, end, ""))
    return edits


def _names(word: Word | None, topic: Topic) -> bool:
    while word is not None and word.tag == "NNP" and word.text[0].isupper():
        if is_name_of(word, topic):
            return True
        word = word.following
    return False


def _follows_name(word: Word, topic: Topic) -> bool:
    before = word.previous
    if before is not None and before.text == ",":
        before = before.previous
    return before is not None and is_name_of(before, topic)


def _by_name(
    tree: Sentence, topic: Topic, hits: list[Word], described: list[Word], found: list[Word]
) -> Decision | None:
    """Puts the name for "the dentist", where that is all that shows the claim."""
    if len(described) != 1 or not topic.surname or is_event(described[0], topic.claim):
        return None
    noun = described[0]
    if not is_role(noun, topic.claim) or found or any(w is not noun for w in hits):
        return None
    article = noun.child("det")
    if article is None or len(list(noun.subtree())) > 2 or noun.previous is not article:
        return None
    edit = Edit(article.start, noun.end, topic.surname)
    return Decision("reworded", (edit,), "a description by the claim")


def _aside(tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]) -> Decision | None:
    """Negates an apposition or a relative clause, where nothing else is about the claim."""
    asides = [
        w
        for w in tree.words
        if w.dep in {"appos", "relcl"} and w.head is not None and is_subject(w.head, found)
        and w.head.tag in {"NNP", "NNPS"}
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
        plain = is_role(word, topic.claim) and not describes(word, topic) and not _is_ranked(word)
        edits = negate_apposition(tree, word) if plain else None
    else:
        clause = clause_of(word)
        edits = None if is_negative(clause) else negate_clause(tree, clause, alone=True)
    return Decision("negated", tuple(edits)) if edits else None


def _is_apart(hit: Word, top: Word, found: list[Word]) -> bool:
    """Whether a word below `top` keeps telling the claim when `top` is denied."""
    word: Word | None = hit
    while word is not None and word is not top:
        if refers(word, found) or word.dep in APART | set(SUBJECTS):
            return True
        word = word.head
    return word is None


def _negated(
    sentence: Read, tree: Sentence, topic: Topic, hits: list[Word], found: list[Word]
) -> list[Edit] | None:
    """The edits that negate the sentence, or None where it would still presuppose the claim."""
    clauses = main_clauses(tree)
    if not clauses or any(not _is_own(clause, found) for clause in clauses):
        return None
    if any(is_negative(clause) or clause.form is not Form.FINITE for clause in clauses):
        return None
    tails = [tail for clause in clauses for tail in _tails(clause)]
    heads = [*(clause.verb for clause in clauses), *tails]
    owned = _owners(heads, hits, found)
    if owned is None or any(_stays(hit, heads, topic, found) for hit in hits):
        return None
    if any(_keeps(clause, found) or _goes_on(clause, clauses, tails) for clause in clauses):
        return None
    if any(_is_odd_tail(tail, hits) for tail in tails) or _only_aside(heads, hits):
        return None
    if any(states(word, topic.claim) for word in tree.words if word.dep in APART):
        return None
    outcome = negate_read(sentence)
    if outcome.status != "safe" or not outcome.edits:
        return None
    joined = _joined(clauses, tails)
    if joined is None:
        return None
    return [*outcome.edits, *joined, *owned, *_without_also(clauses, outcome.edits)]


def _goes_on(clause: Clause, clauses: list[Clause], tails: list[Word]) -> bool:
    """Whether a verb or participle behind the clause is not reached by its negation."""
    verb = clause.verb
    for word in verb.children:
        before = word.previous
        if word.dep == "mark" and word.lower in {"if", "unless", "whether"}:
            return True
        if word.index < verb.index or word in tails:
            continue
        if word.dep == "conj" and all(word is not other.verb for other in clauses):
            if word.tag.startswith("VB") and verb.child("cc") is None:
                return True
        loose = word.dep in {"advcl", "prep"} and word.tag == "VBG"
        if loose and before is not None and before.text == ",":
            return True
    return False


def _is_odd_tail(tail: Word, hits: list[Word]) -> bool:
    """Whether a participle says something that "or" would not join to the denied verb."""
    below = set(tail.subtree())
    lemma = clause_of(tail).lemma
    return tail.lower in PREPOSITIONS or lemma in CHANGES or not any(hit in below for hit in hits)


def _only_aside(heads: list[Word], hits: list[Word]) -> bool:
    """Whether all that tells the claim says when something else happened."""

    def is_aside(word: Word | None) -> bool:
        while word is not None and word not in heads:
            if word.dep == "prep" and word.lower in ASIDE:
                return True
            word = word.head
        return False

    return all(is_aside(hit) for hit in hits)


def _without_also(clauses: list[Clause], edits: tuple[Edit, ...]) -> list[Edit]:
    """Takes the "also" out of "is also not a vet"."""
    found = []
    for clause in clauses:
        for word in clause.verb.children:
            before = word.previous
            if word.lower == "also" and before is not None and word.index > clause.finite.index:
                if any(edit.start == word.end and edit.text.startswith(" not") for edit in edits):
                    found.append(Edit(before.end, word.end, ""))
    return found


def _keeps(clause: Clause, found: list[Word]) -> bool:
    """Whether a clause's words would tell the claim, or something else, when it is denied."""
    verb = clause.verb
    if clause.lemma in CHANGES:
        return True
    if any(w.dep == "det" and w.lower in DEMONSTRATIVES for w in verb.subtree()):
        return True
    for word in verb.children:
        if word.lower in LASTING or (word.dep == "advcl" and word.index < verb.index):
            return True
        if word.dep == "prep" and word.index < verb.index and word.lower not in FRONTED:
            return True
        if word.dep in {"xcomp", "ccomp"} and clause_of(word).lemma in CHANGES:
            return True
    return any(
        word.lower in UNIVERSAL or (word.dep in {"appos", "relcl", "acl"} and _within(word, found))
        for child in verb.children
        if child.index > verb.index and child.dep not in {"conj", "advcl"}
        for word in child.subtree()
    )


def _within(word: Word, found: list[Word]) -> bool:
    below = set(word.subtree())
    return any(other in below for other in found)


def _owners(heads: list[Word], hits: list[Word], found: list[Word]) -> list[Edit] | None:
    """Turns "his clinical schedule" behind a denied verb into "any clinical schedule"."""
    edits: list[Edit] = []
    for hit in hits:
        word: Word | None = hit
        while word is not None and not any(word is head for head in heads):
            if word.dep in SUBJECTS or word.dep in APART:
                break
            owner = word.child("poss")
            if owner is not None and refers(word, found):
                if owner.tag != "PRP$" or word.dep not in {"dobj", "pobj", "conj"}:
                    return None
                if _is_ranked(word):
                    return None
                article = "a" if word.tag == "NNP" else "any"
                edits.append(Edit(owner.start, owner.end, article))
            word = word.head
    return list(dict.fromkeys(edits))


def _is_own(clause: Clause, found: list[Word]) -> bool:
    """Whether the clause's subject, said or shared, is the claim's subject."""
    verb: Word | None = clause.verb
    while verb is not None and clause_of(verb).subject is None and verb.dep == "conj":
        verb = verb.head
    return verb is not None and is_subject(clause_of(verb).subject, found)


def _tails(clause: Clause) -> Iterator[Word]:
    """Participles behind the verb that go on with it: "won the race, beating two others"."""
    for word in clause.verb.children:
        loose = word.dep == "advcl" and word.tag == "VBG" and word.index > clause.verb.index
        if loose and word.child("mark", *SUBJECTS, "aux") is None:
            before = word.previous
            if before is not None and before.text == ",":
                yield word


def _joined(clauses: list[Clause], tails: list[Word]) -> list[Edit] | None:
    """Turns ", beating two others" into " or beat two others" behind "did not win"."""
    edits = []
    for tail in tails:
        clause = next(c for c in clauses if c.verb is tail.head)
        comma = tail.previous
        if comma is None or clause.lemma == "be":
            return None
        form = _form_behind(clause)
        edits.append(Edit(comma.start, tail.end, f" or {inflect(tail.text, tail.tag, form)}"))
        for other in conjuncts(tail):
            if other.tag != "VBG":
                return None
            edits.append(Edit(other.start, other.end, inflect(other.text, other.tag, form)))
        edits += [
            Edit(c.start, c.end, "or")
            for part in (tail, *conjuncts(tail))
            for c in part.children
            if c.dep == "cc" and c.lower == "and" and any(g.dep == "conj" for g in part.children)
        ]
    return edits


def _form_behind(clause: Clause) -> str:
    """The tag of a verb that goes on with a negated one: "has not won or beaten"."""
    if clause.verb.tag in {"VBN", "VBG"}:
        return clause.verb.tag
    return "VB"


def _stays(hit: Word, heads: list[Word], topic: Topic, found: list[Word]) -> bool:
    """Whether a word still tells the claim when the clauses of `heads` are denied."""
    if any(hit is head for head in heads):
        return False
    if (is_role(hit, topic.claim) or is_event(hit, topic.claim)) and describes(hit, topic):
        return True
    word: Word = hit
    while not any(word is head for head in heads):
        if topic.job and is_role(hit, topic.claim) and _is_ranked(word):
            return True
        if word.dep in SUBJECTS:
            return True
        if word.dep in APART and not _is_harmless(word, found):
            return True
        if word.dep == "prep" and word.head in heads and word.index < word.head.index:
            return True
        if word.head is None:
            return True
        word = word.head
    return False


def _is_ranked(noun: Word) -> bool:
    """Whether a noun is singled out: "the first dentist to win"."""
    return any(c.lower in ORDINALS or c.tag in {"JJS", "RBS"} for c in noun.children)


def _is_harmless(word: Word, found: list[Word]) -> bool:
    """Whether a subordinate clause is about something else, or says what for."""
    if word.dep in {"relcl", "acl", "appos"} and word.head is not None:
        return not is_subject(word.head, found) and not _within(word, found)
    return word.dep == "advcl" and any(c.tag == "TO" for c in word.children)
