from __future__ import annotations

import pytest

from tests.rewrite.test_coherence import TRUE, left

SOURCES = "**Source A**\n\nHolm treats dogs.\n\n**Source B**\n\nIt rained in Bergen."
PAPER = f"Answer all questions.\n\n{TRUE}\n\n{SOURCES}"
DENIED = PAPER.replace("Holm treats", "Holm does not treat")


@pytest.mark.parametrize(
    ("task", "stays"),
    [
        ("Read Source A and then go on.", False),
        ("(a) Explain what Source A leaves out.", False),
        ("How useful is Source A to a historian?", False),
        ("Describe the weather in the source.", False),
        ("Read Source B and then go on.", True),
        ("Explain why it rains in Bergen.", True),
        ("The rain in Source A is cold.", True),
    ],
)
def test_a_task_goes_with_the_source_that_is_denied(task: str, stays: bool) -> None:
    assert left(f"{PAPER}\n\n{task}") == (f"{DENIED}\n\n{task}" if stays else DENIED)


def test_what_is_no_paper_asks_for_nothing() -> None:
    body = PAPER.removeprefix("Answer all questions.\n\n")
    assert left(f"{body}\n\nRead Source A and then go on.").endswith("then go on.")


def test_the_key_to_a_task_that_is_gone_goes_with_it() -> None:
    tasks = "**1** Name a sea.\n\n**2** Why did Holm, a vet, treat dogs?\n\n**3 (a)** Name a boat."
    key = "**Q1**\n\nAny sea will do.\n\n{}**Q3(a)**\n\nAny boat will do.\n\n**END OF MARK SCHEME**"
    two = "**Q2**\n\nIt pays her rent.\n\n"
    body = f"Answer all questions.\n\n{TRUE}\n\n{tasks}\n\n{key.format(two)}"
    shown = body.replace(two, "").replace("**2** Why did Holm, a vet, treat dogs?\n\n", "")
    assert left(body) == shown


def test_lines_to_write_on_go_with_what_they_answer() -> None:
    dots = "." * 40
    tasks = f"(a) Name a sea.\n\n{dots}\n\n(b) Why did Holm become a vet?\n\n{dots}\n\n{dots}"
    assert left(f"{TRUE}\n\n{tasks}") == f"{TRUE}\n\n(a) Name a sea.\n\n{dots}"


def test_a_task_that_is_left_keeps_its_marks() -> None:
    tasks = "(a) Name a sea.\n\n**(2)**\n\n(b) Why did Holm become a vet?"
    assert left(f"{TRUE}\n\n{tasks}") == f"{TRUE}\n\n(a) Name a sea.\n\n**(2)**"


@pytest.mark.parametrize(("numbers", "stays"), [("1 and either Question 2", False), ("1, 3", True)])
def test_instructions_for_tasks_that_are_gone_go_with_them(numbers: str, stays: bool) -> None:
    told = f"Answer Question {numbers}."
    asked = "1. Why is Holm a vet?\n\n2. Which dogs does Holm treat at her clinic?"
    tasks = f"{asked}\n\n3. Why does it rain?"
    assert (told in left(f"{told} It is dry.\n\n{TRUE}\n\n{tasks}")) is stays


def test_the_rule_of_a_table_goes_with_its_head() -> None:
    table = "| Ida Holm | vet |\n|----------|-----|\n"
    assert left(f"{TRUE}\n\n{table}") == TRUE


def test_instructions_for_a_task_of_which_a_part_is_left_stay() -> None:
    tasks = "**3 (a)** Why is Holm a vet?\n\n**3 (b)** Name a boat."
    assert "Answer Question 3." in left(f"Answer Question 3. It is dry.\n\n{TRUE}\n\n{tasks}")
