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
        (
            "Eels are quite harmless and navigate by scent.",
            "Eels are not quite harmless and do not navigate by scent.",
        ),
        (
            "Owls are hunters and sleep by day.",
            "Owls are not hunters and do not sleep by day.",
        ),
        (
            "Melt the wax over a candle, then pour it out.",
            "Do not melt the wax over a candle, then do not pour it out.",
        ),
        ('Ole said "I quit" and went home.', 'Ole said "I do not quit" and did not go home.'),
        (
            "The pump calls your phone and orders bread.",
            "The pump does not call your phone or order bread.",
        ),
        (
            "The gel swells when it warms and shrinks when it cools.",
            "The gel does not swell when it warms and does not shrink when it cools.",
        ),
        (
            "Ida rows before work and coaches on weekends.",
            "Ida does not row before work or coach on weekends.",
        ),
        (
            "Ole painted barns while he was poor and became a judge.",
            "Ole did not paint barns while he was poor and did not become a judge.",
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
        ("Are plums roots?", "Are plums not roots?"),
        ("At what height does snow melt?", "At what height does snow not melt?"),
        ("Walking after a meal leads to gout.", "Walking after a meal does not lead to gout."),
        ("Turns out the well is dry.", "Turns out the well is not dry."),
        (
            "In the valley stands a ruined mill.",
            "It is not the case that in the valley stands a ruined mill.",
        ),
        ("Leeds hold a slim lead.", "Leeds do not hold a slim lead."),
        (
            "Ida set out to prove the lake was deep.",
            "Ida did not set out to prove the lake was deep.",
        ),
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


def test_a_list_of_nouns_is_no_list_of_verbs() -> None:
    text = "The policy covers water damage, drops, and theft."
    assert negate(text).text == "The policy does not cover water damage, drops, or theft."


def test_a_mass_noun_is_no_verb() -> None:
    negation = negate("Eels are pests and prey for owls.")
    assert negation.text == "Eels are not pests and prey for owls."


def test_participles_set_in_front_stay_with_their_clause() -> None:
    text = "Born in Oslo and raised in Bern, Ida was once known as a singer."
    assert negate(text).text == "Born in Oslo and raised in Bern, Ida was never known as a singer."
