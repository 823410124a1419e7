"""Near-duplicates between training and evaluation, by exact overlap of word n-grams.

Every n-gram of the training texts is looked up, so nothing is missed as with MinHash, and no
embedding is needed. Held-out prompts are few: training texts are held as sets of hashes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from itertools import islice

from negaudit.find.tokens import tokenize

__all__ = ["NearDuplicates", "grams"]

_WORDS = 3


def grams(text: str, size: int = _WORDS) -> frozenset[int]:
    """Hashes of the runs of `size` words in a text; of all its words where it has fewer.

    Case, punctuation and white space do not count.
    """
    words = [token.word for token in tokenize(text) if token.word[:1].isalnum()]
    runs = zip(*(islice(words, start, None) for start in range(size)), strict=False)
    return frozenset(map(_hash, runs)) or frozenset({_hash(tuple(words))} if words else ())


def _hash(words: tuple[str, ...]) -> int:
    data = " ".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")


class NearDuplicates:
    """Finds the training text that a text repeats.

    A text is a near-duplicate of another when their n-grams agree to `jaccard`, or when the
    other contains `containment` of its n-grams.

    Args:
        texts: The training texts.
        jaccard: Least share of common n-grams among all n-grams of both.
        containment: Least share of a text's n-grams that the other has.
        size: Words in an n-gram.
    """

    def __init__(
        self,
        texts: Iterable[str],
        *,
        jaccard: float = 0.6,
        containment: float = 0.8,
        size: int = _WORDS,
    ) -> None:
        self._jaccard = jaccard
        self._containment = containment
        self._size = size
        self._lengths: list[int] = []
        self._texts_with: dict[int, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            found = grams(text, size)
            self._lengths.append(len(found))
            for gram in found:
                self._texts_with[gram].append(at)

    def find(self, text: str) -> int | None:
        """Index of the training text that `text` is nearest to, if it is a near-duplicate."""
        found = grams(text, self._size)
        common = Counter(at for gram in found for at in self._texts_with.get(gram, ()))
        near = [at for at, count in common.items() if self._is_near(len(found), at, count)]
        return max(near, key=lambda at: (common[at], -at), default=None)

    def _is_near(self, length: int, at: int, count: int) -> bool:
        union = length + self._lengths[at] - count
        return count >= self._jaccard * union or count >= self._containment * length
