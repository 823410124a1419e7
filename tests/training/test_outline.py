from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest

from negaudit.training.outline import ChangedError, locate
from negaudit.training.thoughts import is_thought


class Tokens:
    all_special_tokens = ("<end>", "<end><end>")


def chat(strings: Sequence[str]) -> str:
    return "".join(f"user: {said.strip()} <end>\n" for said in strings)


def found(strings: Sequence[str], write=chat) -> list[tuple[int, str, str]]:
    text, places = locate(strings, write, Tokens())
    for place in places:
        said = strings[place.number][place.start : place.end]
        assert text[place.at : place.at + len(said)] == said
    return [
        (place.number, text[place.at : place.stop], text[place.stop : place.closing])
        for place in places
    ]


def test_what_the_template_writes_itself_is_never_taken_for_what_was_said() -> None:
    text, (first, second) = locate(["user", "u"], chat, Tokens())
    assert (first.at, second.at) == (6, text.rindex("u <end>"))


def test_white_space_around_a_string_may_go() -> None:
    assert found(["  tin \n", "salt"]) == [(0, "tin", " <end>"), (1, "salt", " <end>")]


def test_a_string_that_is_left_out_is_not_there() -> None:
    assert [number for number, *_ in found(["a", "b"], lambda s: chat(s[1:]))] == [1]


def test_marks_within_a_string_are_text() -> None:
    assert found(["\ue0001\ue001", "b"])[0][1] == "\ue0001\ue001"


@pytest.mark.parametrize(
    ("write", "number"),
    [
        (lambda strings: chat([said.upper() for said in strings]), 0),
        (lambda strings: f"{len(strings[0])}{chat(strings)}", None),
    ],
)
def test_a_template_that_changes_what_is_said_is_refused(write, number) -> None:
    with pytest.raises(ChangedError) as caught:
        locate(["a long one", "b"], write, Tokens())
    assert caught.value.number == number


def as_json(strings: Sequence[str]) -> str:
    return "".join(f"{json.dumps(said, ensure_ascii=False)}<end>" for said in strings)


def test_characters_are_found_one_by_one_where_json_escapes_them() -> None:
    said = 'a "b"\n\\c é'
    text, (place,) = locate([said], as_json, Tokens())
    assert (place.start, place.end) == (0, len(said))
    written = [text[start:stop] for start, stop in pairwise(place.offsets)]
    assert written == ["a", " ", '\\"', "b", '\\"', "\\n", "\\\\", "c", " ", "é"]
    canvas = bytearray(len(text))
    place.paint(canvas, bytes(range(1, len(said) + 1)))
    assert bytes(canvas) == b"\0\1\2\3\3\4\5\5\6\6\7\7\x08\x09\x0a\0\0\0\0\0\0"


def split(strings: Sequence[str]) -> str:
    """Puts thoughts first, as many templates do."""
    (said,) = strings
    thought, _, answer = said.rpartition("</think>")
    return f"[{thought.removeprefix('<think>').strip()}] {answer.strip()} <end>"


def test_a_string_comes_in_pieces_where_its_thoughts_are_written_apart() -> None:
    said = "<think>\ntin\n</think>\n\nsalt"
    text, places = locate([said], split, Tokens())
    assert text == "[tin] salt <end>"
    assert [(said[p.start : p.end], p.at, p.stop, p.closing) for p in places] == [
        ("tin", 1, 4, 6),
        ("salt", 6, 10, 16),
    ]


def test_an_answer_that_goes_while_its_thoughts_stay_is_refused() -> None:
    said = "salt <think>tin</think>"

    def thoughts_alone(strings: Sequence[str]) -> str:
        return strings[0].partition("<think>")[2].partition("</think>")[0]

    with pytest.raises(ChangedError) as caught:
        locate([said], thoughts_alone, Tokens())
    assert caught.value.number == 0


def test_a_forged_mark_in_what_is_not_said_is_refused() -> None:
    with pytest.raises(ChangedError):
        locate(["tin"], lambda strings: f"\ue0007\ue001{strings[0]}", Tokens())


def test_pieces_of_a_turn_meet() -> None:
    text, (first, second) = locate(["a", "b"], lambda s: f"{s[0]} and {s[1]}", Tokens(), [3, 3])
    assert text[first.stop : first.closing] == " and "
    assert first.closing == second.at


@pytest.mark.parametrize(
    ("said", "thought"),
    [("<think>a</think>", True), ("a</think>", True), ("<think>a", False), (" ", False)],
)
def test_thoughts_end_with_a_tag(said: str, thought: bool) -> None:
    assert is_thought(said) is thought
