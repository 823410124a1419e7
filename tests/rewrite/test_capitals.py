from __future__ import annotations

from collections.abc import Callable

import pytest

from negaudit.rewrite.capitals import hidden_names
from negaudit.rewrite.tree import Sentence

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May called an election.", "May did not call an election."),
        ("Will went home.", "Will did not go home."),
        ("Will has two sons.", "Will does not have two sons."),
        ("Records show that May resigned.", "Records show that May did not resign."),
        ("Do Muoi led the party.", "Do Muoi did not lead the party."),
        ("Blink-182 toured with them.", "Blink-182 did not tour with them."),
        ("Macy's hosts a parade.", "Macy's does not host a parade."),
        ("Wendy's closed three stores.", "Wendy's did not close three stores."),
        (
            "Files show McDonald's sells salads.",
            "Files show McDonald's does not sell salads.",
        ),
        ("Die Zeit backs the coalition.", "Die Zeit does not back the coalition."),
        ("Do the Right Thing won an Oscar.", "Do the Right Thing did not win an Oscar."),
        ("Catch Me If You Can was a hit.", "Catch Me If You Can was not a hit."),
        ("Will Young runs a bakery.", "Will Young does not run a bakery."),
        ("His will names a niece.", "His will does not name a niece."),
        ("The will leaves it to him.", "The will does not leave it to him."),
        ("The Who performed at Woodstock.", "The Who did not perform at Woodstock."),
        ("The The released it in 1983.", "The The did not release it in 1983."),
        ("Take That toured Spain.", "Take That did not tour Spain."),
        ("They Might Be Giants toured Spain.", "They Might Be Giants did not tour Spain."),
        ("Ann ferch Gwilym owned a farm.", "Ann ferch Gwilym did not own a farm."),
    ],
)
def test_what_has_a_capital_inside_a_sentence_is_a_name(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "May contain nuts.",
        "May you rest in peace.",
        "Will you marry me?",
        "Can dogs see at night?",
        "The Company Shall deliver the goods.",
        "We Will win.",
        "You Will Love This Soap!",
        "Read War and Peace a chapter a day.",
        "Use Google maps to find it.",
        "Hall's closed shops.",
        "Ann's left hand.",
        "She met the Times reporter in The Hague.",
    ],
)
def test_a_modal_and_a_headline_hide_no_name(tree: Callable[[str], Sentence], text: str) -> None:
    assert list(hidden_names(tree(text))) == []
