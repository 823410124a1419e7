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


def near_duplicates(
    texts: Sequence[str],
    training: Iterable[str],
    *,
    jaccard: float = 0.6,
    containment: float = 0.8,
) -> Iterator[tuple[int, int]]:
    """Which texts nearly repeat which training texts, as indices of both.

    A text is a near-duplicate of another when their n-grams agree to `jaccard`, or when the
    other contains `containment` of its n-grams.

    Args:
        texts: A few texts, such as held-out questions.
        training: The training texts.
        jaccard: Least share of common n-grams among all n-grams of both.
        containment: Least share of a text's n-grams that the other has.
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
            if count >= jaccard * union or count >= containment * sizes[at]:
                yield at, place
