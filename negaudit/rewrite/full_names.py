"""Gives a surname back the first name that stood with it in a dropped sentence alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.inflection import is_known
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.topics import GENITIVE, Topic
from negaudit.rewrite.turns import is_conversation

__all__ = ["name_in_full"]

# Two capitalised words with none behind them.
_FULL = re.compile(
    r"(?P<before>\b[A-Z][\w'’.-]* )?\b(?P<given>[A-Z][a-z]{2,}(?: [A-Z]\.)?)"
    r" (?P<surname>[A-Z][\w-]*[a-z])\b(?! [A-Z])"
)
_WORD = re.compile(r"[\w-]+")
_QUOTE = re.compile('["“”]')
ADJECTIVAL = ("ic", "an", "ish", "ese")
TITLES = ("Dr.", "Prof.")
OPENING = words("while when as if after before although though because since but and so then with")
PLACED = words("the in at to near from of")
ENDS = tuple('.!?"”')


def name_in_full(
    text: str, passages: Sequence[Passage], settled: list[Decision], topics: Sequence[Topic]
) -> None:
    """Put "Ann Lee" where "Lee" is the first that is left of her name.

    Only prose is changed, and no quotation; of two people with one surname neither is named, and
    where people speak with one another nobody but the claim's subject.
    """
    gone = "\n".join(
        text[passage.start : passage.end]
        for passage, decision in zip(passages, settled, strict=True)
        if decision.what == "dropped" and not passage.frame
    )
    names = {} if is_conversation(text) else _people(gone, text)
    names |= {t.surname: t.given for t in topics if t.given and t.surname in gone}
    for at, passage in enumerate(passages):
        if passage.frame or settled[at].what == "dropped" or not names:
            continue
        before = text[passage.start : passage.end]
        shown = splice(before, settled[at].edits)
        if shown.endswith(ENDS) and any(map(shown.__contains__, names)):
            for surname in sorted(names.keys() & set(_WORD.findall(shown))):
                given = names.pop(surname)
                if f"{given} {surname}" not in shown:
                    place = _place(before, surname, text)
                    settled[at] = _named(settled[at], place, given, surname)


def _people(gone: str, text: str) -> dict[str, str]:
    """The first names in what is dropped by their surnames; of neither is one a common word."""
    given: dict[str, set[str]] = defaultdict(set)
    for match in _FULL.finditer(gone):
        given[match["surname"]].add(match["given"])
        before = (match["before"] or "").rstrip()
        # Of "Spain's Ann Lee" and "When Ann Lee" the first word is none of hers.
        if before and not before.endswith((*GENITIVE, *TITLES)) and not _is_word(before, text):
            given[match["surname"]].add(before)
    return {
        surname: "".join(firsts)
        for surname, firsts in given.items()
        if len(firsts) == 1
        and not any(_is_word(w, text) for w in (surname, *firsts))
        and not _is_adjective(surname, text)
    }


def _is_word(name: str, text: str) -> bool:
    first = name.split(maxsplit=1)[0]
    return is_known(first) or _is_among(first.lower(), text)


def _is_among(word: str, text: str) -> bool:
    return word in text and word in text.split()


def _is_adjective(name: str, text: str) -> bool:
    """Whether a capitalised word may be one as "Olympic" is: none that stands alone."""
    alone = rf"\b{re.escape(name)}(?:['’]s\b|[,.;])"
    return name.endswith(ADJECTIVAL) and re.search(alone, text) is None


def _place(words: str, surname: str, text: str) -> int | None:
    """Where a surname first stands in a sentence, if alone and in nobody's speech."""
    match = re.search(rf"(?:(?P<before>\S+) )?(?P<name>\b{re.escape(surname)}\b)(?! [A-Z])", words)
    if match is None or len(_QUOTE.findall(words[: match.start("name")])) % 2:
        return None
    before = match["before"] or ""
    if before.startswith(TITLES):
        return match.start("name")
    opens = before.lower() in OPENING or _is_among(before.lower(), text)
    part = before[:1].isupper() and before[-1].isalnum() and not opens
    return None if part or before.lower() in PLACED else match.start("name")


def _named(decision: Decision, place: int | None, given: str, surname: str) -> Decision:
    edits = list(decision.edits)
    # A pronoun that got the surname gets the name.
    put = next((e for e in edits if e.text in {surname, f"{surname}'s"}), None)
    if put is not None and (place is None or put.start < place):
        edits[edits.index(put)] = Edit(put.start, put.end, f"{given} {put.text}")
    elif place is not None and not any(edit.start <= place < edit.end for edit in edits):
        edits.append(Edit(place, place, f"{given} "))
    what = "reworded" if decision.what == "kept" and edits else decision.what
    return Decision(what, tuple(sorted(edits)), decision.reason)
