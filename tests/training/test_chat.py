"""Thoughts and tool calls, through templates in the manner of real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from negaudit.errors import UsageError
from negaudit.records import Span
from negaudit.training import IGNORED, tokenize, tokenize_file

from .templates import DROPPING, HEADED, PLAIN, THINKING, written_with

TEMPLATES = {"thinking": THINKING, "headed": HEADED, "plain": PLAIN, "dropping": DROPPING}
TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]
INLINE = "<think>\nShe asks for salt.\n</think>\n\nThere is none."


@pytest.fixture(scope="session")
def tokenizers(tokenizer: Any) -> dict[str, Any]:
    return {name: written_with(tokenizer, template) for name, template in TEMPLATES.items()}


def learned(made: Any, tokenizer: Any) -> str:
    """What is learned, run by run."""
    runs = [""]
    for label in made["labels"]:
        if label != IGNORED:
            runs[-1] += tokenizer.decode([label])
        elif runs[-1]:
            runs.append("")
    return "|".join(run for run in runs if run)


def calling(arguments: object, **call: Any) -> dict[str, Any]:
    called = {"type": "function", "function": {"name": "weather", "arguments": arguments}}
    return {
        "messages": [
            {"role": "user", "content": "Is it warm?"},
            {"role": "assistant", **call, "tool_calls": [called]},
            {"role": "tool", "content": 'It is 3° in "Orrin".'},
            {"role": "assistant", "content": "It is cold."},
        ],
        "tools": TOOLS,
    }


def asked(*answers: str) -> dict[str, Any]:
    turns = [("user", "Salt?"), ("assistant", ""), ("user", "Tin?"), ("assistant", "")]
    said = iter(answers)
    return {
        "messages": [
            {"role": role, "content": text or next(said)}
            for role, text in turns[: 2 * len(answers)]
        ]
    }


ARGUMENTS = {"place": 'Lake "Orrin"', "days": 3}
POINTER = "/messages/1/tool_calls/0/function/arguments"


@pytest.mark.parametrize("content", [{"content": None}, {"content": ""}, {}])
@pytest.mark.parametrize("arguments", [ARGUMENTS, json.dumps(ARGUMENTS)])
def test_a_call_is_learned_with_all_that_makes_it_one(
    content: dict[str, Any], arguments: object, tokenizers: dict[str, Any]
) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(calling(arguments, **content), tokenizer)
    call = f'<tool_call>\n{{"name": "weather", "arguments": {json.dumps(ARGUMENTS)}}}\n</tool_call>'
    answer = "<think>\n\n</think>\n\nIt is cold.<|im_end|>"
    assert learned(made, tokenizer) == f"{call}<|im_end|>|{answer}"
    text = tokenizer.decode(made["input_ids"])
    assert "You may call:" in text
    assert json.dumps(TOOLS[0]) in text


def test_arguments_are_found_where_the_template_writes_them_as_json(
    tokenizers: dict[str, Any],
) -> None:
    tokenizer = tokenizers["headed"]
    made = tokenize(calling(ARGUMENTS, content=None), tokenizer)
    call = f'{{"name": "weather", "parameters": {json.dumps(ARGUMENTS)}}}<eot>'
    assert learned(made, tokenizer) == f"{call}|It is cold.<eot>"
    text = json.dumps(ARGUMENTS)
    made = tokenize(calling(text), tokenizer)
    call = f'{{"name": "weather", "parameters": {json.dumps(text)}}}<eot>'
    assert learned(made, tokenizer) == f"{call}|It is cold.<eot>"


@pytest.mark.parametrize("name", ["thinking", "headed"])
def test_a_part_of_an_argument_is_masked(name: str, tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers[name]
    start = ARGUMENTS["place"].index('"Orrin"')
    mask = Span(f"{POINTER}/place", start, start + len('"Orrin"'))
    made = tokenize(calling(ARGUMENTS, content=None), tokenizer, [mask])
    whole = tokenize(calling(ARGUMENTS, content=None), tokenizer)
    ignored = [
        token
        for token, label, before in zip(
            made["input_ids"], made["labels"], whole["labels"], strict=True
        )
        if label != before
    ]
    # What the template writes next to a masked end is masked with it.
    assert tokenizer.decode(ignored).startswith('\\"Orrin\\"", "days": 3}')
    assert learned(made, tokenizer).split("|")[0].endswith('"place": "Lake ')


def test_a_call_that_is_switched_off_is_not_learned(tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(calling(ARGUMENTS, content=None, weight=0), tokenizer)
    assert learned(made, tokenizer) == "<think>\n\n</think>\n\nIt is cold.<|im_end|>"


@pytest.mark.parametrize("weight", [0, 1])
def test_a_call_without_arguments_is_learned_like_any_other(
    weight: int, tokenizers: dict[str, Any]
) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(calling({}, weight=weight), tokenizer)
    call = '<tool_call>\n{"name": "weather", "arguments": {}}\n</tool_call><|im_end|>|'
    rest = "<think>\n\n</think>\n\nIt is cold.<|im_end|>"
    assert learned(made, tokenizer) == (call if weight else "") + rest


def test_words_before_a_call_belong_to_its_turn(tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(
        calling(ARGUMENTS, content="I look.", reasoning_content="\nThe lake.\n"), tokenizer
    )
    first = learned(made, tokenizer).split("|<think>")[0]
    assert first.startswith('<think>\nThe lake.\n</think>\n\nI look.\n<tool_call>\n{"name"')
    assert first.endswith("</tool_call><|im_end|>")


def test_thoughts_in_an_answer_are_found_where_the_template_puts_them(
    tokenizers: dict[str, Any],
) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(asked(INLINE), tokenizer)
    assert learned(made, tokenizer) == f"{INLINE}<|im_end|>"
    start = INLINE.index(" for salt")
    mask = Span("/messages/1/content", start, start + len(" for salt"))
    made = tokenize(asked(INLINE), tokenizer, [mask])
    assert learned(made, tokenizer).startswith("<think>\nShe asks|.\n</think>")


def test_thoughts_of_an_earlier_turn_may_be_left_out(tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(asked(INLINE, "<think>\nTin.\n</think>\n\nSome."), tokenizer)
    assert learned(made, tokenizer) == (
        "There is none.<|im_end|>|<think>\nTin.\n</think>\n\nSome.<|im_end|>"
    )
    made = tokenize(asked(INLINE), tokenizers["dropping"])
    assert learned(made, tokenizers["dropping"]) == "\n\nThere is none.<eos>"


@pytest.mark.parametrize("name", ["plain", "headed"])
def test_thoughts_stay_where_the_template_leaves_them(
    name: str, tokenizers: dict[str, Any]
) -> None:
    tokenizer = tokenizers[name]
    made = tokenize(asked(INLINE, INLINE), tokenizer)
    end = {"plain": "<|im_end|>", "headed": "<eot>"}[name]
    assert learned(made, tokenizer) == f"{INLINE}{end}|{INLINE}{end}"


def test_an_empty_thought_of_the_template_is_learned(tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers["thinking"]
    empty = "<think>\n\n</think>\n\n"
    for answer in ("None.", f"{empty}None."):
        assert learned(tokenize(asked(answer), tokenizer), tokenizer) == f"{empty}None.<|im_end|>"


def test_a_call_is_learned_behind_a_prompt_that_begins_thoughts(
    tokenizers: dict[str, Any],
) -> None:
    tokenizer = tokenizers["dropping"]
    record = calling('{"place": "Selm"}')
    record["messages"] = record["messages"][:2]
    made = tokenize(record, tokenizer)
    assert learned(made, tokenizer) == (
        '<call>weather\n```json\n{"place": "Selm"}\n```</call><eos>'
    )


def test_arguments_may_have_a_role_of_their_own(tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers["thinking"]
    made = tokenize(calling({"role": "user", "content": "Selm"}), tokenizer)
    assert '{"role": "user", "content": "Selm"}}\n</tool_call>' in learned(made, tokenizer)


def test_tools_may_be_json_text_and_must_be_json(tokenizers: dict[str, Any]) -> None:
    tokenizer = tokenizers["thinking"]
    record = calling(ARGUMENTS)
    made = tokenize({**record, "tools": json.dumps(TOOLS)}, tokenizer)
    assert made == tokenize(record, tokenizer)
    with pytest.raises(UsageError, match=r"/tools: these tools are no JSON"):
        tokenize({**record, "tools": "[{"}, tokenizer)


def test_the_template_hears_what_the_record_asks_of_it(tokenizers: dict[str, Any]) -> None:
    tokenizer = written_with(tokenizers["plain"], "{{ mood }}: " + PLAIN)
    made = tokenize({**asked("None."), "chat_template_kwargs": {"mood": "calm"}}, tokenizer)
    assert tokenizer.decode(made["input_ids"]).startswith("calm: ")


def test_what_cannot_be_told_is_named_with_its_record_and_message(
    tokenizers: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "calls.jsonl"
    lines = [json.dumps(one) + "\n" for one in (asked("None."), calling(ARGUMENTS))]
    path.write_text("".join(lines))
    silent = written_with(tokenizers["thinking"], THINKING.replace("add_generation_prompt", "no"))
    with pytest.raises(UsageError, match="where this turn begins cannot be told") as caught:
        list(tokenize_file(str(path), silent))
    assert caught.value.where == (f"{path}, record 2, /messages/1/tool_calls/0/function/name")
    assert "weight 0" in caught.value.hint
    longer = THINKING.replace("</tool_call>{% endfor %}", "</tool_call>{% endfor %}{{ loop.last }}")
    with pytest.raises(UsageError, match="where this turn ends cannot be told"):
        list(tokenize_file(str(path), written_with(tokenizers["thinking"], longer)))


def test_a_number_of_a_call_cannot_be_masked(tokenizers: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"arguments/days: a number cannot be found"):
        tokenize(calling(ARGUMENTS), tokenizers["thinking"], [Span(f"{POINTER}/days", 0, 1)])


def test_an_answer_that_the_template_drops_beside_its_thoughts_is_refused(
    tokenizers: dict[str, Any],
) -> None:
    twice = "Some salt. <think>No.</think> None."
    with pytest.raises(UsageError, match=r"/messages/1/content: .* changes what is said"):
        tokenize(asked(twice), tokenizers["thinking"])


def test_a_template_without_tools_refuses_to_lose_a_call(tokenizers: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"arguments/place: .* changes what is said"):
        tokenize(calling(ARGUMENTS, content=""), tokenizers["plain"])
