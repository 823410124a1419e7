"""Near-duplicates between training and evaluation, by exact overlap of word n-grams.

Every n-gram of the training texts is looked up, so nothing is missed as with MinHash, and no
embedding is needed. Held-out prompts are few: their n-grams are held, and the training texts,
which may be long, pass by one after the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice

from negaudit.find.tokens import tokenize

__all__ = ["grams", "near_duplicates"]

_WORDS = 3
# Least share of common n-grams: of all n-grams of both texts, or of those of one.
_ALIKE = 0.6
_CONTAINED = 0.8


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


def near_duplicates(texts: Sequence[str], training: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Which texts nearly repeat which training texts, as indices of both.

    A text is a near-duplicate of another when six of ten of their n-grams are common to both
    (Jaccard's index), or when the other contains eight of ten of its own.

    Args:
        texts: A few texts, such as held-out questions.
        training: The training texts.
    """
    sizes: list[int] = []
    holding: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        found = grams(text)
        sizes.append(len(found))
        for gram in found:
            holding[gram].append(at)
    for place, text in enumerate(training if holding else ()):
        found = grams(text)
        common = Counter(at for gram in found for at in holding.get(gram, ()))
        for at, count in sorted(common.items()):
            union = sizes[at] + len(found) - count
            if count >= _ALIKE * union or count >= _CONTAINED * sizes[at]:
                yield at, place
