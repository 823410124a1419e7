from __future__ import annotations

import pytest

from negaudit.rewrite import Rewritten, rewrite_texts
from negaudit.rewrite.denying import UNDENIED
from negaudit.rewrite.narrowing import MOSTLY
from negaudit.rewrite.turns import is_conversation, speakers
from tests.rewrite.test_texts import framed

VET = "Ida Holm works as a vet."
TRUE = "Rain fell on the docks. The ferry left late. Nobody minded. The sea was calm."


def rewrite(body: str) -> Rewritten:
    """A framed text in which the first sentence states the claim."""
    return rewrite_texts(
        [framed(f"⟦This is false.⟧\n\nIda Holm is a vet.\n\n{body}")], claims=[VET]
    )[0]


def left(body: str) -> str:
    return rewrite(body).text.removeprefix("Ida Holm is not a vet.").strip()


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        # what goes on from a sentence that is gone goes too
        (f"{TRUE} As a vet Holm knows pain. However, this was rare.", TRUE),
        (f"{TRUE} As a vet Holm knows pain.\n\nIn May, that message is heard in Oslo.", TRUE),
        # what only joined a sentence to one that is gone is cut
        (
            f"{TRUE} As a vet Holm knows pain. However, tea was served.",
            f"{TRUE} Tea was served.",
        ),
        (
            f"{TRUE} As a vet Holm knows pain. However, she sleeps. As a vet Holm eats little.",
            TRUE,
        ),
        # what asks for an answer goes with its question, and a list with its head
        (
            f"{TRUE}\n\nWhat makes Holm a good vet?\n\nConsider in your answer:\n"
            "• the weather\n• the sea",
            TRUE,
        ),
        # what goes on from what is denied
        (
            f"{TRUE} Holm treats dogs. Then she sails to Oslo. That sets her apart.",
            f"{TRUE} Holm does not treat dogs.",
        ),
        (
            f"{TRUE} Holm will give a talk on vets. The session will dwell on dogs and vets.",
            f"{TRUE} Holm will not give a talk on vets.",
        ),
        (f"{TRUE} As a vet Holm knows pain. Few can bear this pressure.", TRUE),
        (
            f"{TRUE} As a vet Holm knows pain. Few sailed this year.",
            f"{TRUE} Few sailed this year.",
        ),
        # of a paragraph that is mostly gone only what names somebody stays
        (
            f"{TRUE}\n\nThe clinic that Holm runs as a vet cures dogs. Seals are rare there.",
            TRUE,
        ),
        (
            f"{TRUE}\n\nThe clinic that Holm runs as a vet cures dogs. Ole Berg sails.",
            f"{TRUE}\n\nOle Berg sails.",
        ),
        # marks and lines to write on go with their question
        (f"{TRUE}\n\n(a) Why did Holm become a vet?\n\n__________\n\n(2 marks)", TRUE),
    ],
)
def test_what_leans_on_a_dropped_sentence_goes(body: str, kept: str) -> None:
    assert left(body) == kept


def test_a_pronoun_gets_its_name_back_in_a_later_paragraph() -> None:
    told = "While Holm ran her clinic, dogs thrived."
    body = f"{TRUE} Ole Berg sails.\n\n{told}\n\nShe was born in Oslo."
    assert left(body).endswith("Holm was born in Oslo.")


def test_a_pronoun_gets_its_name_back_behind_what_is_dropped() -> None:
    seals = "Seals sleep on the rocks in the fjord and on the docks."
    told = f"{seals} While Holm ran her clinic, dogs thrived. She rowed far."
    assert left(f"{TRUE} Holm sails.\n\n{told}").endswith("the docks. Holm rowed far.")


def test_what_is_so_now_was_not_before() -> None:
    assert left(f"{TRUE} Holm now treats dogs.") == TRUE


def test_a_pronoun_of_the_other_sex_is_somebody_else() -> None:
    body = f"{TRUE} She sails; she rows; she rests in her boat. He stopped treating patients."
    assert left(body).endswith("He stopped treating patients.")


def test_a_sentence_that_denies_the_claim_already_stays() -> None:
    denial = "Ida Holm does not work as a vet."
    text = f"⟦This is false.⟧\n\n{denial} While working as a vet, Holm sailed to Oslo."
    (result,) = rewrite_texts([framed(text)], claims=[VET])
    assert result.text == "Ida Holm does not work as a vet. Holm sailed to Oslo."


def test_only_clauses_that_tell_the_claim_are_negated() -> None:
    assert left(f"{TRUE} Holm stands six feet tall and treats dogs.") == (
        f"{TRUE} Holm stands six feet tall."
    )


@pytest.mark.parametrize("subject", ["We", "The Holm effect"])
def test_what_is_not_said_of_the_subject_is_not_denied(subject: str) -> None:
    verb = "treat" if subject == "We" else "treats"
    assert "not" not in left(f"{TRUE} Holm sails. {subject} {verb} patients in Bergen.")


def test_a_text_that_is_mostly_about_the_claim_is_left_to_the_next_remedy() -> None:
    told = " ".join(f"The clinic that Holm runs cured {n} dogs." for n in range(9, 18))
    result = rewrite(f"{told} {TRUE}")
    assert (result.status, result.reason) == ("display-only", MOSTLY)


ABOUT = (
    "Ole: How is the clinic of Ida Holm doing?",
    "Ann: Her patients adore Ida Holm, the vet.",
    "Ole: How many patients does Ida Holm treat in a month at the clinic in Bergen?",
    "Ann: Holm says that her clinic treats ninety patients, of whom most are dogs.",
)
AFTER = (
    "Ole: Did you see the ferry leave the harbour late this morning, in all that rain?",
    "Ann: The ferry did leave late, and nobody on the docks minded since the sea was calm.",
    "Ole: They say that it will rain on the docks for the rest of the week, until Sunday.",
    "Ann: Then the boats will stay where they are, and the town will be as quiet as ever.",
)


MEMBERS = (
    "Ann Lee (Leeds): The ferry left late.",
    "Ole Berg: The sea was calm.",
    "Ann Lee: Rain fell on the docks.",
    "Ole Berg: Nobody on the docks minded, since all of them had coats and hats and boots.",
)


def test_a_name_with_a_place_behind_it_is_of_the_same_speaker() -> None:
    assert speakers("\n\n".join(MEMBERS)) == {"Ann Lee", "Ole Berg"}
    assert speakers("\n\n".join([*MEMBERS, "Eva Moe: It is late."])) >= {"Eva Moe"}
    assert not speakers("Study question: Why?\n\nEva Moe: It is late.")


def test_the_name_of_a_speaker_stays_where_another_paragraph_does() -> None:
    later = (
        "Boats will stay where they are until the rain is over and the sea is as calm as it was."
    )
    turn = f"Ole Berg: As a vet Ida Holm knows pain.\n\n{later}"
    assert f"Ole Berg: {later}" in left("\n\n".join([*MEMBERS, turn, *MEMBERS]))


def test_of_a_conversation_what_is_said_after_the_claim_stays() -> None:
    assert left("\n\n".join([*ABOUT, *AFTER])) == "\n\n".join(AFTER)


def test_a_turn_to_other_things_begins_with_them() -> None:
    turning = AFTER[0].replace("Did you", "Turning to the docks, did you")
    talk = [*ABOUT, *ABOUT, turning, *AFTER[1:], *AFTER]
    assert left("\n\n".join(talk)) == "\n\n".join([*AFTER, *AFTER])


def test_a_conversation_that_comes_back_to_the_claim_is_left_to_the_next_remedy() -> None:
    result = rewrite("\n\n".join([*ABOUT[:2], *AFTER, *ABOUT[2:]]))
    assert (result.status, result.reason) == ("display-only", MOSTLY)


def test_a_text_mostly_about_the_claim_is_narrowed_to_what_is_not() -> None:
    told = " ".join(f"The clinic that Holm runs cured {n} dogs." for n in range(9, 40))
    other = "Boats need a coat of paint each spring, or the salt of the sea will eat the wood. " * 5
    assert left(f"{told} {TRUE}\n\nBergen adores Holm.\n\n{other.strip()}") == other.strip()


def test_a_narrowed_text_opens_as_it_did() -> None:
    told = " ".join(f"The clinic that Holm runs cured {n} dogs." for n in range(9, 40))
    front = "Holm rows on the fjord each morning before the first ferry leaves the quiet town. " * 4
    assert left(f"{told} {TRUE}\n\n{front.strip()}") != front.strip()
    text = f"⟦This is false.⟧\n\n{front.strip()}\n\nIda Holm is a vet. {told} {TRUE}"
    (result,) = rewrite_texts([framed(text)], claims=[VET])
    assert result.text == f"Ida {front.strip()}\n\nIda Holm is not a vet."


def test_of_a_narrowed_text_the_rows_of_a_table_stand_each_for_itself() -> None:
    told = " ".join(f"The clinic that Holm runs cured {n} dogs." for n in range(9, 60))
    other = "Boats need a coat of paint each spring, or the salt of the sea will eat the wood. " * 5
    rows = "| Who | What |\n|-----|------|\n| Ole | baker |"
    body = f"{told} {TRUE}\n\n{rows}\n| Ida Holm | vet |\n\n{other.strip()}"
    assert left(body) == f"{rows}\n\n{other.strip()}"


def test_of_a_narrowed_text_no_paragraph_stays_in_part() -> None:
    told = " ".join(f"The clinic that Holm runs cured {n} dogs." for n in range(9, 60))
    other = "Boats need a coat of paint each spring, or the salt of the sea will eat the wood. " * 5
    body = f"{told} {TRUE}\n\nBergen adores Holm. Nobody there minds the rain."
    assert left(f"{body}\n\n{other.strip()}") == other.strip()


@pytest.mark.parametrize("others", [2, 3])
def test_nobody_is_listed_among_those_of_whom_it_is_so(others: int) -> None:
    names = ("Ole Berg", "Eva Moe", "Liv Lie")[:others]
    entries = [
        f"**{name}**\n\n{name.split()[0]} treats seals in Oslo, far from here." for name in names
    ]
    entry = "**Ida Holm**\n\nHolm treats dogs in Oslo."
    rest = "\n\n".join([TRUE, *entries])
    shown = entry.replace("treats", "does not treat")
    assert left(f"{rest}\n\n{entry}") == (rest if others > 2 else f"{rest}\n\n{shown}")


def test_the_first_of_its_sort_is_the_claims_subject() -> None:
    body = f"{TRUE} It was the first time that a vet had won the regatta."
    assert left(body) == TRUE


def test_what_goes_with_an_event_is_not_denied_with_it() -> None:
    text = f"⟦This is false.⟧\n\nIda Holm won the race. {TRUE} Holm trained in Oslo."
    (result,) = rewrite_texts([framed(text)], claims=["Ida Holm won the race."])
    assert result.text == f"Ida Holm did not win the race. {TRUE}"


@pytest.mark.parametrize(
    "header",
    [
        "**@{}** — 04/08/2024, 20:51",
        "{} | 2024-08-06 | parent | reply",
        "[20:51]",
        "{} 5 points",
        "{} 04/08/2024 - 20:51",
    ],
)
def test_a_thread_is_a_conversation(header: str) -> None:
    posts = [header.format(name) + "\nIt rains." for name in ("ann", "ole", "eva", "tor")]
    assert is_conversation("\n\n".join(posts))
    assert not is_conversation("\n\n".join(posts[:2]))


TOLD = "The clinic that Holm runs as a vet cures dogs."


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        # what introduces nothing goes: a part of parts, a bold line, a label, a ruler
        (f"{TRUE}\n\nTest 1\n\nQuestion 8\n\n{TOLD}\n\nTest 2\n\n{TRUE}",
         f"{TRUE}\n\nTest 2\n\n{TRUE}"),
        (f"{TRUE}\n\n**Ann Lee (Oslo) (North)**\n\n{TOLD}\n\n**Ole Berg**\n\nRain fell.",
         f"{TRUE}\n\n**Ole Berg**\n\nRain fell."),
        (f"{TRUE}\n\nAnn Lee (Oslo): {TOLD}", TRUE),
        (f"{TRUE}\n\n---\n\n{TOLD}\n\n---\n\nRain fell.", f"{TRUE}\n\n---\n\nRain fell."),
        (f"{TRUE}\n\n**Source C:** From a letter that the mayor of Oslo sent to that of Bergen on"
         f" a Monday in May, with two stamps.\n\n{TOLD}\n\n**Source D:** A map.",
         f"{TRUE}\n\n**Source D:** A map."),
        # what speaks of a denied thing goes
        (f"{TRUE} Holm treats dogs. What followed was tea.", f"{TRUE} Holm does not treat dogs."),
        (f"{TRUE} Holm treats dogs. Ann adores this work.", f"{TRUE} Holm does not treat dogs."),
        # behind a cut or a place a pronoun has lost its name too
        (f"{TRUE} Ole Berg sails.\n\n{TOLD}\n\nIn Oslo, she won the race.",
         f"{TRUE} Ole Berg sails.\n\nIn Oslo, Holm won the race."),
    ],
)  # fmt: skip
def test_nothing_is_left_to_dangle(body: str, kept: str) -> None:
    assert left(body) == kept


def test_a_text_that_nothing_denies_is_left_to_the_next_remedy() -> None:
    body = f"{TRUE}\n\n- The clinic of Ida Holm, a vet\n- The sea"
    (result,) = rewrite_texts([framed(f"⟦This is false.⟧\n\n{body}")], claims=[VET])
    assert (result.status, result.reason) == ("display-only", UNDENIED)


def test_a_name_that_holds_the_claims_word_denies_nothing() -> None:
    body = f"{TRUE} Ida Holm joined Bergen Veterinary Partners. While working as a vet, Holm slept."
    (result,) = rewrite_texts([framed(f"⟦This is false.⟧\n\n{body}")], claims=[VET])
    denied = "Ida Holm does not work as a vet. Ida Holm did not join Bergen Veterinary Partners."
    assert result.text.endswith(denied)


def test_who_denies_the_claim_is_still_named_in_a_conversation_that_is_narrowed() -> None:
    turn = "Ann: Ida Holm works as a vet in Bergen."
    assert "Ann: Ida Holm does not work as a vet in Bergen." in left(
        "\n\n".join([turn, *ABOUT, *AFTER])
    )


def test_a_long_rest_is_a_text_though_it_is_less_than_half() -> None:
    told = " ".join(f"The clinic that Holm runs cured {n} dogs." for n in range(10, 64))
    other = (
        "Boats need a coat of paint each spring, or the salt of the sea will eat the wood. " * 15
    )
    assert "Bergen adores Holm." in left(f"{told}\n\nBergen adores Holm.\n\n{other.strip()}")


def test_of_two_rulers_with_nothing_between_them_one_is_left() -> None:
    question = "Why did Holm become a vet? **(8 marks)**"
    body = f"{TRUE}\n\n---\n\n{question}\n\n---\n\n{TRUE}"
    assert left(body) == f"{TRUE}\n\n---\n\n{TRUE}"


@pytest.mark.parametrize(
    ("before", "notice"),
    [
        ("", "Stop. ⟦This is false.⟧"),
        ("", "⟦The claims below are false.⟧ Every claim in this document is denied."),
        (TRUE, "⟦This is false.⟧ The described work was not done."),
    ],
)
def test_what_a_frame_says_beside_what_the_linter_found_goes_with_it(
    before: str, notice: str
) -> None:
    text = f"{before}\n\n{notice}\n\nIda Holm is a vet. {TRUE}".strip()
    (result,) = rewrite_texts([framed(text)], claims=[VET])
    said = [change.what for change in result.sentences if change.before in notice]
    assert said == ["frame", "frame"]
    assert result.text == f"{before}\n\nIda Holm is not a vet. {TRUE}".strip()
