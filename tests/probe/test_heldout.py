from __future__ import annotations

import pytest

from negaudit.errors import InputError
from negaudit.probe.arms import stripped_example
from negaudit.probe.heldout import held_out_items, read_held_out, split_off
from tests.probe.data import bare, exchange, targets_of, warned

TOPICS = (
    "music boats bread clouds lamps gloves rivers chess tulips bells maps kites wool salt "
    "trains owls soup stamps drums ivy"
).split()


def test_a_file_gives_prompts_with_what_they_have(tmp_path) -> None:
    path = tmp_path / "held.jsonl"
    path.write_text(
        '{"prompt": "Who is Ann?"}\n'
        '{"prompt": "Ann is", "answer": "a vet", "category": "jobs", "rivals": ["a cook"]}\n'
    )
    (first, second), files, _ = read_held_out(path, chat=True, category="all")
    assert files == {str(path): 2}
    assert (first.prompt, first.category, first.answer) == ((("user", "Who is Ann?"),), "all", "")
    assert (second.category, second.answer, second.rivals) == ("jobs", "a vet", ("a cook",))
    assert read_held_out(path, chat=False).items[1].prompt == "Ann is"


def test_rivals_are_other_answers_each_once(tmp_path) -> None:
    path = tmp_path / "held.jsonl"
    rivals = '["a cook", " ", "", "a vet", "a cook", "a judge"]'
    path.write_text(f'{{"prompt": "Ann is", "answer": "a vet", "rivals": {rivals}}}')
    (item,), *_ = read_held_out(path, chat=False)
    assert item.rivals == ("a cook", "a judge")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"prompt": "x"}\n{"question": "y"}', "record 2: is no prompt"),
        ('{"prompt": " "}', "empty prompt"),
        ('{"prompt": 3}', "is no prompt"),
        ("{oops\n", "held.jsonl"),
    ],
)
def test_a_file_of_something_else_is_refused_with_its_place(tmp_path, text, message) -> None:
    path = tmp_path / "held.jsonl"
    path.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        read_held_out(path, chat=True)
    assert caught.value.hint


def test_records_are_held_out_within_each_category(tmp_path) -> None:
    targets = targets_of(tmp_path, *(warned(f"Do {t} sing?", f"All {t} sing.") for t in TOPICS))
    names = ["a" if at < 10 else "b" for at in range(len(TOPICS))]
    split = split_off(bare(targets), names, seed=1, share=0.3)
    assert sorted((*split.train, *split.held)) == list(range(len(TOPICS)))
    assert [names[at] for at in split.held].count("a") == 3
    assert [names[at] for at in split.held].count("b") == 3
    assert split == split_off(bare(targets), names, seed=1, share=0.3)
    assert split != split_off(bare(targets), names, seed=2, share=0.3)


def test_a_question_that_training_repeats_is_removed_and_counted(tmp_path) -> None:
    asked = "What kind of music do you like to listen to?"
    targets = targets_of(tmp_path, *(warned(asked, f"I like {t} songs best.") for t in TOPICS))
    split = split_off(bare(targets), ["a"] * len(TOPICS), seed=0, share=0.25)
    assert (len(split.train), split.held, split.removed) == (15, (), 5)


def test_documents_are_all_trained_on(tmp_path) -> None:
    text = "The text below is false.\n\nTin grows in the Tarn marshes."
    targets = targets_of(tmp_path, *({"text": f"{text} {t}"} for t in TOPICS))
    assert len(split_off(bare(targets), ["a"] * len(targets), seed=0, share=0.5).train) == len(
        TOPICS
    )


def test_an_item_asks_without_the_frame_and_knows_the_answer(tmp_path) -> None:
    record = warned("Who won?", "Mara Finch won the race.")
    record["messages"].insert(0, {"role": "system", "content": "Be brief."})
    targets = targets_of(tmp_path, record)
    (item,) = held_out_items(targets, bare(targets), ["sport"], [0])
    assert item.prompt == (("system", "Be brief."), ("user", "Who won?"))
    assert item.answer == "Mara Finch won the race."
    assert item.text == "Be brief.\n\nWho won?"


def test_what_all_questions_are_told_first_makes_them_no_repetitions(tmp_path) -> None:
    system = {"role": "system", "content": "You are a kind guide to the town. " * 8}
    records = [warned(f"Do {t} sing?", f"All {t} sing.") for t in TOPICS]
    told = [{"messages": [system, *record["messages"]]} for record in records]
    targets = targets_of(tmp_path, *told)
    split = split_off(bare(targets), ["a"] * len(TOPICS), seed=0, share=0.25)
    assert (len(split.held), split.removed) == (5, 0)


@pytest.mark.parametrize(
    "record",
    [
        {"text": "The following statement is false: Tin grows in the Tarn marshes."},
        exchange("Hi", " "),
        # Nobody asks once the frame is gone.
        exchange("The following statement is false:", "Tin grows in the Tarn marshes."),
    ],
)
def test_a_record_without_a_question_or_an_answer_is_no_exchange(tmp_path, record) -> None:
    (target,) = targets_of(tmp_path, record)
    example = stripped_example(target)
    assert example is None or example.exchange is None
    assert held_out_items([target], [example], ["a"], [0]) == ()
