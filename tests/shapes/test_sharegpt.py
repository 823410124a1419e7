import pytest

from .rows import rows_of


@pytest.mark.parametrize(
    ("speaker", "role", "trained"),
    [
        ("human", "user", "no"),
        ("user", "user", "no"),
        ("gpt", "assistant", "yes"),
        ("chatgpt", "assistant", "yes"),
        ("bing", "assistant", "yes"),
        ("bard", "assistant", "yes"),
        ("model", "assistant", "yes"),
        ("assistant", "assistant", "yes"),
        ("function_call", "assistant", "yes"),
        ("system", "system", "no"),
        ("tool", "tool", "no"),
        ("observation", "tool", "no"),
        ("GPT", "assistant", "yes"),
    ],
)
def test_speakers(speaker: str, role: str, trained: str) -> None:
    shape, rows = rows_of({"conversations": [{"from": speaker, "value": "Hello"}]})
    assert shape == "sharegpt"
    assert rows == [("/conversations/0/value", role, "Hello", trained, 0)]


@pytest.mark.parametrize("column", ["conversations", "conversation", "dialog", "dialogue"])
def test_the_list_may_have_any_usual_name(column: str) -> None:
    shape, rows = rows_of({column: [{"from": "gpt", "value": "Yes."}]})
    assert (shape, rows[0][0]) == ("sharegpt", f"/{column}/0/value")


def test_system_column_comes_first_and_tools_last() -> None:
    record = {
        "conversations": [
            {"from": "human", "value": "Weather?"},
            {"from": "function_call", "value": '{"name": "weather"}'},
            {"from": "observation", "value": "rain"},
            {"from": "gpt", "value": "It rains."},
        ],
        "tools": "[]",
        "system": "Be brief.",
    }
    assert rows_of(record) == (
        "sharegpt",
        [
            ("/system", "system", "Be brief.", "no", 0),
            ("/conversations/0/value", "user", "Weather?", "no", 1),
            ("/conversations/1/value", "assistant", '{"name": "weather"}', "yes", 2),
            ("/conversations/2/value", "tool", "rain", "no", 3),
            ("/conversations/3/value", "assistant", "It rains.", "yes", 4),
            ("/tools", "metadata", "[]", "no", -1),
        ],
    )


def test_train_flags_decide_the_loss() -> None:
    record = {
        "conversations": [
            {"from": "human", "value": "Hello", "train": True},
            {"from": "gpt", "value": "Hi", "train": False},
        ]
    }
    assert [row[3] for row in rows_of(record)[1]] == ["yes", "no"]
