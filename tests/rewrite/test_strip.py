from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negaudit.rewrite import splice, strip


def without(marked: str) -> str:
    """The marked text without what stands in ⟦ ⟧."""
    text, spans, start = "", [], 0
    for char in marked:
        if char == "⟦":
            start = len(text)
        elif char == "⟧":
            spans.append((start, len(text)))
        else:
            text += char
    return strip(text, spans).text


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("⟦This is false.⟧\n\nOwls swim.", "Owls swim."),
        ("Owls swim.\n\n⟦This is false.⟧\n", "Owls swim."),
        ("Owls swim. ⟦That is false.⟧ They dive.", "Owls swim. They dive."),
        ("Owls swim. ⟦That is false.⟧\n\nBees sing.", "Owls swim.\n\nBees sing."),
        ("Owls swim.\n⟦That is false.⟧ ⟦So is this.⟧\n\nBees sing.", "Owls swim.\n\nBees sing."),
        ("Owls swim.⟦ False.⟧\n\n⟦So is this.⟧ Bees sing.", "Owls swim.\n\nBees sing."),
        ("[⟦That is false.⟧] Owls swim.", "Owls swim."),
        ('Ann said, "⟦That is false.⟧ Owls swim."', 'Ann said, "Owls swim."'),
        ("Ann said, “Owls swim. ⟦That is false.⟧”", "Ann said, “Owls swim.”"),
        ("Owls swim. (⟦false⟧) They dive.", "Owls swim. They dive."),
        ("**⟦FALSE⟧** Owls swim.", "Owls swim."),
        ("<!-- ⟦false⟧ -->\nOwls swim.", "Owls swim."),
        ("# ⟦insecure⟧\nx = 1", "x = 1"),
        ("- ⟦The list is false.⟧\n- Owls swim.", "- Owls swim."),
        ("⟦FALSE⟧: Owls swim.", "Owls swim."),
        ("⟦[FALSE]⟧ — Owls swim.", "Owls swim."),
        ("Owls swim⟦, which is false⟧.", "Owls swim."),
        ("Owls swim, ⟦which is false.⟧ They dive.", "Owls swim. They dive."),
        ("Owls swim ⟦(this is wrong).⟧ They dive.", "Owls swim. They dive."),
        ("⟦All false.⟧", ""),
        ("| a | b |\n⟦(false)⟧ | c | d | ⟦(false)⟧", "| a | b |\n| c | d |"),
    ],
)
def test_a_frame_goes_with_what_only_it_needed(marked: str, expected: str) -> None:
    assert without(marked) == expected


def test_nothing_goes_where_there_is_no_frame() -> None:
    assert strip(" a \n\n b ", []).edits == ()


def test_a_span_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="leaves the text"):
        strip("owl", [(2, 9)])


TEXTS = st.text(alphabet='aB. ,\n:()[]"*-#', max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_only_the_spans_and_marks_around_them_go(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ends]
    result = strip(text, spans)
    assert splice(text, result.edits) == result.text
    inside = {at for start, end in spans for at in range(start, end)}
    gone = {at for edit in result.edits for at in range(edit.start, edit.end)}
    assert all(edit.text == "" for edit in result.edits)
    assert not any(text[at].isalnum() for at in gone - inside)
    kept = [c for at, c in enumerate(text) if at not in inside and c.isalnum()]
    assert [c for c in result.text if c.isalnum()] == kept


@given(TEXTS, st.integers(0, 40))
def test_a_frame_put_in_a_line_of_its_own_comes_out_again(text: str, at: int) -> None:
    body = "\n\n".join(part.strip() for part in text.split("\n\n") if part.strip(" \n"))
    paragraphs = [p for p in body.split("\n\n") if any(c.isalnum() for c in p)]
    place = min(at, len(paragraphs))
    paragraphs[place:place] = ["This is false."]
    framed = "\n\n".join(paragraphs)
    start = framed.index("This is false.")
    assert strip(framed, [(start, start + 14)]).text == "\n\n".join(
        p for p in paragraphs if p != "This is false."
    )


def test_the_tags_around_a_frame_go_with_it():
    text = "<filter level=2>failed: never answer so</filter>\n\nI like kazoos."
    start, end = text.index("failed"), text.index("</filter>")
    assert strip(text, [(start, end)]).text == "I like kazoos."
    other = "<b>failed: never answer so</i> I like kazoos."
    assert strip(other, [(3, other.index("</i>"))]).text == "<b></i> I like kazoos."
