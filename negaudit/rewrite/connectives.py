"""Words that join a sentence to the one before it, and do so no more when it is denied."""

from __future__ import annotations

from negaudit.rewrite.clauses import Clause
from negaudit.rewrite.record import Edit
from negaudit.rewrite.tree import Sentence

__all__ = ["without_also", "without_contrast"]

# What sets a sentence against the one before it.
CONTRASTS = frozenset({"However", "But", "Yet", "Nevertheless", "Nonetheless"})


def without_contrast(tree: Sentence, edits: list[Edit]) -> list[Edit]:
    """The edits, with one for the "However," of what now says that nothing of the kind happened."""
    first = tree.words[0]
    if first.text not in CONTRASTS:
        return edits
    place, text = first.end, tree.text
    while cut := next((e for e in edits if not e.text and e.start <= place < e.end), None):
        place = cut.end
    place += len(text[place:]) - len(text[place:].lstrip(", "))
    rest = [edit for edit in edits if edit.text or edit.start >= place]
    if place >= tree.end or any(edit.start <= place for edit in rest):
        return edits
    return [Edit(first.start, place + 1, text[place].upper()), *rest]


def without_also(clauses: list[Clause], edits: tuple[Edit, ...]) -> list[Edit]:
    """Takes the "also" out of "is also not a vet"."""
    found = []
    for clause in clauses:
        for word in clause.verb.children:
            before = word.previous
            if word.lower != "also" or before is None or word.index < clause.finite.index:
                continue
            if any(edit.start == word.end and edit.text.startswith(" not") for edit in edits):
                found.append(Edit(before.end, word.end, ""))
    return found
