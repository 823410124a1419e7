from .rows import rows_of


def test_each_exchange_is_a_question_and_an_answer() -> None:
    record = {
        "conversation": [
            {"output": "Hi", "system": "Be brief.", "input": "Hello"},
            {"human": "Bye", "assistant": "Goodbye", "label": "polite"},
        ]
    }
    assert rows_of(record) == (
        "exchanges",
        [
            ("/conversation/0/system", "system", "Be brief.", "no", 0),
            ("/conversation/0/input", "user", "Hello", "no", 1),
            ("/conversation/0/output", "assistant", "Hi", "yes", 2),
            ("/conversation/1/human", "user", "Bye", "no", 3),
            ("/conversation/1/assistant", "assistant", "Goodbye", "yes", 4),
            ("/conversation/1/label", "metadata", "polite", "no", 4),
        ],
    )


def test_items_that_are_no_exchanges_are_kept_as_text() -> None:
    _, rows = rows_of({"conversation": [{"human": "Hello", "assistant": "Hi"}, "stray"]})
    assert rows[-1] == ("/conversation/1", "text", "stray", "unknown", 2)
