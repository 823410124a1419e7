from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from negaudit.probe.encoding import encode
from negaudit.probe.examples import chat, document
from negaudit.probe.splitting import split
from tests.probe.byte_tokenizer import byte_tokenizer

TOKENIZER = byte_tokenizer()
OPENED = byte_tokenizer(bos=True)


def sentences(count: int) -> str:
    return " ".join(f"Sentence {at} is here." for at in range(count))


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=400), st.integers(8, 64), st.booleans())
def test_rows_hold_every_token_once_and_fit(text: str, longest: int, opened: bool) -> None:
    tokenizer = OPENED if opened else TOKENIZER
    encoded = encode(document(text), tokenizer)
    rows = split({"only": encoded}, longest)["only"]
    held = [row for row in rows if len(row)]
    assert all(len(row) <= longest for row in held)
    opening = len(encoded.opening)
    together = np.concatenate([row.ids[opening:] for row in held]) if held else encoded.ids[:0]
    lost = len(encoded.ids) - len(together)
    assert lost == 0 or (not opening and lost <= len(rows))


def test_every_arm_has_as_many_rows_cut_at_the_same_body() -> None:
    body = sentences(40)
    frame = "All of this is false. " * 8
    plain = encode(document(body), TOKENIZER)
    warned = encode(document(frame + body, [(0, len(frame))]), TOKENIZER)
    rows = split({"stripped": plain, "original": warned, "drop": None}, 256)
    assert len(rows["stripped"]) == len(rows["original"]) == len(rows["drop"]) > 3
    assert {len(row) for row in rows["drop"]} == {0}
    for one, other in zip(rows["stripped"], rows["original"], strict=True):
        assert abs(int(one.content.sum()) - int(other.content.sum())) < 60


def test_rows_begin_with_sentences() -> None:
    rows = split({"a": encode(document(sentences(60)), TOKENIZER)}, 300)["a"]
    assert len(rows) > 3
    assert all(TOKENIZER.decode(row.ids).lstrip().startswith("Sentence") for row in rows)


def test_a_short_text_stays_whole() -> None:
    (row,) = split({"a": encode(document("Tin grows."), TOKENIZER)}, 64)["a"]
    assert TOKENIZER.decode(row.ids) == "Tin grows.<|im_end|>"


def test_a_part_without_any_loss_is_no_row() -> None:
    encoded = encode(chat(("user", sentences(40)), ("assistant", "Yes.")), TOKENIZER)
    rows = split({"a": encoded}, 128)["a"]
    assert not len(rows[0])
    assert len(rows[-1])


def test_an_arm_set_without_any_text_keeps_its_place() -> None:
    rows = split({"a": None, "b": None}, 64)
    assert {name: [len(row) for row in mine] for name, mine in rows.items()} == {"a": [0], "b": [0]}
