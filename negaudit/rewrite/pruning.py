"""Takes out of a sentence the phrases that tell a claim, where the rest stands without them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negaudit.rewrite.clauses import SUBJECTS, Form, clause_of
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence, Word

__all__ = ["cut_out", "loose_phrase", "pruned"]

# Clauses with these conjunctions, and phrases with these prepositions, say what went on besides.
CONJUNCTIONS = words("while although though as because since when after before whereas")
PREPOSITIONS = words("while during despite alongside amid throughout besides after before since")
MODIFIERS = frozenset({"relcl", "acl", "appos"})
PREFIXED = frozenset({"compound", "amod", "nmod"})  # "Portland dentist Eva Holm"
PERSONS = words("he she his her")
OWNERS = frozenset({*SUBJECTS, "poss"})
THINGS = words("it they its their")
DOES, DEED = words("do does did done doing"), words("it so that this")
RESULTING = words("resulting resultant ensuing")
DEMONSTRATIVES = words("this that these those such")
BRACKETS = {"(": ")", "—": "—", "–": "–"}
DASHES = frozenset("—–")
QUOTES = frozenset('"“”')
ENDS = frozenset(".!?;:")
GOES_ON = frozenset({"VBZ", "VBD", "VBP", "MD", "TO", "IN", "CC"})
SHORTEST = 4  # words of a sentence that is left

Span = tuple[int, int]


def pruned(tree: Sentence, hits: Sequence[Word]) -> list[Edit] | None:
    """The edits that take out every phrase with a hit, or None where one carries the sentence.

    "Holm won the race while running her clinic" leaves "Holm won the race".
    """
    tops = [loose_phrase(tree, hit) for hit in hits]
    return None if None in tops else cut_out(tree, [top for top in tops if top is not None])


def cut_out(tree: Sentence, tops: Iterable[Word]) -> list[Edit] | None:
    """The edits that take phrases out, or None where there is none or the rest does not stand."""
    spans = _joined(tree, sorted({_span(tree, top) for top in tops}))
    if not spans or any(_splits_quotation(tree, span) for span in spans):
        return None
    return [_cut(tree, span) for span in spans] if _stands(tree, spans) else None


def _joined(tree: Sentence, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap or have but a comma between them as one."""
    joined: list[Span] = []
    for first, last in spans:
        behind = joined[-1][1] + 1 if joined else -1
        comma = joined and first == behind + 1 and tree.words[behind].text == ","
        if joined and (first <= behind or comma):
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def loose_phrase(tree: Sentence, hit: Word) -> Word | None:
    """The innermost phrase around a word that its sentence can do without."""
    word: Word | None = hit
    while word is not None and word.head is not None:
        if _is_loose(tree, word) and _is_whole(word) and not _empties(word, word.head):
            return word
        word = word.head
    return None


def _is_loose(tree: Sentence, word: Word) -> bool:
    head = word.head
    assert head is not None
    if word.dep in PREFIXED:
        return head.tag == "NNP" and head.text[0].isupper() and word.text[0].islower()
    if word.dep in MODIFIERS:
        return _is_set_off(tree, word) and word.child("nummod") is None
    if word.dep == "advcl":
        mark = word.child("mark", "advmod")
        if mark is not None and mark.index == word.first():
            return mark.lower in CONJUNCTIONS
        return _is_set_off(tree, word) and word.tag in {"VBG", "VBN"}
    if word.dep == "prep":
        adjunct = head.tag.startswith("VB") and word.lower in PREPOSITIONS
        return adjunct or _is_set_off(tree, word)
    return word.dep == "conj" and _is_last_verb(tree, word, head)


def _is_whole(word: Word) -> bool:
    """Whether a phrase stands in one piece."""
    return sum(1 for _ in word.subtree()) == word.last() - word.first() + 1


def _empties(word: Word, head: Word) -> bool:
    """Whether a verb would be left with nothing to say: "won the race, achieved", "did it"."""
    if head.lower in DOES and any(c.dep == "dobj" and c.lower in DEED for c in head.children):
        return True
    if not head.tag.startswith("VB") or word.index < head.index:
        return False
    behind = [c for c in head.children if c.index > head.index and c.text[0].isalnum()]
    return behind == [word]


def _around(tree: Sentence, span: Span) -> tuple[Word | None, Word | None]:
    first, last = span
    before = tree.words[first - 1] if first else None
    return before, tree.words[last + 1] if last + 1 < len(tree.words) else None


def _is_set_off(tree: Sentence, word: Word) -> bool:
    """Whether commas, dashes or brackets part a phrase from what is around it."""
    before, after = _around(tree, (word.first(), word.last()))
    if before is None or before.text in QUOTES:
        return after is not None and after.text == ","
    if before.text in DASHES and after is not None and after.text == ",":
        return _opens(tree, (word.first(), word.last()))
    closing = {",": ","}.get(before.text) or BRACKETS.get(before.text)
    return closing is not None and (
        after is None or after.text == closing or (closing != ")" and after.text in ENDS)
    )


def _opens(tree: Sentence, span: Span) -> bool:
    """Whether a phrase stands in front of its sentence, behind a dateline or quotation mark."""
    before, after = _around(tree, span)
    subject = clause_of(tree.root).subject
    front = before is None or before.text in QUOTES | DASHES
    return front and subject is not None and subject.first() > span[1] and after is not None


def _is_last_verb(tree: Sentence, word: Word, head: Word) -> bool:
    """Whether a verb is the second of two: "trained in May and treated dogs"."""
    if not (word.tag.startswith("VB") and head.tag.startswith("VB")):
        return False
    before, after = _around(tree, (word.first(), word.last()))
    alone = head.dep != "conj" and word.child("conj", "mark", *SUBJECTS) is None
    joined = before is not None and before.dep == "cc" and before.head is head
    return alone and joined and (after is None or after.text in ENDS)


def _span(tree: Sentence, top: Word) -> Span:
    """First and last index of what goes with a phrase: its conjunction, its brackets."""
    if top.dep in PREFIXED and top.head is not None:
        return top.head.first(), _name_start(top.head) - 1
    span = first, last = top.first(), top.last()
    before, after = _around(tree, span)
    if before is None or (top.dep == "conj" and before.dep == "cc"):
        return (first - 1, last) if before is not None else span
    if before.text == "," and after is not None and after.text == ",":
        return first, _tail(tree, top) or last
    if before.text not in BRACKETS or _opens(tree, span):
        return span
    closed = after is not None and after.text == BRACKETS[before.text]
    return first - 1, last + closed


def _name_start(name: Word) -> int:
    """Index of the first word of a name of which this is the last."""
    first = name
    while (before := first.previous) is not None and before.tag == "NNP" and before.head is name:
        first = before
    return first.index


def _tail(tree: Sentence, top: Word) -> int:
    """Last index of a participle that goes on from a relative clause: "who won, beating two"."""
    verbs = [word for word in top.subtree() if word.tag.startswith("VB")]
    following = tree.words[top.last() + 1].following
    if not verbs or following is None or following.tag != "VBG":
        return 0
    last = following.last()
    after = tree.words[last + 1] if last + 1 < len(tree.words) else None
    return last if after is None or after.text in ENDS else 0


def _splits_quotation(tree: Sentence, span: Span) -> bool:
    inside = sum(word.text in QUOTES for word in tree.words[span[0] : span[1] + 1])
    before, after = _around(tree, span)
    if after is not None and after.text == ",":
        after = after.following
    closed = after is not None and after.text in QUOTES
    return inside % 2 == 1 or (closed and (inside > 0 or before is None or before.text in QUOTES))


def _stands(tree: Sentence, spans: Sequence[Span]) -> bool:
    """Whether what is left is a statement, and its pronoun not the first to name anyone."""
    clause, root = clause_of(tree.root), tree.root
    left = {w for w in tree.words if not any(a <= w.index <= b for a, b in spans)}
    subject = clause.subject
    if clause.form is not Form.FINITE or subject is None or not root.tag.startswith(("VB", "MD")):
        return False
    if not left.issuperset({root, subject, *clause.auxiliaries}):
        return False
    lost = [w for w in tree.words if w not in left and w.index < root.index]
    owned = {word.lower for word in subject.subtree()}
    orphaned = (owned & PERSONS and any(w.tag == "NNP" and w.dep in OWNERS for w in lost)) or (
        owned & THINGS and any(w.tag in {"NNP", "NN", "NNS"} for w in lost)
    )
    if orphaned or any(w.lower in RESULTING or _points_back(w, spans) for w in left):
        return False
    return sum(word.text[0].isalnum() for word in left) >= SHORTEST


def _points_back(word: Word, spans: Sequence[Span]) -> bool:
    """Whether a word speaks of what was said in front of it, or opens a list that lost a part."""
    if word.text == ":":
        return any(first > word.index for first, _ in spans)
    return word.dep == "det" and word.lower in DEMONSTRATIVES and spans[0][1] < word.index


def _cut(tree: Sentence, span: Span) -> Edit:
    """Cuts a phrase with the commas that set it off."""
    before, after = _around(tree, span)
    start, end = tree.words[span[0]].start, tree.words[span[1]].end
    comma = after is not None and after.text == ","
    if before is None or _opens(tree, span):
        follower = after.following if after is not None and comma else after
        assert follower is not None
        return Edit(start, follower.start + 1, follower.text[0].upper())
    if before.text != ",":
        return Edit(before.end, end, _stop(tree, span))
    if after is not None and comma:
        # "Holm, 39, who ..., won" keeps a comma, and so does what another phrase follows.
        follower, subject = after.following, clause_of(tree.root).subject
        first = max(span[0] - 4, subject.first() if subject is not None else 0)
        modified = any(w.text == "," for w in tree.words[first : span[0] - 1])
        goes_on = follower is not None and follower.tag in GOES_ON and not modified
        return Edit(before.start, after.end if goes_on else after.start, "")
    closes = after is None or not after.text[0].isalnum()
    return Edit(before.start if closes else before.end, end, _stop(tree, span))


def _stop(tree: Sentence, span: Span) -> str:
    """The full stop that an abbreviation at the sentence's end held: "in 9.8 s."."""
    last = tree.words[span[1]].text
    return "." if last is tree.words[-1].text and len(last) > 1 and last[-1] == "." else ""
