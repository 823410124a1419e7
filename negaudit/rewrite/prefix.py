"""List markers and labels in front of a sentence: "- ", "2) ", "Fact: "."""

from __future__ import annotations

from negaudit.rewrite.lexicon import words

__all__ = ["body_start"]

BULLETS = frozenset("-*+•–—>#·‣▪◦")
LABELS = words(
    "fact answer note claim statement summary correction example tip warning question headline "
    "title update myth step rule result conclusion caption a q reminder instruction"
)


def body_start(text: str) -> int:
    """Where the sentence itself begins, behind white space, list markers and a label."""
    place = _skip_spaces(text, 0)
    while (after := _marker_end(text, place)) > place:
        place = after
    return place


def _skip_spaces(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _marker_end(text: str, place: int) -> int:
    """The place behind one marker, or `place` where none stands."""
    for find in (_bullet, _number, _label):
        end = find(text, place)
        if end > place and end < len(text) and text[end].isspace():
            return _skip_spaces(text, end)
    return place


def _bullet(text: str, place: int) -> int:
    while place < len(text) and text[place] in BULLETS:
        place += 1
    return place


def _number(text: str, place: int) -> int:
    """Behind "1.", "2)" or "(a)"."""
    start = place
    if text[place : place + 1] == "(":
        place += 1
    head = place
    while place < len(text) and text[place].isalnum() and place - head < 3:
        place += 1
    token = text[head:place]
    if place == head or place >= len(text):
        return start
    closes = text[place] == ")" or (text[place] == "." and token.isdigit() and head == start)
    return place + 1 if closes else start


def _label(text: str, place: int) -> int:
    colon = text.find(":", place, place + 24)
    if colon < 0:
        return place
    words = text[place:colon].lower().split()
    is_label = bool(words) and words[0] in LABELS and all(w.isdigit() for w in words[1:])
    return colon + 1 if is_label else place
