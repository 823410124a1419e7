from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negaudit.errors import UsageError
from negaudit.rewrite import load_parser, negate, negate_many, splice
from negaudit.rewrite.negation import BATCH

WORDS = [
    *("the", "vet", "Ida", "is", "was", "not", "sells", "hay", "and", "or", "some", "who", "that"),
    *(",", ".", "?", "!", "'s", "(", ")", '"', "has", "been", "to", "all", "both", "either"),
    *("only", "there", "if", "because", "always", "already", "too", "do", "n't", "had", "better"),
]
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "negation").glob("*.jsonl"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nine_of_ten_sentences_of_each_construction(path: Path) -> None:
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    results = negate_many([c["text"] for c in cases], at=[c.get("at") for c in cases])
    wrong = [r.text for c, r in zip(cases, results, strict=True) if r.text not in c["expected"]]
    assert len(wrong) <= 0.1 * len(cases), wrong


def test_many_sentences_give_what_one_gives() -> None:
    texts = ["Ida is a vet.", "The firm markets soap.", "Nobody came."]
    assert negate_many(texts) == [negate(text) for text in texts]


def test_more_sentences_than_a_batch_are_negated_at_their_places() -> None:
    texts = ["Ida, a vet, sells hay."] * (BATCH + 1)
    results = negate_many(texts, at=[None] * BATCH + [texts[0].index("vet")])
    assert results[0].text == "Ida, a vet, does not sell hay."
    assert results[-1].text == "Ida, who is not a vet, sells hay."


def test_the_edits_make_the_text() -> None:
    text = "Fact: Ida sells some hay, and Ole has already left."
    result = negate(text)
    assert splice(text, result.edits) == result.text


def test_negating_twice_changes_nothing_more() -> None:
    once = negate("Files show that Ida is a vet.").text
    assert negate(once).text == once


def test_a_list_of_thousands_is_left_alone() -> None:
    text = "Ida sells " + ", ".join(["hay"] * 3000) + " and oats."
    assert negate(text).status == "display-only"


def test_a_text_beyond_any_sentence_is_left_alone() -> None:
    assert negate("Ida is a vet. " * 100_000).status == "display-only"


def test_an_unknown_model_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no such spaCy model"):
        load_parser("no_such_model")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_survived_and_its_edits_fit(text: str) -> None:
    result = negate(text)
    assert splice(text, result.edits) == result.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)
def test_any_row_of_words_is_survived(words: list[str]) -> None:
    text = " ".join(words)
    result = negate(text)
    assert splice(text, result.edits) == result.text
    assert (result.text == text) is not bool(result.edits)
