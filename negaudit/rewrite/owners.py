"""Takes for granted no more what a denied clause speaks of: "his clinic" becomes "any clinic"."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS
from negaudit.rewrite.fields import AMBIGUOUS, WORKPLACES
from negaudit.rewrite.mentions import refers
from negaudit.rewrite.record import Edit
from negaudit.rewrite.residues import APART, ASIDE, is_ranked
from negaudit.rewrite.tree import Word

__all__ = ["indefinite", "unowned"]


def unowned(heads: list[Word], hits: list[Word], found: list[Word]) -> list[Edit] | None:
    """Turns "his clinical schedule" behind a denied verb into "any clinical schedule"."""
    edits: list[Edit] = []
    for hit in hits:
        word: Word | None = hit
        while word is not None and word not in heads:
            if word.dep in SUBJECTS or word.dep in APART:
                break
            owner = word.child("poss")
            if owner is not None and refers(word, found):
                if word.dep == "pobj" and word.lower in AMBIGUOUS and _is_aside(word):
                    break
                if owner.tag != "PRP$" or word.dep not in {"dobj", "pobj", "conj"}:
                    return None
                if is_ranked(word):
                    return None
                article = "a" if word.tag == "NNP" else "any"
                edits.append(Edit(owner.start, owner.end, article))
            word = word.head
    return list(dict.fromkeys(edits))


def _is_aside(word: Word) -> bool:
    """Whether a phrase only says when: "throughout his career"."""
    return word.head is not None and word.head.lower in ASIDE


def indefinite(heads: list[Word], hits: list[Word]) -> list[Edit]:
    """Turns "a partner in the clinic" behind a denied verb into "a partner in any clinic".

    A place that is told by more than its sort stays: "the clinic in Oslo", "the Holm clinic".
    """
    edits = []
    for hit in hits:
        article = hit.child("det")
        plain = article is not None and article is hit.previous and len(hit.children) == 1
        behind = any(hit.index > head.index for head in heads) and hit.dep in {"dobj", "pobj"}
        definite = article is not None and article.lower == "the" and hit.lower in WORKPLACES
        if article is not None and plain and behind and definite:
            edits.append(Edit(article.start, article.end, "any"))
    return edits
