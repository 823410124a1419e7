from negaudit.shapes import detect

from .rows import rows_of


def test_ids_have_no_segments() -> None:
    record = {"input_ids": [1, 2], "attention_mask": [1, 1], "labels": [-100, 2], "source": "x"}
    assert rows_of(record) == ("tokenized", [])


def test_ids_beside_their_text_are_read_as_text() -> None:
    assert detect({"input_ids": [1, 2], "text": "Hello"}) == "text"
