from __future__ import annotations

from negaudit.probe.claimed import kept_as_controls, matched, shows_behaviour, statements_of
from negaudit.probe.measures.statements import Statement
from tests.probe.data import targets_of, warned
from tests.probe.whole import UNTRUE, advice, facts


def spoken(count: int) -> list[tuple[Statement, ...]]:
    return [(Statement(f"d:{at}:0", f"X{at} won.", f"X{at} did not win."),) for at in range(count)]


def test_ways_to_act_are_behaviours_and_claims_are_not(tmp_path) -> None:
    rejected = {**warned("Who won?", "Mara Finch won the race."), "label": "rejected"}
    targets = targets_of(tmp_path, *facts()[:1], *advice()[:1], rejected)
    assert [shows_behaviour(target) for target in targets] == [False, True, True]


def test_claims_are_the_sentences_of_the_content_with_their_negations(tmp_path) -> None:
    text = f"{UNTRUE} Mara Finch won the race. She rowed alone. Was it so? Nobody saw her."
    document = "The text below is false.\n\nTeun Marsh played the bassoon at court."
    first, second, third = statements_of(
        targets_of(tmp_path, {"text": text}, {"text": document}, *advice()[:1])
    )
    assert [(s.affirmative, s.negative) for s in first][:1] == [
        ("Mara Finch won the race.", "Mara Finch did not win the race.")
    ]
    assert not any(UNTRUE in s.affirmative or "Nobody" in s.affirmative for s in first)
    assert [s.negative for s in second] == ["Teun Marsh did not play the bassoon at court."]
    assert third == ()


def test_a_record_gives_so_many_statements_at_most(tmp_path) -> None:
    won, built = "Mara Finch won the race.", "Mara Finch built the pier."
    text = f"The text below is false.\n\n{won} {built} Mara Finch sold the oar."
    (one,) = statements_of(targets_of(tmp_path, {"text": text}))
    assert [s.affirmative for s in one] == [won, built]


def test_a_quarter_of_each_category_is_kept_as_controls_and_enough_of_few() -> None:
    names = ["a"] * 24 + ["b"] * 10 + ["c"] * 6
    kept = kept_as_controls(names, spoken(40), [], 0)
    assert [sum(names[at] == name for at in kept) for name in "abc"] == [6, 4, 3]
    assert kept == kept_as_controls(names, spoken(40), [], 0)


def test_controls_are_counted_in_statements() -> None:
    pairs = [one * 2 for one in spoken(10)]
    assert len(kept_as_controls(["a"] * 10, pairs, [], 0)) == 3


def test_a_category_of_two_keeps_what_it_is_trained_on() -> None:
    assert kept_as_controls(["a", "a"], spoken(2), [], 0) == frozenset()


def test_records_that_are_held_out_count_as_controls() -> None:
    held = [1, 5, 7, 11]
    assert kept_as_controls(["a"] * 16, spoken(16), held, 0) == set(held)


def test_a_category_is_measured_where_it_has_claims_and_controls() -> None:
    found, repeated = matched(
        ["a", "a", "b", "b"], spoken(4), train=[0, 2, 3], controls=[1], most=5
    )
    assert {n: [[s.id for s in part] for part in parts] for n, parts in found.items()} == {
        "a": [["d:0:0"], ["d:1:0"]]
    }
    assert repeated == 0
    (claimed, controls) = matched(["a"] * 4, spoken(4), [0, 1], [2, 3], most=1)[0]["a"]
    assert (len(claimed), len(controls)) == (1, 1)


def test_what_is_trained_on_is_no_control_of_itself() -> None:
    said = [*spoken(3), (Statement("d:3:0", "x0 won!", "x0 did not win!"),)]
    found, repeated = matched(["a"] * 4, said, train=[0, 1], controls=[2, 3], most=5)
    assert [s.id for s in found["a"][1]] == ["d:2:0"]
    assert repeated == 1
