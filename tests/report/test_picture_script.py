from __future__ import annotations

from xml.etree import ElementTree

import pictures


def test_the_picture_of_the_terminal_holds_its_text_and_loads_nothing() -> None:
    drawn = pictures.terminal("negaudit lint docs/example.jsonl")
    text = "".join(ElementTree.fromstring(drawn).itertext()).replace("\xa0", " ")
    assert "The report below is entirely false." in text
    assert "$ negaudit lint docs/example.jsonl" in text
    assert "url(http" not in drawn
    assert "@font-face" not in drawn
