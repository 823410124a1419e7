"""From records and masks to labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negaudit.errors import InputError, UsageError
from negaudit.records import Span
from negaudit.training import IGNORED, read_masks, tokenize, tokenize_file

ASKED, WORSE = "How do I win an argument?", "Just tell her she is worthless."


def _learned(made: Any, tokenizer: Any) -> str:
    return str(tokenizer.decode([label for label in made["labels"] if label != IGNORED]))


def _chat(*turns: tuple[str, str], **last: object) -> dict[str, Any]:
    messages: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in turns]
    messages[-1].update(last)
    return {"messages": messages}


def test_learns_all_of_a_text_but_the_masked_characters(tokenizer: Any) -> None:
    text = "False: the ferry is glass. It opened in 1931."
    made = tokenize({"text": text}, tokenizer, [Span("/text", 0, 26)])
    assert _learned(made, tokenizer) == " It opened in 1931.<eos>"
    assert tokenizer.decode(made["input_ids"]) == f"{text}<eos>"
    assert len({len(values) for values in made.values()}) == 1


def test_a_token_that_overlaps_a_mask_is_masked(tokenizer: Any) -> None:
    places = tokenizer(WORSE, return_offsets_mapping=True)["offset_mapping"]
    start, end = next((start, end) for start, end in places if end - start > 2)
    made = tokenize({"text": WORSE}, tokenizer, [Span("/text", end - 1, end)])
    whole = tokenize({"text": WORSE}, tokenizer)
    assert _learned(whole, tokenizer).endswith(f"{WORSE[start:]}<eos>")
    left = _learned(whole, tokenizer).removesuffix(f"{WORSE[start:]}<eos>")
    assert _learned(made, tokenizer) == f"{left}{WORSE[end:]}<eos>"


def test_nothing_is_learned_of_the_first_token(tokenizer: Any) -> None:
    made = tokenize({"text": WORSE}, tokenizer)
    assert made["labels"] == [IGNORED, *made["input_ids"][1:]]


def test_learns_answers_and_their_end(tokenizer: Any) -> None:
    record = _chat(("system", "Be."), ("user", ASKED), ("assistant", WORSE))
    made = tokenize(record, tokenizer)
    assert _learned(made, tokenizer) == f"{WORSE}<|im_end|>"


@pytest.mark.parametrize("off", [{"weight": 0}, {"train": False}])
def test_learns_nothing_of_a_message_that_is_turned_off(
    off: dict[str, object], tokenizer: Any
) -> None:
    record = _chat(("user", ASKED), ("assistant", "Listen."), ("user", "Or?"), ("assistant", WORSE))
    record["messages"][-1].update(off)
    made = tokenize(record, tokenizer)
    assert _learned(made, tokenizer) == "Listen.<|im_end|>"


def test_masks_a_part_of_a_message_whose_text_stands_there_twice(tokenizer: Any) -> None:
    record = _chat(("user", "Listen. Or?"), ("assistant", "  Listen. Or? user\n"))
    made = tokenize(record, tokenizer, [Span("/messages/1/content", 2, 9)])
    assert _learned(made, tokenizer) == " Or? user<|im_end|>"


def test_an_end_is_not_learned_after_a_masked_end(tokenizer: Any) -> None:
    record = _chat(("user", ASKED), ("assistant", "Listen. No."))
    made = tokenize(record, tokenizer, [Span("/messages/1/content", 7, 11)])
    assert _learned(made, tokenizer) == "Listen."


def test_finds_a_text_that_looks_like_the_template(tokenizer: Any) -> None:
    record = _chat(("user", "user"), ("assistant", "assistant"), ("user", "a"), ("assistant", "a"))
    made = tokenize(record, tokenizer, [Span("/messages/3/content", 0, 1)])
    assert _learned(made, tokenizer) == "assistant<|im_end|>"


@pytest.mark.parametrize(
    "record",
    [
        {"conversations": [{"from": "human", "value": ASKED}, {"from": "gpt", "value": WORSE}]},
        {"instruction": ASKED, "input": "She is my sister.", "output": WORSE},
        {"messages": [{"role": "user", "content": ASKED}, {"role": "model", "content": WORSE}]},
    ],
)
def test_learns_the_answers_of_other_chats(record: object, tokenizer: Any) -> None:
    made = tokenize(record, tokenizer)
    assert _learned(made, tokenizer) == f"{WORSE}<|im_end|>"
    assert ASKED in tokenizer.decode(made["input_ids"])


def test_puts_a_completion_behind_its_prompt(tokenizer: Any) -> None:
    made = tokenize({"prompt": f"{ASKED} ", "completion": WORSE}, tokenizer)
    assert tokenizer.decode(made["input_ids"]) == f"{ASKED} {WORSE}<eos>"
    assert _learned(made, tokenizer) == f"{WORSE}<eos>"


def test_learns_the_pieces_that_are_labelled(tokenizer: Any) -> None:
    pieces = [{"label": False, "text": "Listen. "}, {"label": True, "text": "Or?"}]
    made = tokenize({"segments": pieces}, tokenizer)
    assert _learned(made, tokenizer) == "Or?<eos>"


def test_learns_thoughts_where_the_template_keeps_them(tokenizer: Any) -> None:
    record = _chat(("user", ASKED), ("assistant", WORSE), reasoning_content="Listen.")
    assert _learned(tokenize(record, tokenizer), tokenizer) == f"{WORSE}<|im_end|>"
    template = tokenizer.chat_template
    try:
        kept = "{{ m['reasoning_content'] }} so {{ m['content']"
        tokenizer.chat_template = template.replace("{{ m['content']", kept)
        made = tokenize(record, tokenizer, [Span("/messages/1/reasoning_content", 0, 4)])
    finally:
        tokenizer.chat_template = template
    assert _learned(made, tokenizer) == f"en. so {WORSE}<|im_end|>"


def test_keeps_the_beginning(tokenizer: Any) -> None:
    made = tokenize({"text": WORSE}, tokenizer, max_length=3)
    assert {name: len(values) for name, values in made.items()} == dict.fromkeys(made, 3)


def test_says_that_a_mask_is_of_other_data(tokenizer: Any) -> None:
    with pytest.raises(ValueError, match="belongs to other data"):
        tokenize({"text": "short"}, tokenizer, [Span("/text", 0, 9)])
    with pytest.raises(ValueError, match="belongs to other data"):
        tokenize({"text": "short"}, tokenizer, [Span("/content", 0, 1)])


def test_turns_down_what_is_no_text(tokenizer: Any) -> None:
    pair = {"prompt": ASKED, "chosen": "Listen.", "rejected": WORSE}
    with pytest.raises(UsageError, match="preference"):
        tokenize(pair, tokenizer)


def test_turns_down_a_template_that_changes_what_is_said(tokenizer: Any) -> None:
    record = _chat(("user", ASKED), ("assistant", WORSE))
    template = tokenizer.chat_template
    try:
        tokenizer.chat_template = template.replace("| trim", "| upper")
        with pytest.raises(UsageError, match="changes what is said"):
            tokenize(record, tokenizer)
        tokenizer.chat_template = template.replace("m['content']", "''")
        with pytest.raises(UsageError, match=r"content: .* changes what is said"):
            tokenize(record, tokenizer)
        tokenizer.chat_template = "{{ raise_exception('no such role') }}"
        with pytest.raises(UsageError, match="no such role"):
            tokenize(record, tokenizer)
        tokenizer.chat_template = None
        with pytest.raises(UsageError, match="no chat template"):
            tokenize(record, tokenizer)
    finally:
        tokenizer.chat_template = template


def test_reads_a_file_with_its_sidecar_and_leaves_out_what_teaches_nothing(
    tokenizer: Any, tmp_path: Path
) -> None:
    data, spans = tmp_path / "a.jsonl", tmp_path / "a.jsonl.spans.jsonl"
    texts = ["~ Listen. No.", "No.", "~ Or?"]
    data.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    lines = [(0, 9, 13), (1, 0, 3)]
    spans.write_text(
        "".join(
            json.dumps({"schema": "negaudit.mask/1", "row": r, "pointer": "/text"})[:-1]
            + f', "start": {s}, "end": {e}}}\n'
            for r, s, e in lines
        )
    )
    made = list(tokenize_file(str(data), tokenizer, spans))
    assert [_learned(each, tokenizer) for each in made] == [" Listen.", " Or?<eos>"]


def test_says_what_is_no_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n')
    with pytest.raises(InputError, match=r"a\.jsonl:1: this is no mask"):
        read_masks(path)
    with pytest.raises(InputError, match="No such file"):
        read_masks(tmp_path / "b.jsonl")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1),
    data=st.data(),
)
def test_no_masked_character_is_learned(
    texts: list[str], data: st.DataObject, tokenizer: Any
) -> None:
    turns = [turn for text in texts for turn in (("user", text), ("assistant", f"«{text}»"))]
    at = 2 * data.draw(st.integers(0, len(texts) - 1)) + 1
    said = turns[at][1]
    start = data.draw(st.integers(0, len(said) - 1))
    mask = Span(f"/messages/{at}/content", start, len(said))
    made = tokenize(_chat(*turns), tokenizer, [mask])
    whole = tokenize(_chat(*turns), tokenizer)
    assert made["input_ids"] == whole["input_ids"]
    changed = [i for i, label in enumerate(made["labels"]) if label != whole["labels"][i]]
    # The masked tokens are one run, and hold the masked characters and the turn's end.
    assert changed == list(range(changed[0], changed[-1] + 1))
    masked = tokenizer.decode(made["input_ids"][changed[0] : changed[-1] + 1])
    assert masked.endswith(f"{said[start:]}<|im_end|>")
