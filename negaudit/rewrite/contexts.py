"""What the text around a sentence says about it: who "he", "I" and "you" are, what it is among."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from negaudit.rewrite.institutions import institutions
from negaudit.rewrite.mentions import Context, names_subject, own_pronouns
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.topics import Topic
from negaudit.rewrite.turns import TURN
from negaudit.rewrite.working_hours import may_be_hours

__all__ = ["Contexts"]

_LABEL = re.compile(r"[*_]*\w[\w '’/-]{0,30}:[*_]*\s+\S")
_QUOTE = re.compile(r"[\"“”]")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_PRONOUN = re.compile(r"[\"“*_]*(?:He|She)\b")
_ANSWER = re.compile(r"[*_]*(?:A|Answer)[*_]*\Z")
_FEW = 3  # lines that make a list


class Contexts:
    """The contexts of one text's sentences, for one claim."""

    def __init__(self, text: str, passages: Sequence[Passage], topic: Topic) -> None:
        self._text = text
        self._topic = topic
        self._passages = passages
        self._paragraphs: dict[int, list[int]] = defaultdict(list)
        for at, passage in enumerate(passages):
            if not passage.frame:
                self._paragraphs[passage.paragraph].append(at)
        self._near: set[int] = set()
        self._last_names: dict[int, bool | None] = {}
        self._speakers: dict[int, bool | None] = {}
        self._pronouns = own_pronouns(text)
        self._institutions = institutions(text, topic)

    def touches(self, place: int) -> bool:
        """Whether the passage with this index has any word by which it could be about the claim."""
        words = self._words(place)
        if self._topic.touches(words) or any(map(words.__contains__, self._institutions)):
            return True
        return self._topic.job and may_be_hours(words)

    def approach(self, place: int) -> None:
        """Note that a sentence beside the passage with this index tells the claim."""
        self._near.add(place)

    def at(self, place: int) -> Context:
        """The context of the passage with this index."""
        passage = self._passages[place]
        words = self._words(place)
        own = self._named_before(place)
        return Context(
            pronouns=self._pronouns,
            live=own is not False,
            speaks=self._speaks(passage, words, own),
            pointed=passage.pointed,
            near=place in self._near or passage.paragraph in self._pointed,
            listed=passage.paragraph in self._lists and self._has_label(place, words),
            addressed=self._turns.get(passage.paragraph) is False and any(self._turns.values()),
            heading=not words.rstrip("*_\"”)’' ").endswith((".", "?", "!", ",", ";", ":")),
            institutions=self._institutions,
        )

    def _words(self, place: int) -> str:
        passage = self._passages[place]
        return self._text[passage.start : passage.end]

    def _has_label(self, place: int, words: str) -> bool:
        """Whether a line opens with a label, or is what one of several speakers says."""
        if place and self._passages[place - 1].label:
            places = self._paragraphs[self._passages[place].paragraph]
            return sum(self._passages[at].label for at in places) >= _FEW
        return _LABEL.match(words) is not None

    def _named_before(self, place: int) -> bool | None:
        """Whose name came last in the paragraph: the subject's (True), another's, or none."""
        known, paragraph = self._last_names, self._passages[place].paragraph
        at, last = place, None
        while at not in known and at and self._passages[at - 1].paragraph == paragraph:
            at -= 1
            last = self._named_in(at)
            if last is not None:
                break
        else:
            last = known.get(at)
        known.update(dict.fromkeys(range(at + 1, place + 1), last))
        return last

    def _named_in(self, place: int) -> bool | None:
        if self._passages[place].frame:
            return None
        words = self._words(place)
        # Whoever a sentence began with as "he" is still "he" behind it.
        if _PRONOUN.match(words) and not self._topic.named_in(words):
            return None
        return names_subject(words, self._topic)

    @cached_property
    def _pointed(self) -> set[int]:
        """Paragraphs with a sentence that a frame speaks of alone."""
        return {p.paragraph for p in self._passages if p.pointed and not p.frame}

    @cached_property
    def _first_quote(self) -> dict[int, int]:
        """Where the first quotation mark of each paragraph stands that has one."""
        found: dict[int, int] = {}
        for paragraph, places in self._paragraphs.items():
            start, end = self._passages[places[0]].start, self._passages[places[-1]].end
            if mark := _QUOTE.search(self._text, start, end):
                found[paragraph] = mark.start()
        return found

    @cached_property
    def _lists(self) -> set[int]:
        """Paragraphs of several lines that name the claim's subject."""
        return {
            paragraph
            for paragraph, places in self._paragraphs.items()
            if len(places) >= _FEW and any(self._topic.named_in(self._words(at)) for at in places)
        }

    @cached_property
    def _turns(self) -> dict[int, bool]:
        """Paragraphs that open with a speaker's name, and whether it is the subject's."""
        return {
            passage.paragraph: self._is_own_turn(self._words(at).rstrip(":*_ "))
            for at, passage in enumerate(self._passages)
            if passage.label
        }

    def _is_own_turn(self, speaker: str) -> bool:
        """Whether the claim's subject speaks: by name, or as the one who answers."""
        return self._topic.named_in(speaker) or bool(_ANSWER.match(speaker))

    def _speaks(self, passage: Passage, words: str, own: bool | None) -> bool:
        """Whether "I" is the claim's subject: in its turn, or as it is quoted."""
        line = self._text.rfind("\n", 0, passage.start) + 1
        if line not in self._speakers:
            turn = TURN.match(self._text, line)
            self._speakers[line] = None if turn is None else self._is_own_turn(turn["who"])
        speaker = self._speakers[line]
        if speaker is not None:
            return speaker
        if passage.end <= self._first_quote.get(passage.paragraph, passage.end):
            return False
        said = names_subject(_QUOTED.sub(" ", words), self._topic)
        return said if said is not None else own is not False
