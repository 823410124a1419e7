import pytest

from .rows import rows_of


def test_every_string_is_kept_with_its_pointer() -> None:
    assert rows_of({"a": {"b/c": ["x", 1]}, "d~e": "y", "f": None}) == (
        "unknown",
        [
            ("/a/b~1c/0", "text", "x", "unknown", -1),
            ("/d~0e", "text", "y", "unknown", -1),
            ("/a/b~1c/1", "metadata", "1", "no", -1),
        ],
    )


@pytest.mark.parametrize("record", [None, {}, []])
def test_nothing_has_no_segments(record: object) -> None:
    assert rows_of(record) == ("unknown", [])


def test_a_number_is_metadata() -> None:
    assert rows_of(3) == ("unknown", [("", "metadata", "3", "no", -1)])


def test_nesting_ten_thousand_deep_is_read() -> None:
    record: object = "deep"
    for _ in range(10_000):
        record = [record]
    _, rows = rows_of(record)
    assert rows == [("/0" * 10_000, "text", "deep", "unknown", -1)]
