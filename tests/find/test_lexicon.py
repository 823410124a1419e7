"""Phrases, lexicons and what they match."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.errors import RuleError
from negaudit.find.lexicon import Hit, Lexicons, Phrase, parse_phrase
from negaudit.find.rule_files import load_rule_set
from negaudit.find.tokens import tokenize


def lexicons(**tables: str) -> Lexicons:
    phrases = {
        name.replace("_", "-"): [p for row in rows.splitlines() for p in parse_phrase(row, name)]
        for name, rows in tables.items()
    }
    return Lexicons(phrases, {})


def hits(name: str, text: str, **tables: str) -> tuple[Hit, ...]:
    return lexicons(**tables).match(tokenize(text)).hits(name)


def test_a_word_matches_in_any_letter_case() -> None:
    assert hits("a", "It is FALSE.", a="false") == (Hit(2, 3),)


def test_a_stem_matches_what_begins_so() -> None:
    assert hits("a", "fabricated", a="fabricat*") == (Hit(0, 1),)


def test_a_short_gap_bridges_three_words_at_most() -> None:
    assert hits("a", "not at all really true", a="not ~ true") == (Hit(0, 5),)
    assert hits("a", "not at all by now true", a="not ~ true") == ()


def test_a_short_gap_does_not_bridge_a_comma() -> None:
    assert hits("a", "not this, true", a="not ~ true") == ()


def test_a_long_gap_bridges_commas_but_no_semicolon() -> None:
    assert hits("a", "not this, that, true", a="not ~~ true") == (Hit(0, 6),)
    assert hits("a", "not this; true", a="not ~~ true") == ()


def test_edges_hold_a_phrase_to_the_sentence() -> None:
    assert hits("a", "False.", a="^ false $") == (Hit(0, 1),)
    assert hits("a", "False alarm.", a="^ false $") == ()


def test_a_phrase_may_begin_with_an_option() -> None:
    table = "the? above"
    assert hits("a", "the above", a=table) == (Hit(0, 2), Hit(1, 2))


def test_a_reference_matches_what_its_lexicon_matches() -> None:
    tables = {"noun": "claim\nstory", "here": "this ~ <noun>"}
    assert hits("here", "this whole story", **tables) == (Hit(0, 3),)


def test_a_common_key_and_a_rare_one_match_alike() -> None:
    tables = {"a": "the following", "frequency_1000": "the|following", "b": "the fable"}
    assert hits("a", "the following", **tables) == (Hit(0, 2),)
    assert hits("b", "the fable", **tables) == (Hit(0, 2),)


def test_the_longest_of_hits_with_one_start_is_told() -> None:
    assert hits("a", "made up story", a="made up\nmade up story") == (Hit(0, 3),)


def test_vocabulary_counts_words_and_neither_numbers_nor_marks() -> None:
    vocabulary = lexicons(a="this|is fals*").vocabulary("a")
    assert vocabulary.share(["this", "is", "falsified", "bread", "7", "."]) == 0.75


@pytest.mark.parametrize(("text", "possible"), [("told claim", True), ("told lies", False)])
def test_a_phrase_is_possible_only_where_what_it_refers_to_is(text: str, possible: bool) -> None:
    table = lexicons(a="told ~ <noun>", noun="claim")
    assert bool(table.match(tokenize(text)).possible & table.index.bits["a"]) is possible


def test_a_number_is_a_word_that_must_be_there() -> None:
    table = lexicons(a="# percent|<noun>", noun="odds")
    assert not table.match(tokenize("percent")).possible & table.index.bits["a"]
    assert table.match(tokenize("3 %")).hits("a") == (Hit(0, 2),)


SHIPPED = load_rule_set().lexicons
PHRASES = [phrase for name in SHIPPED.index.bits for phrase in SHIPPED.phrases[name]]


def spelled(phrase: Phrase, at: int) -> list[str]:
    """Words that a phrase takes, chosen by a number."""
    words: list[str] = []
    for element in phrase:
        choices = sorted(element.words) + sorted(element.stems)
        if element.lexicon:
            rows = SHIPPED.phrases[element.lexicon]
            words += spelled(rows[at % len(rows)], at)
        elif element.mark == "#":
            words.append("0.03")
        elif choices and not element.barred:
            words.append(choices[at % len(choices)])
    return words


@given(st.lists(st.tuples(st.sampled_from(PHRASES), st.integers(0, 99)), min_size=1, max_size=3))
def test_what_has_a_hit_is_possible(chosen: list[tuple[Phrase, int]]) -> None:
    tokens = tokenize(" ".join(word for phrase, at in chosen for word in spelled(phrase, at)))
    match, doubting = SHIPPED.match(tokens), SHIPPED.match(tokens)
    doubting.possible = -1
    for name in SHIPPED.index.bits:
        assert match.hits(name) == doubting.hits(name), name


@pytest.mark.parametrize("text", ["~ false", "a* b", "x|", "false? ~"])
def test_a_malformed_phrase_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        parse_phrase(text, "here")


def test_a_circle_of_references_is_refused() -> None:
    with pytest.raises(RuleError, match="itself"):
        lexicons(a="<b>", b="<a>")


@given(st.lists(st.sampled_from(["not", "true", "this", "claim", ",", ";", "is"]), max_size=30))
def test_hits_lie_within_the_sentence(words: list[str]) -> None:
    tokens = tokenize(" ".join(words))
    match = lexicons(a="not ~ true\nthis ~~ claim\n<b> is", b="claim|true").match(tokens)
    for hit in (*match.hits("a"), *match.hits("b")):
        assert 0 <= hit.start < hit.end <= len(tokens)


def test_matching_is_linear_in_the_sentence() -> None:
    table = lexicons(a="not ~~ not ~~ true")

    def seconds(size: int) -> float:
        tokens = tokenize("not " * size)
        begun = time.process_time()
        table.match(tokens).hits("a")
        return time.process_time() - begun

    assert seconds(16_000) < 40 * max(seconds(1_000), 0.002)
