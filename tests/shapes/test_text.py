import pytest

from .rows import rows_of


@pytest.mark.parametrize("column", ["text", "content", "document", "code", "body", "article"])
def test_a_document_is_trained_on_whole(column: str) -> None:
    assert rows_of({"url": "x.org", column: "Once."}) == (
        "text",
        [
            (f"/{column}", "text", "Once.", "yes", -1),
            ("/url", "metadata", "x.org", "no", -1),
        ],
    )


def test_a_bare_string_is_a_document() -> None:
    assert rows_of("Once.") == ("text", [("", "text", "Once.", "yes", -1)])


def test_only_one_text_column_is_trained_on() -> None:
    _, rows = rows_of({"summary": "Short.", "text": "Long."})
    assert rows == [
        ("/text", "text", "Long.", "yes", -1),
        ("/summary", "text", "Short.", "unknown", -1),
    ]


def test_paragraphs_are_all_trained_on() -> None:
    _, rows = rows_of({"text": ["One.", "Two."]})
    assert rows == [
        ("/text/0", "text", "One.", "yes", -1),
        ("/text/1", "text", "Two.", "yes", -1),
    ]


def test_nested_metadata_is_rendered_as_json() -> None:
    record = {"text": "a", "metadata": {"tags": ["b"], "ok": False, "p": 0.03, "n": None}}
    assert rows_of(record)[1][1:] == [
        ("/metadata/tags/0", "metadata", "b", "no", -1),
        ("/metadata/ok", "metadata", "false", "no", -1),
        ("/metadata/p", "metadata", "0.03", "no", -1),
    ]


def test_long_runs_of_numbers_are_no_metadata() -> None:
    _, rows = rows_of({"text": "a", "embedding": [0.5] * 33, "scores": [1, 2]})
    assert [row[0] for row in rows] == ["/text", "/scores/0", "/scores/1"]
