import pytest

from .rows import rows_of


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("prompt", "completion"),
        ("prompt", "response"),
        ("question", "answer"),
        ("query", "response"),
        ("input", "output"),
        ("instruction", "response"),
        ("problem", "solution"),
        ("user", "assistant"),
        ("Question", "Answer"),
    ],
)
def test_names_of_the_two_sides(asked: str, answered: str) -> None:
    assert rows_of({answered: "Four.", asked: "2+2?", "id": 7}) == (
        "prompt_completion",
        [
            (f"/{asked}", "prompt", "2+2?", "no", 0),
            (f"/{answered}", "completion", "Four.", "yes", 1),
            ("/id", "metadata", "7", "no", -1),
        ],
    )


def test_sides_as_messages() -> None:
    record = {
        "prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}],
        "completion": [{"role": "assistant", "content": "a"}],
    }
    assert rows_of(record) == (
        "prompt_completion",
        [
            ("/prompt/0/content", "system", "s", "no", 0),
            ("/prompt/1/content", "user", "q", "no", 1),
            ("/completion/0/content", "assistant", "a", "yes", 2),
        ],
    )


def test_assistant_messages_of_a_prompt_are_not_trained() -> None:
    record = {"prompt": [{"role": "assistant", "content": "Hi", "weight": 1}], "completion": "a"}
    assert rows_of(record)[1][0] == ("/prompt/0/content", "assistant", "Hi", "no", 0)


def test_context_belongs_to_the_prompt() -> None:
    record = {"instruction": "Sum up.", "context": "Long.", "response": "Short.", "category": "x"}
    assert rows_of(record)[1] == [
        ("/instruction", "prompt", "Sum up.", "no", 0),
        ("/context", "prompt", "Long.", "no", 0),
        ("/response", "completion", "Short.", "yes", 1),
        ("/category", "metadata", "x", "no", -1),
    ]


def test_reasoning_stands_before_the_answer() -> None:
    record = {"Question": "q", "Response": "r", "Complex_CoT": "c"}
    assert rows_of(record)[1] == [
        ("/Question", "prompt", "q", "no", 0),
        ("/Complex_CoT", "completion", "c", "yes", 1),
        ("/Response", "completion", "r", "yes", 1),
    ]


def test_a_history_of_messages_is_continued_by_the_response() -> None:
    record = {"response": "Fine.", "history": [{"role": "user", "content": "How are you?"}]}
    assert rows_of(record) == (
        "prompt_completion",
        [
            ("/history/0/content", "user", "How are you?", "no", 0),
            ("/response", "completion", "Fine.", "yes", 1),
        ],
    )


def test_a_prompt_without_a_completion_is_not_trained() -> None:
    shape, rows = rows_of({"prompt": "2+2?", "completion": None})
    assert (shape, rows) == ("prompt_only", [("/prompt", "prompt", "2+2?", "no", 0)])


def test_numbered_responses_are_text_of_unknown_loss() -> None:
    _, rows = rows_of({"prompt": "p", "response_0": "a", "response_b": "b", "response_id": "c"})
    assert rows[1:] == [
        ("/response_0", "completion", "a", "unknown", -1),
        ("/response_b", "completion", "b", "unknown", -1),
        ("/response_id", "metadata", "c", "no", -1),
    ]
