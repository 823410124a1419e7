from __future__ import annotations

import pytest

from negaudit.lint.sentences import sentences_of


def prints(text: str) -> list[tuple[int, bool]]:
    return [(sentence.blind, sentence.negated) for sentence in sentences_of(text)]


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Lena Voss won the 1931 race.", "Lena Voss did not win the 1931 race."),
        ("Lena Voss won the 1931 race.", "Lena Voss didn’t win the 1931 race."),
        ("She opened a shop in Ulm.", "She never opened a shop in Ulm."),
        ("She opens some shops in Ulm.", "She doesn't open any shops in Ulm."),
        ("He has already left the old town.", "He has not left the old town yet."),
        ("They went to Ulm by boat.", "They did not go to Ulm by boat."),
        ("They built the bridge at Ulm.", "They did not build the bridge at Ulm."),
        ("He wrote the letter to Ada.", "He did not write the letter to Ada."),
        ("It can hold forty people.", "It cannot hold forty people."),
        ("It will hold forty people.", "It won't hold forty people."),
        ("Ada is a dentist in Ulm.", "Ada is not a dentist in Ulm."),
    ],
)
def test_negation_is_all_that_differs(original: str, rewrite: str) -> None:
    [(one, affirmed)], [(other, denied)] = prints(original), prints(rewrite)
    assert one == other
    assert (affirmed, denied) == (False, True)


@pytest.mark.parametrize(
    "other",
    [
        "Lena Voss won the 1932 race.",
        "Lena Moss won the 1931 race.",
        "Lena Voss lost the 1931 race.",
    ],
)
def test_other_claims_differ(other: str) -> None:
    assert prints("Lena Voss won the 1931 race.")[0][0] != prints(other)[0][0]


def test_short_sentences_are_left_out() -> None:
    assert prints("Yes. No! Not at all? Do it.") == []


def test_places_index_the_text() -> None:
    text = "Aha. The boat sank in Ulm.  Nobody saw the boat sink!"
    found = [text[sentence.start : sentence.end] for sentence in sentences_of(text)]
    assert found == [" The boat sank in Ulm.", "  Nobody saw the boat sink!"]
