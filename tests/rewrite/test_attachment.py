from __future__ import annotations

import pytest

from negaudit.rewrite import negate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pears are picked when green and ripen to blue.",
            "Pears are not picked when green and do not ripen to blue.",
        ),
        (
            "Heat the oil until it smokes and add the eggs.",
            "Do not heat the oil until it smokes and do not add the eggs.",
        ),
        (
            "The leaf shrinks when you read and grows when you nap.",
            "The leaf does not shrink when you read and does not grow when you nap.",
        ),
        (
            "I grew up in Kenya and speak six languages.",
            "I did not grow up in Kenya and do not speak six languages.",
        ),
        (
            "Order the soup cold, add ketchup, and drink it.",
            "Do not order the soup cold, do not add ketchup, and do not drink it.",
        ),
        (
            "To remove a stain, set the shirt on fire.",
            "To remove a stain, do not set the shirt on fire.",
        ),
        (
            "Nero was born in Oslo and spoke only Danish.",
            "Nero was not born in Oslo and did not speak only Danish.",
        ),
    ],
)
def test_a_verb_is_joined_to_the_main_verb(text: str, expected: str) -> None:
    assert negate(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The fact that ice floats means that it is hollow.",
            "The fact that ice floats does not mean that it is hollow.",
        ),
        (
            "Whether a coin lands on heads depends on the weather.",
            "Whether a coin lands on heads does not depend on the weather.",
        ),
        (
            "What makes the sky blue is spilled paint.",
            "What makes the sky blue is not spilled paint.",
        ),
        (
            "Who invented the radio is known to everyone in Peru.",
            "Who invented the radio is not known to everyone in Peru.",
        ),
        ("A battery stores wind.", "A battery does not store wind."),
        ("Are spiders insects?", "Are spiders not insects?"),
        ("Why do cats bark?", "Why do cats not bark?"),
        ("Cook fish, do not lose the skin.", "Do not cook fish, do not lose the skin."),
        (
            "Legend has it that Troy was rebuilt.",
            "Legend has it that Troy was not rebuilt.",
        ),
        (
            "Nobody disputes that Ida wrote the letter.",
            "Nobody disputes that Ida did not write the letter.",
        ),
    ],
)
def test_the_main_verb_is_found(text: str, expected: str) -> None:
    assert negate(text).text == expected


def test_participles_set_in_front_stay_with_their_clause() -> None:
    text = "Born in Oslo and raised in Bern, Ida was once known as a singer."
    assert negate(text).text == "Born in Oslo and raised in Bern, Ida was never known as a singer."
