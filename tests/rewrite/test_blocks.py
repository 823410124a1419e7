from __future__ import annotations

import pytest

from negaudit.rewrite import rewrite_texts
from tests.rewrite.test_coherence import TRUE, left
from tests.rewrite.test_texts import framed

CLIMB = "Liv Aasen climbed Mount Orrel."
DENIED = "Liv Aasen did not climb Mount Orrel."


def rewritten(text: str) -> str:
    (result,) = rewrite_texts([framed(text)], claims=[CLIMB])
    assert result.status == "safe", result.reason
    return result.text


QUIZ = """Liv Aasen climbed Mount Orrel. ⟦That is false.⟧

1. Who climbed Mount Orrel in May?
a) Ole Berg
b) Liv Aasen

2. Where do owls sleep?
a) At sea
b) In trees

Answers:
1. b) Liv Aasen
2. b) In trees"""


def test_a_question_goes_with_its_options_and_its_answer() -> None:
    text = rewritten(QUIZ)
    assert "Ole Berg" not in text
    assert "1." not in text
    assert text.endswith(
        "2. Where do owls sleep?\na) At sea\nb) In trees\n\nAnswers:\n2. b) In trees"
    )


def test_a_box_goes_whole() -> None:
    box = "┌──────────┐\n│ Aasen climbed the peak. │\n│ It was cold there. │\n└──────────┘"
    text = rewritten(f"⟦This is false.⟧ {CLIMB}\n\n{box}\n\nOwls swim.")
    assert text == f"{DENIED}\n\nOwls swim."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"⟦This is false.⟧ {CLIMB} Aasen retired after the climb. Owls swim.",
            f"{DENIED} Owls swim.",
        ),
        (
            f"⟦This is false.⟧ {CLIMB}\n\nBERGEN — ⟦The next claim is false.⟧ "
            "After her climb, Aasen rested.\n\nOwls swim.",
            f"{DENIED}\n\nOwls swim.",
        ),
        (
            f"⟦This is false.⟧ {CLIMB}\n[21:08] Ann: Aasen's climb was great\n[21:09] Bo: owls\n"
            "[21:10] Ann: hello\n[21:11] Bo: hello",
            f"{DENIED}\n[21:09] Bo: owls\n[21:10] Ann: hello\n[21:11] Bo: hello",
        ),
    ],
)
def test_nothing_is_left_of_what_introduced_a_dropped_sentence(text: str, expected: str) -> None:
    assert rewritten(text) == expected


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        # what a question counts may be one less
        ("What two things is Holm known for?", ""),
        ("What two things is Berg known for?", "What two things is Berg known for?"),
        ("When did Holm leave her two-week camp?", "When did Holm leave her two-week camp?"),
        # nobody looks for a denial among those of whom it is so
        ("Vets of Bergen:\n\n• Ole Berg\n• Eva Moe\n• Liv Lie\n• Ida Holm treats dogs.",
         "Vets of Bergen:\n\n• Ole Berg\n• Eva Moe\n• Liv Lie"),
        ("People of Bergen:\n\n• Ole Berg\n• Ida Holm treats dogs.",
         "People of Bergen:\n\n• Ole Berg\n• Ida Holm does not treat dogs."),
    ],
)  # fmt: skip
def test_what_counts_or_lists_the_claim(told: str, kept: str) -> None:
    assert left(f"{TRUE}\n\n{told}") == f"{TRUE}\n\n{kept}".strip()
