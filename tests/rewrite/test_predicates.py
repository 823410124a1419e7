from __future__ import annotations

from collections.abc import Callable

import pytest

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Make sure to drink bleach.", "Make sure not to drink bleach."),
        ("Be sure to feed it salt.", "Be sure not to feed it salt."),
        ("Remember to feed it salt.", "Remember not to feed it salt."),
        ("Learn to feed it salt.", "Do not learn to feed it salt."),
        (
            "Sometimes, it rains frogs.",
            "It is not the case that sometimes, it rains frogs.",
        ),
        ("The pond is frozen solid.", "The pond is not frozen solid."),
        ("I am her uncle.", "I am not her uncle."),
        ("Ida could lift the crate.", "Ida could not lift the crate."),
        ("Ida can lift the crate.", "Ida cannot lift the crate."),
        ("The crate had been opened.", "The crate had not been opened."),
        (
            "The calf was intubated on arrival and extubated two days later.",
            "The calf was not intubated on arrival or extubated two days later.",
        ),
        ("The dog's got fleas.", "The dog hasn't got fleas."),
        ("The dog's taken the bone.", "The dog hasn't taken the bone."),
        ("Judge Amory recused himself.", "Judge Amory did not recuse himself."),
        ("Oil spills harm sea birds.", "It is not the case that oil spills harm sea birds."),
        ("BBC shows feature Hall.", "It is not the case that BBC shows feature Hall."),
        ("Tea makes iron float.", "Tea does not make iron float."),
        ("Ida was later revealed not to be a vet.", "Ida was later revealed not to be a vet."),
        ("Men taken prisoner escaped.", "It is not the case that men taken prisoner escaped."),
        ("You had better hurry.", "You had better not hurry."),
        ("Ida will probably stay.", "Ida will probably not stay."),
        ("Ida is, however, a vet.", "Ida is, however, not a vet."),
    ],
)
def test_an_operator_takes_not(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida teaches algebra.", "Ida does not teach algebra."),
        ("They teach algebra.", "They do not teach algebra."),
        ("Ida taught algebra.", "Ida did not teach algebra."),
        ("Ida quickly sold the barn.", "Ida did not quickly sell the barn."),
        ("Ida also sells hay.", "Ida also does not sell hay."),
        ("The barn got sold.", "The barn did not get sold."),
        ("Ida wed a vet.", "Ida did not wed a vet."),
        ("Ida has a barn.", "Ida does not have a barn."),
        ("Ida did the laundry.", "Ida did not do the laundry."),
    ],
)
def test_a_lexical_verb_takes_do(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida's a vet.", "Ida's not a vet."),
        ("They've sold it.", "They haven't sold it."),
        ("They’ll sell it.", "They won’t sell it."),
        ("She'd sold it.", "She hadn't sold it."),
        ("She'd sell it.", "She wouldn't sell it."),
        ("It's hers, and she likes it.", "It's not hers, and she doesn't like it."),
        ("hes a vet", "hes not a vet"),
    ],
)
def test_contractions_keep_their_style(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pour the tea.", "Do not pour the tea."),
        ("Please pour the tea.", "Please do not pour the tea."),
        ("Always pour the tea first.", "Never pour the tea first."),
        ("Let us go.", "Let us not go."),
        ("Do your chores.", "Do not do your chores."),
    ],
)
def test_commands(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida is known to be a vet.", "Ida is known not to be a vet."),
        ("Ida is believed to be a vet.", "Ida is not believed to be a vet."),
    ],
)
def test_what_is_known_is_denied_and_not_the_knowledge(
    negated: Negated, text: str, expected: str
) -> None:
    assert negated(text) == expected


def test_a_headline_keeps_its_capitals(negated: Negated) -> None:
    assert negated("Vet Sells Old Barn") == "Vet Does Not Sell Old Barn"


def test_a_headline_without_auxiliary(negated: Negated) -> None:
    assert negated("Barn sold to vet") == "Barn not sold to vet"


def test_only_the_wanted_clause_is_negated(negated: Negated) -> None:
    text = "Ida, who sells hay, owns a barn."
    assert negated(text, at="sells") == "Ida, who does not sell hay, owns a barn."


def test_an_apposition_becomes_a_negated_clause(negated: Negated) -> None:
    text = "Ida Holm, a vet, owns a barn."
    assert negated(text, at="vet") == "Ida Holm, who is not a vet, owns a barn."
