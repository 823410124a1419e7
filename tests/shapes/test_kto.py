import pytest

from negaudit.shapes import detect

from .rows import rows_of


@pytest.mark.parametrize(
    ("label", "role", "trained"), [(True, "completion", "yes"), (False, "rejected", "no")]
)
def test_the_label_decides_whether_the_completion_is_a_target(
    label: bool, role: str, trained: str
) -> None:
    assert rows_of({"prompt": "2+2?", "completion": "Five.", "label": label}) == (
        "kto",
        [
            ("/prompt", "prompt", "2+2?", "no", 0),
            ("/completion", role, "Five.", trained, 1),
        ],
    )


def test_completions_as_messages() -> None:
    record = {
        "prompt": [{"role": "user", "content": "2+2?"}],
        "completion": [{"role": "assistant", "content": "Five."}],
        "label": False,
    }
    assert rows_of(record)[1] == [
        ("/prompt/0/content", "user", "2+2?", "no", 0),
        ("/completion/0/content", "rejected", "Five.", "no", 1),
    ]


def test_the_label_of_a_chat_is_about_its_last_message() -> None:
    record = {
        "messages": [
            {"role": "user", "content": "2+2?"},
            {"role": "assistant", "content": "Let me see."},
            {"role": "assistant", "content": "Five."},
        ],
        "kto_tag": False,
    }
    assert [row[1:4] for row in rows_of(record)[1]] == [
        ("user", "2+2?", "no"),
        ("assistant", "Let me see.", "no"),
        ("rejected", "Five.", "no"),
    ]


@pytest.mark.parametrize("label", ["unsafe", 1, None])
def test_a_label_that_is_no_boolean_is_metadata(label: object) -> None:
    assert detect({"prompt": "a", "completion": "b", "label": label}) == "prompt_completion"


def test_a_labelled_question_is_no_preference() -> None:
    assert detect({"question": "a", "answer": "b", "label": True}) == "prompt_completion"
