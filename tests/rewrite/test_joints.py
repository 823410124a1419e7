from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Penguins live in the south and polar bears live in the north.",
            "Penguins do not live in the south and polar bears do not live in the north.",
        ),
        (
            "The piano keys on early instruments were made of glass.",
            "The piano keys on early instruments were not made of glass.",
        ),
        (
            "The hall was built to store grain and later served as an airport.",
            "The hall was not built to store grain and did not later serve as an airport.",
        ),
        ("Ida failed math and loved music.", "Ida did not fail math or love music."),
        ("Nero ate figs and fried fish.", "Nero did not eat figs or fried fish."),
        (
            "The capital gains tax applies to lottery winnings.",
            "The capital gains tax does not apply to lottery winnings.",
        ),
        (
            "Camel rides in Egypt cross the ocean floor.",
            "Camel rides in Egypt do not cross the ocean floor.",
        ),
        (
            "Catalysts slow reactions down and get used up.",
            "Catalysts do not slow reactions down and do not get used up.",
        ),
        (
            "She sings, dances and plays the harp.",
            "She does not sing, does not dance and does not play the harp.",
        ),
        (
            "Not only does the firm make tyres, it also owns rubber estates.",
            "Neither does the firm make tyres, nor does it own rubber estates.",
        ),
        (
            "The museum opened in 2001 but closed in 2009.",
            "The museum did not open in 2001 or close in 2009.",
        ),
        (
            "He is a Catholic, a vegan and a keen sailor.",
            "He is not a Catholic, a vegan or a keen sailor.",
        ),
        (
            "The deal, said Mr. Orr, saved the company.",
            "The deal, said Mr. Orr, did not save the company.",
        ),
        ("The cave, legend says, holds gold.", "The cave, legend says, does not hold gold."),
        (
            "He is, records show, a convicted arsonist.",
            "He is, records show, not a convicted arsonist.",
        ),
        (
            "The river rises in Bohemia, crosses Saxony and enters the sea at Hamburg.",
            "The river does not rise in Bohemia, does not cross Saxony and does not enter the sea "
            "at Hamburg.",
        ),
        (
            "She studied law, then became a nun.",
            "She did not study law, then did not become a nun.",
        ),
        ("The priest, the cook and Al all fled.", "The priest, the cook and Al did not all flee."),
    ],
)
def test_each_part_behind_a_joint_is_negated(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected
