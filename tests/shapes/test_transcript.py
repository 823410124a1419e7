import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.records import Role, Segment, Trained
from negaudit.shapes import turns_of


def heard(text: str) -> list[tuple[str, str]]:
    segment = Segment("/text", Role.TEXT, text, Trained.YES)
    return [(role.value, text[start:end]) for role, start, end in turns_of(segment)]


TWO = [("user", "Where is Oslo?"), ("assistant", "In Norway.")]


@pytest.mark.parametrize(
    "text",
    [
        "\n\nHuman: Where is Oslo?\n\nAssistant: In Norway.",
        "User: Where is Oslo?\nBot: In Norway.\n",
        "**User:** Where is Oslo?\n**Assistant:** In Norway.",
        "**User**: Where is Oslo?\n**Assistant**: In Norway.",
        "### Instruction:\nWhere is Oslo?\n\n### Response:\nIn Norway.",
        "### Human: Where is Oslo?\n### Assistant: In Norway.",
        "## User\nWhere is Oslo?\n## Assistant\nIn Norway.",
        "<|im_start|>user\nWhere is Oslo?<|im_end|>\n<|im_start|>assistant\nIn Norway.<|im_end|>\n",
        "<s>[INST] Where is Oslo? [/INST] In Norway. </s>",
        "<|user|>\nWhere is Oslo?</s>\n<|assistant|>\nIn Norway.</s>",
        "<start_of_turn>user\nWhere is Oslo?<end_of_turn>\n<start_of_turn>model\nIn Norway.",
        "<|start_header_id|>user<|end_header_id|>\n\nWhere is Oslo?<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\nIn Norway.<|eot_id|>",
        "USER: Where is Oslo? ASSISTANT: In Norway.</s>",
    ],
)
def test_notations(text: str) -> None:
    assert heard(text) == TWO


def test_system_text_of_chatml() -> None:
    text = "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
    text += "<|im_start|>assistant\nHello."
    assert heard(text) == [("system", "Be brief."), ("user", "Hi"), ("assistant", "Hello.")]


def test_system_text_of_llama_2() -> None:
    text = (
        "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi [/INST] Hello. </s><s>[INST] Bye [/INST] Bye."
    )
    assert heard(text) == [
        ("system", "Be brief."),
        ("user", "Hi"),
        ("assistant", "Hello."),
        ("user", "Bye"),
        ("assistant", "Bye."),
    ]


def test_text_before_the_first_turn_is_nobodys() -> None:
    text = "The reply below is wrong.\n\nHuman: Where is Oslo?\n\nAssistant: In Norway."
    assert heard(text) == [("text", "The reply below is wrong."), *TWO]


def test_turns_without_text_are_left_out() -> None:
    assert heard("Human: Hi\nAssistant: \nHuman: Hello?") == [("user", "Hi"), ("user", "Hello?")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Oslo is in Norway.",
        "Human: nature is complicated.",
        "Note: the assistant: a person who helps. The user: a person who asks.",
        "# User guide\n## Input\nTwo numbers.\n## Output\nTheir sum.",
        "Model: T-8\nUser: ann\nSystem: left",
    ],
)
def test_other_text_has_no_turns(text: str) -> None:
    assert heard(text) == []


PIECES = (
    *("Human:", "Assistant: ", "### Input:", "### Response:\n", "[INST]", "[/INST]"),
    *("<|im_start|>user\n", "<|im_start|>assistant\n", "<|im_end|>", "</s>", "\n", " ", "a"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_turns_are_in_order_and_begin_and_end_in_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    last = 0
    for _, start, end in turns_of(Segment("", Role.TEXT, text, Trained.YES)):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@pytest.mark.parametrize(
    "piece", ["#", "\n", " ", "*", "[", "<|im_start|>", "Human", "USER ", "\t#", "</s>"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begin = time.perf_counter()
    assert heard(text) == []
    heard(f"<|user|>a{text}<|assistant|>b")
    assert time.perf_counter() - begin < 2
