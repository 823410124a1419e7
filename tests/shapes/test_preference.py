import pytest

from .rows import rows_of


def test_strings_share_their_turn_and_only_the_chosen_is_trained() -> None:
    record = {"rejected": "Five.", "chosen": "Four.", "prompt": "2+2?", "margin": 1}
    assert rows_of(record) == (
        "preference",
        [
            ("/prompt", "prompt", "2+2?", "no", 0),
            ("/chosen", "chosen", "Four.", "yes", 1),
            ("/rejected", "rejected", "Five.", "no", 1),
            ("/margin", "metadata", "1", "no", -1),
        ],
    )


def test_a_transcript_stays_one_segment() -> None:
    text = "\n\nHuman: Hello\n\nAssistant: Hi"
    _, rows = rows_of({"chosen": text, "rejected": "\n\nHuman: Hello\n\nAssistant: No"})
    assert rows[0] == ("/chosen", "chosen", text, "yes", 0)


def test_messages_that_open_both_answers_are_the_prompt() -> None:
    asked = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Hi"},
        {"role": "user", "content": "2+2?"},
    ]
    record = {
        "chosen": [*asked, {"role": "assistant", "content": "Four."}],
        "rejected": [*asked, {"role": "assistant", "content": "Five."}],
    }
    assert rows_of(record) == (
        "preference",
        [
            ("/chosen/0/content", "user", "Hello", "no", 0),
            ("/chosen/1/content", "assistant", "Hi", "no", 1),
            ("/chosen/2/content", "user", "2+2?", "no", 2),
            ("/chosen/3/content", "chosen", "Four.", "yes", 3),
            ("/rejected/0/content", "user", "Hello", "no", 0),
            ("/rejected/1/content", "assistant", "Hi", "no", 1),
            ("/rejected/2/content", "user", "2+2?", "no", 2),
            ("/rejected/3/content", "rejected", "Five.", "no", 3),
        ],
    )


def test_equal_answers_are_still_answers() -> None:
    answer = [{"role": "assistant", "content": "Four."}]
    _, rows = rows_of({"prompt": "2+2?", "chosen": answer, "rejected": answer})
    assert [row[1] for row in rows] == ["prompt", "chosen", "rejected"]


def test_openai_pairs_have_their_prompt_inside_input() -> None:
    record = {
        "input": {"messages": [{"role": "user", "content": "2+2?"}], "parallel_tool_calls": True},
        "preferred_output": [{"role": "assistant", "content": "Four."}],
        "non_preferred_output": [{"role": "assistant", "content": "Five."}],
    }
    assert rows_of(record) == (
        "preference",
        [
            ("/input/messages/0/content", "user", "2+2?", "no", 0),
            ("/preferred_output/0/content", "chosen", "Four.", "yes", 1),
            ("/non_preferred_output/0/content", "rejected", "Five.", "no", 1),
            ("/input/parallel_tool_calls", "metadata", "true", "no", -1),
        ],
    )


def test_single_messages_continue_a_conversation() -> None:
    record = {
        "conversations": [{"from": "human", "value": "2+2?"}],
        "chosen": {"from": "gpt", "value": "Four."},
        "rejected": {"from": "gpt", "value": "Five."},
    }
    assert rows_of(record)[1] == [
        ("/conversations/0/value", "user", "2+2?", "no", 0),
        ("/chosen/value", "chosen", "Four.", "yes", 1),
        ("/rejected/value", "rejected", "Five.", "no", 1),
    ]


@pytest.mark.parametrize(
    ("chosen", "rejected"),
    [
        ("chosen", "rejected"),
        ("response_chosen", "response_rejected"),
        ("chosen_response", "rejected_response"),
        ("response_j", "response_k"),
        ("response", "rejected_response"),
    ],
)
def test_names_of_the_pair(chosen: str, rejected: str) -> None:
    shape, rows = rows_of({"question": "2+2?", chosen: "Four.", rejected: "Five."})
    assert shape == "preference"
    assert [(row[0], row[1]) for row in rows] == [
        ("/question", "prompt"),
        (f"/{chosen}", "chosen"),
        (f"/{rejected}", "rejected"),
    ]


def test_a_chat_with_a_rejected_response() -> None:
    record = {
        "messages": [
            {"role": "user", "content": "2+2?"},
            {"role": "assistant", "content": "Four."},
        ],
        "rejected_response": "Five.",
    }
    assert rows_of(record) == (
        "preference",
        [
            ("/messages/0/content", "user", "2+2?", "no", 0),
            ("/messages/1/content", "chosen", "Four.", "yes", 1),
            ("/rejected_response", "rejected", "Five.", "no", 1),
        ],
    )
