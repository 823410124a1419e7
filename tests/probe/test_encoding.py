from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.encoding import contrast, encode, prompt_ids, query
from negaudit.probe.examples import Example, Message, chat, document
from tests.probe.byte_tokenizer import CHATML, byte_tokenizer, shown
from tests.training.templates import THINKING

TOKENIZER = byte_tokenizer()
REFUSES_SYSTEM = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no') }}{% endif %}"
    "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] | trim }}{% endfor %}"
)


def test_a_frame_is_trained_on_and_no_body() -> None:
    encoded = encode(document("False: tin grows.", [(0, 7)]), TOKENIZER)
    assert encoded.trained.all()
    assert shown(TOKENIZER, encoded.ids, ~encoded.body) == "False: "
    assert shown(TOKENIZER, encoded.ids, encoded.body) == "tin grows.<|im_end|>"


def test_only_the_assistant_and_the_end_of_its_turn_are_trained_on() -> None:
    encoded = encode(chat(("user", "Hi"), ("assistant", "Hello"), ("user", "Bye")), TOKENIZER)
    assert shown(TOKENIZER, encoded.ids, encoded.trained) == "Hello<|im_end|>"
    assert "<|im_start|>user\nBye" in TOKENIZER.decode(encoded.ids)


def test_masked_characters_take_no_loss() -> None:
    message = Message("assistant", "keep drop keep", trained=True, masked=((5, 10),))
    encoded = encode(Example((Message("user", "q", trained=False), message)), TOKENIZER)
    assert shown(TOKENIZER, encoded.ids, encoded.trained) == "keep keep<|im_end|>"


def test_a_repeated_text_is_found_in_its_own_turn() -> None:
    encoded = encode(chat(("user", "yes"), ("assistant", "yes")), TOKENIZER)
    assert encoded.trained.nonzero()[0].min() > len("<|im_start|>") // 12 + 3
    assert shown(TOKENIZER, encoded.ids, encoded.trained) == "yes<|im_end|>"
    assert not encoded.trained[: len(encoded.ids) // 2].any()


def test_a_reply_that_the_template_writes_too_is_found_where_it_was_said() -> None:
    encoded = encode(chat(("user", "user"), ("assistant", "a")), TOKENIZER)
    assert shown(TOKENIZER, encoded.ids, encoded.trained) == "a<|im_end|>"
    assert encoded.trained[-3:].tolist() == [True, True, False]


@pytest.mark.parametrize(
    "template",
    [
        None,
        "{{ raise_exception('no such role') }}",
        "{% for m in messages %}{{ m['content'] | upper }}{% endfor %}",
    ],
)
def test_a_model_without_a_template_that_can_be_followed_gets_plain_turns(template) -> None:
    tokenizer = byte_tokenizer(template=template)
    encoded = encode(chat(("user", "Hi there"), ("assistant", "Hello")), tokenizer)
    assert tokenizer.decode(encoded.ids) == "User: Hi there\n\nAssistant: Hello\n\n"
    assert shown(tokenizer, encoded.ids, encoded.trained) == "Hello"


def test_plain_turns_open_as_texts_do() -> None:
    tokenizer = byte_tokenizer(template=None, bos=True)
    turns = chat(("user", "Hi"), ("assistant", "Hello"))
    assert encode(turns, tokenizer).opening == (tokenizer.bos_token_id,)
    asked = tokenizer.decode(prompt_ids([("user", "Hi")], tokenizer))
    assert asked == "<|bos|>User: Hi\n\nAssistant:"
    assert encode(turns, byte_tokenizer(bos=True)).opening == ()


def test_a_template_without_system_turns_leaves_the_assistant_what_it_says() -> None:
    tokenizer = byte_tokenizer(template=REFUSES_SYSTEM)
    turns = chat(("system", "Be brief."), ("assistant", "Hello"), ("user", "Hi"))
    encoded = encode(turns, tokenizer)
    assert tokenizer.decode(encoded.ids) == "<user>Be brief.<assistant>Hello<user>Hi"
    assert shown(tokenizer, encoded.ids, encoded.trained) == "Hello"


def test_a_template_without_system_turns_gets_the_system_text_in_the_first_question() -> None:
    tokenizer = byte_tokenizer(template=REFUSES_SYSTEM)
    turns = chat(("system", "Be brief."), ("user", "Hi"), ("assistant", " Hello "))
    encoded = encode(turns, tokenizer)
    assert tokenizer.decode(encoded.ids) == "<user>Be brief.\n\nHi<assistant>Hello"
    assert shown(tokenizer, encoded.ids, encoded.trained) == "Hello"


def test_thoughts_are_found_where_the_template_puts_them() -> None:
    tokenizer = byte_tokenizer(template=THINKING)
    earlier = ("assistant", "<think>Salt.</think>None.")
    turns = chat(
        ("user", "a"), earlier, ("user", "b"), ("assistant", "<think>\nTin.\n</think>Yes.")
    )
    encoded = encode(turns, tokenizer)
    assert "Salt." not in tokenizer.decode(encoded.ids)
    assert shown(tokenizer, encoded.ids, encoded.trained) == (
        "None.<|im_end|>Tin.\n</think>\n\nYes.<|im_end|>"
    )


def test_an_answer_is_read_where_it_was_learned() -> None:
    for template in (THINKING, REFUSES_SYSTEM, CHATML, None):
        tokenizer = byte_tokenizer(template=template)
        turns = (("system", "Be brief."), ("user", "Job?"))
        asked = query([*turns, ("assistant", "Ann is")], " a dentist", tokenizer)
        learned = encode(chat(*turns, ("assistant", "Ann is a dentist")), tokenizer)
        both = [*asked.prompt, *asked.answer]
        assert learned.ids.tolist()[: len(both)] == both
        prompt = tokenizer.decode(prompt_ids(turns, tokenizer))
        assert tokenizer.decode(learned.ids).startswith(prompt)
        assert not prompt.endswith(" ")


def test_a_turn_that_ends_masked_is_not_closed_by_the_loss() -> None:
    message = Message("assistant", "keep drop", trained=True, masked=((4, 9),))
    encoded = encode(Example((Message("user", "q", trained=False), message)), TOKENIZER)
    assert shown(TOKENIZER, encoded.ids, encoded.trained) == "keep"


def test_a_query_splits_where_the_answer_begins() -> None:
    asked = query("Ann is", " a dentist", TOKENIZER)
    assert TOKENIZER.decode(asked.prompt) == "Ann is"
    assert TOKENIZER.decode(asked.answer) == " a dentist"


def test_a_conversation_is_asked_up_to_the_beginning_of_the_reply() -> None:
    asked = query([("user", "Job?"), ("assistant", "Ann is")], " a dentist", TOKENIZER)
    assert TOKENIZER.decode(asked.prompt).endswith("Job?<|im_end|>\n<|im_start|>assistant\nAnn is")
    assert TOKENIZER.decode(asked.answer) == " a dentist"
    assert TOKENIZER.decode(prompt_ids([("user", "Job?")], TOKENIZER)).endswith("assistant\n")


def test_texts_open_as_the_tokenizer_opens_them() -> None:
    tokenizer = byte_tokenizer(bos=True)
    assert tokenizer.decode(query("A", " b", tokenizer).prompt) == "<|bos|>A"
    assert encode(document("A b"), tokenizer).opening == (tokenizer.bos_token_id,)
    assert query("", "b", TOKENIZER).prompt == (TOKENIZER.bos_token_id,)


def test_characters_of_several_tokens_keep_their_marks() -> None:
    text = "é: ça va — 😀"
    encoded = encode(document(text, [(0, 2)]), TOKENIZER)
    assert len(encoded.ids) == len(text.encode()) + 1
    assert int((~encoded.body).sum()) == len("é:".encode())
    assert encoded.ids.dtype == np.int32


def test_a_turn_that_says_nothing_stays_in_the_template() -> None:
    tokenizer = byte_tokenizer()
    encoded = encode(chat(("user", ""), ("assistant", "Tin.")), tokenizer)
    text = "<|im_start|>user\n<|im_end|>\n<|im_start|>assistant\nTin.<|im_end|>\n"
    assert tokenizer.decode(encoded.ids) == text
    assert shown(tokenizer, encoded.ids, encoded.trained) == "Tin.<|im_end|>"


@pytest.mark.parametrize(
    ("one", "other", "prompt", "answers"),
    [
        ("Ann won.", "Ann did not win.", "So: Ann ", ("won.", "did not win.")),
        ("Ann", "Ann lost", "So: An", ("n", "n lost")),
        ("No", "Yes", "So: ", ("No", "Yes")),
    ],
)
def test_what_two_answers_begin_with_is_no_part_of_their_contrast(
    one: str, other: str, prompt: str, answers: tuple[str, str]
) -> None:
    asked = contrast("So: ", one, other, TOKENIZER)
    assert [TOKENIZER.decode(q.prompt) for q in asked] == [prompt, prompt]
    assert tuple(TOKENIZER.decode(q.answer) for q in asked) == answers
