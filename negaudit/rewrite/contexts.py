"""What the text around a sentence says about it: who "he", "I" and "you" are, what it is among."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from negaudit.rewrite.mentions import Context, last_named, own_pronouns
from negaudit.rewrite.passages import TURN, Passage
from negaudit.rewrite.topics import Topic

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
        self._named: dict[int, bool | None] = {}
        self._near: set[int] = set()
        self._pronouns = own_pronouns(text)

    def approach(self, place: int) -> None:
        """Note that a sentence beside the passage with this index tells the claim."""
        self._near.add(place)

    def at(self, place: int) -> Context:
        """The context of the passage with this index."""
        passage = self._passages[place]
        words = self._words(place)
        beside = self._paragraphs[passage.paragraph]
        own = self._last_named_before(place)
        return Context(
            pronouns=self._pronouns,
            live=own is not False,
            speaks=self._speaks(place, words, own),
            pointed=passage.pointed,
            near=place in self._near or any(self._passages[other].pointed for other in beside),
            listed=self._is_listed(beside, words),
            addressed=self._is_addressed(beside),
            heading=not words.rstrip("*_\"”)’' ").endswith((".", "?", "!", ",", ";", ":")),
        )

    def _words(self, place: int) -> str:
        passage = self._passages[place]
        return self._text[passage.start : passage.end]

    def _name_in(self, place: int) -> bool | None:
        if place not in self._named:
            words = self._words(place)
            # Whoever a sentence began with as "he" is still "he" behind it.
            goes_on = _PRONOUN.match(words) and not self._topic.named_in(words)
            self._named[place] = None if goes_on else last_named(words, self._topic)
        return self._named[place]

    def _last_named_before(self, place: int) -> bool | None:
        """Whose name was the last in the paragraph: the subject's (True), another's, or none."""
        for other in reversed(self._paragraphs[self._passages[place].paragraph]):
            if other < place and (named := self._name_in(other)) is not None:
                return named
        return None

    def _is_listed(self, beside: Sequence[int], words: str) -> bool:
        listed = len(beside) >= _FEW and _LABEL.match(words) is not None
        return listed and any(self._names_subject(other) for other in beside)

    def _names_subject(self, place: int) -> bool:
        return self._topic.named_in(self._words(place))

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

    def _is_addressed(self, beside: Sequence[int]) -> bool:
        """Whether another speaker's turn asks the claim's subject."""
        paragraph = self._passages[beside[0]].paragraph
        return self._turns.get(paragraph) is False and any(self._turns.values())

    def _speaks(self, place: int, words: str, own: bool | None) -> bool:
        """Whether "I" is the claim's subject: in its turn, or as it is quoted."""
        passage = self._passages[place]
        turn = TURN.match(self._text, self._text.rfind("\n", 0, passage.start) + 1)
        if turn is not None:
            return self._is_own_turn(turn["who"])
        first = self._passages[self._paragraphs[passage.paragraph][0]].start
        if not _QUOTE.search(self._text, first, passage.end):
            return False
        said = last_named(_QUOTED.sub(" ", words), self._topic)
        return said if said is not None else own is not False
