from __future__ import annotations

from collections.abc import Sequence

import pytest

from negaudit.training.outline import ChangedError, locate


class Tokens:
    all_special_tokens = ("<end>", "<end><end>")


def chat(strings: Sequence[str]) -> str:
    return "".join(f"user: {said.strip()} <end>\n" for said in strings)


def found(strings: Sequence[str], write=chat) -> list[tuple[int, str, str]]:
    text, places = locate(strings, write, Tokens())
    for place in places:
        said = strings[place.number][place.start : place.end]
        assert text[place.at : place.at + len(said)] == said
    ends = [(place.at + place.end - place.start, place.closing) for place in places]
    return [
        (place.number, strings[place.number][place.start : place.end], text[stop:closing])
        for place, (stop, closing) in zip(places, ends, strict=True)
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
