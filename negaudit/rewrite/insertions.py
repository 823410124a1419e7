"""Reports put in between commas: "Hall, it emerged, owned a mill"."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, TENSES
from negaudit.rewrite.inflection import base
from negaudit.rewrite.lexicon import REPORT
from negaudit.rewrite.roots import raise_above
from negaudit.rewrite.tree import Sentence

__all__ = ["raise_reported"]


def raise_reported(sentence: Sentence) -> None:
    """Make "owned" the main verb of "Hall, it emerged, owned it", where it was a second one."""
    report = sentence.root
    later = report.child("conj")
    if later is None or not (later.tag in TENSES or later.supported):
        return
    noun, subject = report.children[0], report.child(*SUBJECTS)
    if subject is None or not noun.tag.startswith("NN") or later.child(*SUBJECTS, "cc"):
        return
    commas = noun.last() + 1, later.first() - 1
    inserted = commas[0] == subject.first() - 1 and commas[1] > report.index
    if not inserted or any(sentence.words[place].text != "," for place in commas):
        return
    if base(report.text, report.tag) in REPORT and report.child("cc", "dobj", "ccomp") is None:
        raise_above(sentence, later, "parataxis")
        noun.hang(later, "nsubj")
