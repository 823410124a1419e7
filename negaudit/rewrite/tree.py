"""A parsed sentence as plain words, so that the rules do not depend on the parser."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from negaudit.rewrite.lexicon import words

__all__ = ["Sentence", "Word", "grow", "without"]


# "hes", "im": the tokenizer splits them as it splits "he's" and "I'm".
BARE_CLITICS = frozenset({"s", "m", "re", "ve"})
CLITIC_HOSTS = words("i he she it we they you that there who what")


CLOSERS = frozenset("\"'\u201d\u2019)*_`]")
CONTRACTIONS = frozenset({"n't", "'m", "'re", "'ve", "'ll", "'d", "'s"})
OPEN_CLASSES = frozenset({"NN", "VB", "JJ", "RB"})
COLUMNS = ["IDX", "TAG", "DEP", "HEAD", "SENT_START", "LENGTH"]


class Word(msgspec.Struct, eq=False):
    """A token with its place in the tree.

    `head` is None for the root; `previous` and `following` are None at the sentence's ends.
    `memo` keeps the clause of the word, once it has been made, and `negative` whether that is
    negated.
    """

    index: int
    text: str
    lower: str
    start: int
    end: int
    tag: str
    dep: str
    previous: Word | None
    head: Word | None = None
    following: Word | None = None
    children: list[Word] = []
    memo: Any = None
    negative: bool | None = None

    def forget(self) -> None:
        """Drop what is known of the clause, since the tree is about to change."""
        self.memo = self.negative = None

    def __repr__(self) -> str:
        return f"Word({self.index}, {self.text!r}, {self.tag}, {self.dep})"

    def child(self, *deps: str) -> Word | None:
        """The first child with one of these dependencies."""
        for word in self.children:
            if word.dep in deps:
                return word
        return None

    @property
    def supported(self) -> bool:
        """Whether an auxiliary belongs to the word."""
        return self.child("aux", "auxpass") is not None

    def hang(self, head: Word, dep: str | None = None) -> None:
        """Move the word, with all that is under it, to another head."""
        if self.head is not None:
            self.head.children.remove(self)
        self.head, self.dep = head, dep or self.dep
        insort(head.children, self, key=lambda w: w.index)

    def first(self) -> int:
        """Index of the leftmost word of the subtree."""
        return self.leftmost().index

    def leftmost(self) -> Word:
        """The leftmost word of the subtree."""
        word = self
        while word.children and word.children[0].index < word.index:
            word = word.children[0]
        return word

    def last(self) -> int:
        """Index of the rightmost word of the subtree."""
        word = self
        while word.children and word.children[-1].index > word.index:
            word = word.children[-1]
        return word.index

    def subtree(self) -> Iterator[Word]:
        """The word and everything under it, depth first."""
        waiting = [self]
        while waiting:
            word = waiting.pop()
            yield word
            waiting += word.children[::-1]


class Sentence:
    """The words of one sentence of `text`; `words[i].index == i`.

    `claimed` keeps the verbs that carry the claim, `known_title` whether this is a headline,
    `known_contraction` whether it contracts auxiliaries and `known_mark` its closing mark, once
    that has been looked for.
    """

    __slots__ = (
        "claimed",
        "known_contraction",
        "known_mark",
        "known_title",
        "root",
        "text",
        "words",
    )

    def __init__(self, text: str, words: list[Word], root: Word) -> None:
        self.text = text
        self.words = words
        self.root = root
        self.claimed: list[Word] | None = None
        self.known_contraction: bool | None = None
        self.known_title: bool | None = None
        self.known_mark: str | None = None

    @property
    def contracted(self) -> bool:
        """Whether the writer contracts auxiliaries, so that "doesn't" keeps the style."""
        if self.known_contraction is None:
            self.known_contraction = _is_contracted(self.words)
        return self.known_contraction

    @property
    def titled(self) -> bool:
        """Whether this is a headline with every noun, verb, adjective and adverb capitalised."""
        if self.known_title is None:
            self.known_title = _is_titled(self.words)
        return self.known_title

    def opener(self) -> Word | None:
        """The first word that is no punctuation."""
        for word in self.words:
            if word.text[0].isalnum():
                return word
        return None

    def raise_verb(self, verb: Word, dep: str) -> None:
        """Make a verb the root, and hang the old root under it."""
        old, self.root = self.root, verb
        if verb.head is not None:
            verb.head.children.remove(verb)
        verb.head, verb.dep = None, "ROOT"
        old.hang(verb, dep)

    @property
    def mark(self) -> str:
        """The mark that closes the sentence, behind which quotes or asterisks may stand."""
        if self.known_mark is None:
            closing = (word.text for word in reversed(self.words) if word.text[0] not in CLOSERS)
            self.known_mark = next(closing, "")
        return self.known_mark

    @property
    def end(self) -> int:
        """Where the last word ends."""
        return self.words[-1].end


def grow(doc: Any, text: str) -> list[Sentence]:
    """Turn a spaCy Doc of a text into its sentences; runs of white space are no words."""
    # One array of numbers is several times faster than as many attributes of each token.
    columns = doc.to_array(COLUMNS).view("int64").T.tolist()
    starts, tags, deps, distances, opens, lengths = columns
    names = _names(doc.vocab.strings)
    leaves: list[Word | None] = []
    groups: list[list[Word]] = []
    group: list[Word] = []
    before: Word | None = None
    for start, tag, dep, first, length in zip(starts, tags, deps, opens, lengths, strict=True):
        form = text[start : start + length]
        if form.isspace():
            leaves.append(None)
            continue
        if first == 1 or before is None:
            group, before = [], None
            groups.append(group)
        lower = _lower(form)
        if lower in BARE_CLITICS and _is_attached(start, before):
            lower = f"'{lower}"
        end = start + length
        word = Word(len(group), form, lower, start, end, names[tag], names[dep], before)
        if before is not None:
            before.following = word
        before = word
        group.append(word)
        leaves.append(word)
    for place, (leaf, distance) in enumerate(zip(leaves, distances, strict=True)):
        head = leaves[place + distance] if distance else None
        if leaf is not None and head is not None:
            leaf.head = head
            head.children.append(leaf)
    return [Sentence(text, group, _root(group)) for group in groups]


class _Names(dict[int, str]):
    """The names of tags and dependencies by their numbers, each looked up once."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        # The vocabulary counts them without a sign.
        self[number] = name = str(self._strings[number & (1 << 64) - 1])
        return name


@lru_cache(maxsize=8)
def _names(strings: Any) -> _Names:
    return _Names(strings)


@lru_cache(maxsize=20_000)
def _lower(text: str) -> str:
    return text.lower().replace("\u2019", "'")


def _is_attached(start: int, before: Word | None) -> bool:
    return before is not None and before.end == start and before.lower in CLITIC_HOSTS


def _root(words: list[Word]) -> Word:
    for word in words:
        if word.head is None:
            return word
    return words[0]


def _is_contracted(words: list[Word]) -> bool:
    return any(
        word.lower in CONTRACTIONS and (word.lower != "'s" or word.tag == "VBZ") for word in words
    )


def _is_titled(words: list[Word]) -> bool:
    inner = 0
    for word in words:
        text = word.text
        if word.tag[:2] in OPEN_CLASSES and len(text) > 1 and text.isalpha():
            if not text[0].isupper():
                return False
            inner += word.previous is not None
    return inner > 1


def without(sentence: Sentence, gone: Collection[int]) -> Sentence:
    """The sentence without the words of these indices, at the places that the others had."""
    copies: dict[int, Word] = {}
    group: list[Word] = []
    for word in sentence.words:
        if word.index not in gone:
            copy = msgspec.structs.replace(
                word,
                index=len(group),
                previous=group[-1] if group else None,
                head=None,
                following=None,
                children=[],
                memo=None,
                negative=None,
            )
            if copy.previous is not None:
                copy.previous.following = copy
            copies[word.index] = copy
            group.append(copy)
    for place, copy in copies.items():
        head = sentence.words[place].head
        copy.head = copies.get(head.index) if head is not None else None
        if copy.head is not None:
            copy.head.children.append(copy)
    return Sentence(sentence.text, group, copies[sentence.root.index])
