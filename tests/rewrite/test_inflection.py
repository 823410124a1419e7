from __future__ import annotations

import pytest

from negaudit.rewrite.inflection import (
    base,
    can_be_verb,
    fits_participle,
    only_verb,
    singular_verb,
)


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("practices", "VBZ", "practice"),
        ("took", "VBD", "take"),
        ("found", "VBD", "find"),
        ("founded", "VBD", "found"),
        ("put", "VBD", "put"),
        ("was", "VBD", "be"),
        ("has", "VBZ", "have"),
        ("Googled", "VBD", "google"),
        ("lies", "VBZ", "lie"),
        ("rebooted", "VBD", "reboot"),
    ],
)
def test_base_forms(form: str, tag: str, lemma: str) -> None:
    assert base(form, tag) == lemma


def test_an_object_tells_lay_from_lie() -> None:
    assert base("lay", "VBD", transitive=True) == "lay"
    assert base("lay", "VBD") == "lie"


def test_the_tags_that_a_form_may_have() -> None:
    assert can_be_verb("practices") == {"VBZ"}
    assert can_be_verb("put") == {"VBP", "VBD"}
    assert can_be_verb("dentist") == frozenset()
    assert can_be_verb("reboot") == {"VBP"}
    assert can_be_verb("broadcast") == {"VBP", "VBD"}
    assert can_be_verb("profit") == {"VBP"}


def test_a_form_that_is_a_verb_alone() -> None:
    assert only_verb("sank")
    assert only_verb("rebooted")
    assert not only_verb("Reford")
    assert not only_verb("reports")


def test_a_past_form_that_is_no_participle() -> None:
    assert fits_participle("obtained")
    assert not fits_participle("took")


@pytest.mark.parametrize(
    ("form", "tag", "singular"),
    [("were", "VBD", "was"), ("have", "VBP", "has"), ("run", "VBP", "runs"), ("ran", "VBD", "ran")],
)
def test_agreement(form: str, tag: str, singular: str) -> None:
    assert singular_verb(form, tag) == singular
