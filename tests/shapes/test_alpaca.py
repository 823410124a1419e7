from .rows import rows_of


def test_instruction_and_input_are_one_turn_and_the_output_is_trained() -> None:
    record = {"output": "Hund", "input": "dog", "instruction": "Translate.", "source": "hand"}
    assert rows_of(record) == (
        "alpaca",
        [
            ("/instruction", "prompt", "Translate.", "no", 0),
            ("/input", "prompt", "dog", "no", 0),
            ("/output", "completion", "Hund", "yes", 1),
            ("/source", "metadata", "hand", "no", -1),
        ],
    )


def test_system_and_history_come_before_the_instruction() -> None:
    record = {
        "instruction": "And cat?",
        "output": "Katze",
        "system": "Translate.",
        "history": [["Dog?", "Hund"]],
    }
    assert rows_of(record)[1] == [
        ("/system", "system", "Translate.", "no", 0),
        ("/history/0/0", "user", "Dog?", "no", 1),
        ("/history/0/1", "assistant", "Hund", "yes", 2),
        ("/instruction", "prompt", "And cat?", "no", 3),
        ("/output", "completion", "Katze", "yes", 4),
    ]


def test_an_empty_history_says_nothing() -> None:
    shape, rows = rows_of({"instruction": "a", "output": "b", "history": []})
    assert (shape, len(rows)) == ("alpaca", 2)


def test_train_on_inputs_puts_the_loss_on_the_instruction() -> None:
    _, rows = rows_of({"instruction": "a", "output": "b", "train_on_inputs": True})
    assert [row[3] for row in rows] == ["yes", "yes"]


def test_the_rendered_text_column_is_of_unknown_loss() -> None:
    _, rows = rows_of({"instruction": "a", "output": "b", "text": "a b"})
    assert rows[-1] == ("/text", "text", "a b", "unknown", -1)
