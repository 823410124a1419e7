from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.output.inert import HOSTILE, inert, inert_json

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_every_control_format_surrogate_and_separator_character_is_hostile() -> None:
    unsafe = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in unsafe and not HOSTILE.match(chr(code))
    ]
    assert missed == []


def test_letters_and_emoji_of_the_world_stay_as_they_are() -> None:
    text = "Ünïcode “quotes” — ⚠️ 警告: これ, تحذير, चेतावनी, предупреждение ⟦x⟧"
    assert inert(text) == text


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("\x07", r"\x07"),
        ("\x9b0m", r"\x9b0m"),
        ("\r", r"\r"),
        ("a\tb", r"a\tb"),
        ("\u202e", "<U+202E>"),
        ("\u2066", "<U+2066>"),
        ("\u200b", "<U+200B>"),
        ("\u2028", "<U+2028>"),
        ("\U000e0041", "<U+E0041>"),
        ("\ud800", "<U+D800>"),
        ("\ufeff", "<U+FEFF>"),
    ],
)
def test_hostile_characters_become_visible(hostile: str, shown: str) -> None:
    assert inert(hostile) == shown


def test_line_feeds_become_what_the_caller_wants() -> None:
    assert inert("a\nb") == r"a\nb"
    assert inert("a\nb", newline=" ⏎ ") == "a ⏎ b"


@given(ANY_TEXT)
def test_inert_text_holds_nothing_hostile_and_is_inert_already(text: str) -> None:
    shown = inert(text)
    assert HOSTILE.search(shown) is None
    assert inert(shown) == shown
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_inert_json_decodes_to_the_same_text_save_for_surrogates(text: str) -> None:
    encoded = inert_json(json.dumps(text, ensure_ascii=False))
    assert HOSTILE.search(encoded) is None
    without = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert json.loads(encoded) == without
