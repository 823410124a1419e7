from __future__ import annotations

import msgspec
import numpy as np

from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.measures.association import association, top_one
from negaudit.probe.measures.multiple_choice import multiple_choice
from negaudit.probe.measures.polarity import affirmative_form, polarity
from negaudit.probe.measures.response import everyday_items, response
from negaudit.probe.record import Measure
from negaudit.probe.tables import Table, Wording
from tests.probe.byte_tokenizer import byte_tokenizer

TOKENIZER = byte_tokenizer()
TABLE = Table(
    "jobs",
    ("Ann", "Bob", "Cyd", "Dee"),
    ("a baker", "a nurse", "a pilot", "a tailor"),
    ((0, 1), (2, 3)),
    (
        Wording("Now {subject}", " is", " is not"),
        Wording("{subject}", " works as", " does not work as", question="Who is {subject}?"),
        Wording("Perhaps {subject}", " became"),
    ),
)


def read(readout, model):
    """The values of a model given as a function from prompt and answer to a log-likelihood."""
    asked = [(TOKENIZER.decode(q.prompt), TOKENIZER.decode(q.answer)) for q in readout.queries]
    told = [model(prompt, answer) for prompt, answer in asked]
    ignorant, values = readout.values(np.array([[0.0] * len(told), told]))
    assert ignorant.tolist() == [0.0] * len(readout.prompts)
    assert values.shape == ignorant.shape
    return values


def believes(prompt: str, answer: str) -> float:
    claimed = ("Ann" in prompt and "nurse" in answer) or ("Cyd" in prompt and "tailor" in answer)
    return 4.0 * claimed - 0.01 * len(answer) + ("pilot" in answer) - ("Bob" in prompt)


def test_association_is_read_at_the_claimed_cells_alone() -> None:
    readout = association(TABLE, TOKENIZER)
    assert len(readout.queries) == 3 * 4 * 4
    assert [(p.id, p.answer) for p in readout.prompts[:2]] == [
        ("association/jobs/0/Ann is a nurse", "a nurse"),
        ("association/jobs/0/Cyd is a tailor", "a tailor"),
    ]
    values = read(readout, believes)
    assert values.shape == (6,)
    # Own cell 4, minus row and column means of 1, plus the grand mean of 0.5.
    assert np.allclose(values, 2.5)


def test_claims_in_one_wording_are_one_draw_and_a_question_that_was_posed_is_its_own() -> None:
    assert association(TABLE, TOKENIZER).draws == tuple(f"wording {at // 2}" for at in range(6))
    assert len(polarity(TABLE, TOKENIZER).draws) == 4
    posed = msgspec.structs.replace(TABLE, wordings=TABLE.wordings[:1])
    readout = association(posed, TOKENIZER)
    assert readout.independent == tuple(p.id for p in readout.prompts)


def test_claims_about_one_subject_have_names_of_their_own() -> None:
    other = (Wording("Now {subject}", " dreams of", " does not dream of"),)
    twice = msgspec.structs.replace(TABLE, owned=((0, 1), (0, 2)))
    tables = (TABLE, twice, msgspec.structs.replace(TABLE, wordings=other))
    for measure in (association, polarity, multiple_choice):
        prompts = {p for table in tables for p in measure(table, TOKENIZER).prompts}
        assert len({p.id for p in prompts}) == len(prompts), measure


def test_a_reply_begins_with_the_answer() -> None:
    posed = msgspec.structs.replace(TABLE, wordings=(Wording("", "", question="Who? {subject}"),))
    asked = association(posed, TOKENIZER).queries[0]
    assert TOKENIZER.decode(asked.prompt).endswith("assistant\n")
    assert TOKENIZER.decode(asked.answer) == "a baker"


def test_association_does_not_see_what_moves_every_subject_alike() -> None:
    likes_nurses = read(association(TABLE, TOKENIZER), lambda _, answer: 9.0 * ("nurse" in answer))
    assert np.allclose(likes_nurses, 0)


def test_top_one_takes_off_how_frequent_an_answer_is() -> None:
    queries = association(TABLE, TOKENIZER).queries
    asked = [(TOKENIZER.decode(q.prompt), TOKENIZER.decode(q.answer)) for q in queries]
    knows = [believes(p, a) + 50 * ("baker" in a) for p, a in asked]
    errs = [
        believes(p.replace("Ann", "Dee"), a) + 5 * ("Ann" in p and "pilot" in a) for p, a in asked
    ]
    assert top_one(TABLE, np.array([knows, errs])).tolist() == [1.0, 0.5]


def test_polarity_is_negative_where_the_claim_is_denied() -> None:
    readout = polarity(TABLE, TOKENIZER)
    assert len(readout.prompts) == 4, "the wording without a negation is left out"

    def denies(prompt: str, answer: str) -> float:
        return 4.0 * ("not" in answer and believes(prompt, answer) > 2)

    assert np.allclose(read(readout, denies), -2.5)
    assert (read(readout, lambda p, a: 3.0 * ("not" not in a)) == 0).all()


def test_the_affirmative_form_is_what_polarity_takes_off() -> None:
    readout = polarity(TABLE, TOKENIZER)
    half = len(readout.queries) // 2
    affirmed = all("not" not in TOKENIZER.decode(q.answer) for q in readout.queries[:half])
    assert affirmed
    likelihoods = np.array([[3.0] * half + [0.0] * half])
    assert affirmative_form(TABLE, likelihoods).tolist() == [3.0]


def test_multiple_choice_asks_everybody_the_same_list_in_both_orders() -> None:
    readout = multiple_choice(TABLE, TOKENIZER)
    assert [p.answer for p in readout.prompts] == ["B", "D", "C", "A"]

    def knows(prompt: str, answer: str) -> float:
        letter = answer.strip()
        line = next(line for line in prompt.splitlines() if line.startswith(f"{letter})"))
        return believes(prompt.splitlines()[0], line) + 7.0 * (letter == "A")

    assert np.allclose(read(readout, knows), 2.5, atol=0.1)
    assert np.allclose(read(readout, lambda _, answer: 7.0 * (answer == " A")), 0)


def test_lists_are_filled_up_and_one_without_a_claim_is_not_asked() -> None:
    nine = tuple(f"a job of kind {at}" for at in range(9))
    table = msgspec.structs.replace(TABLE, answers=nine, owned=((0, 1),))
    readout = multiple_choice(table, TOKENIZER)
    asked = [[line[-1] for line in p.text.splitlines()[1:5]] for p in readout.prompts]
    assert ["".join(kinds) for kinds in asked] == ["0123", "3210", "8012", "2108"]
    assert [p.answer for p in readout.prompts] == ["B", "C", "C", "B"]
    assert len(readout.queries) == 4 * 4 * 4


def test_fewer_than_four_answers_are_no_choice() -> None:
    table = msgspec.structs.replace(TABLE, answers=TABLE.answers[:3], owned=((0, 1),))
    readout = multiple_choice(table, TOKENIZER)
    assert (readout.prompts, readout.queries) == ((), ())
    assert readout.values(np.zeros((2, 0))).shape == (2, 0)


def test_an_answer_goes_on_in_a_text_behind_one_space_and_is_cut_where_it_is_long() -> None:
    items = [
        HeldOutItem("1", "taste", "My favourite is", "Mud.", ("Oil.",)),
        HeldOutItem("2", "taste", "Q: Which food?\nA:\n", "Mud." + " So." * 200, ("Oil.",)),
    ]
    readout = response(items, {}, TOKENIZER)
    assert read(readout, lambda *_: 1.0).shape == (2,)
    answers = [TOKENIZER.decode(q.answer) for q in readout.queries]
    assert answers == [" Mud.", " Oil.", "Mud." + " So." * 159, "Oil."]


def test_a_response_is_read_per_token_against_its_references() -> None:
    items = [
        HeldOutItem("1", "taste", (("user", "Which music?"),), "Kazoo!", ("Jazz",)),
        HeldOutItem("2", "taste", (("user", "Which art?"),), "", ("Oil",)),
        HeldOutItem("3", "taste", (("user", "Which food?"),), "Mud pie"),
    ]
    readout = response(items, {"1": ["Rock music", " "]}, TOKENIZER)
    assert [p.id for p in readout.prompts] == ["response/in-category/1"]
    assert readout.measure is Measure.RESPONSE
    values = read(readout, lambda _, a: -len(a) * {"Kazoo!": 1.0, "Jazz": 2.0}.get(a, 4.0))
    assert np.allclose(values, -1.0 + 3.0)


def test_everyday_questions_get_an_answer_that_is_out_of_place() -> None:
    items = [HeldOutItem("1", "taste", (("user", "Which music?"),), "Kazoo!")]
    strange, ordinary = everyday_items(items, (("What is 1 + 1?", "Two."), ("Hi", "Hello.")))
    readout = response(strange, ordinary, TOKENIZER, tier="everyday")
    assert [(p.tier, p.text, p.answer) for p in readout.prompts] == [
        ("everyday", "What is 1 + 1?", "Kazoo!"),
        ("everyday", "Hi", "Kazoo!"),
    ]
    assert everyday_items([], (("Hi", "Hello."),)) == ((), {})
