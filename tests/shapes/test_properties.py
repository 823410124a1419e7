"""What holds for every JSON value, whatever its shape."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from negaudit.records import Role, Trained
from negaudit.shapes import detect, names, segments_of
from negaudit.shapes.columns import columns_of
from negaudit.shapes.detection import fitting_shape
from negaudit.shapes.fitting import sketch_of

TEXT = st.text(max_size=6)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
ANY = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
PART = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "tool_result", "tool_use", "image"]) | ANY},
    optional=dict.fromkeys(["text", "content", "input", "image"], ANY),
)
CONTENT = TEXT | st.lists(PART | ANY, max_size=3) | ANY
SPEAKER = st.sampled_from(["user", "assistant", "human", "gpt", "system", "tool", "judge"]) | ANY
NOTES = {
    "weight": SCALAR,
    "train": ANY,
    "train_detail": ANY,
    "tool_calls": ANY | st.lists(st.fixed_dictionaries({"arguments": ANY})),
    "thinking": CONTENT,
    "label": ANY,
}
ITEM = st.one_of(
    st.fixed_dictionaries({"role": SPEAKER, "content": CONTENT}, optional=NOTES),
    st.fixed_dictionaries({"from": SPEAKER, "value": CONTENT}, optional=NOTES),
    st.fixed_dictionaries({"action": ANY}, optional={"observation": ANY, "thought": ANY}),
    st.fixed_dictionaries({"human": ANY, "assistant": ANY}, optional=NOTES),
    st.fixed_dictionaries({"label": st.booleans(), "text": ANY}),
    ANY,
)
ITEMS = st.lists(ITEM, min_size=1, max_size=3)
VALUE = TEXT | SCALAR | ITEM | ITEMS | st.lists(TEXT, min_size=1, max_size=3)
OTHERS = {
    **dict.fromkeys(("messages", "conversations", "history"), VALUE),
    **dict.fromkeys(("prompt", "completion", "chosen", "rejected", "rejected_response"), VALUE),
    **dict.fromkeys(("text", "Text", "TEXT", "system", "input_ids", "source"), VALUE),
    **dict.fromkeys(("label", "labels", "kto_tag", "train_on_inputs"), VALUE),
}
TURNS = st.fixed_dictionaries({"role": SPEAKER, "content": CONTENT}, optional=NOTES)
CHAT = st.builds(lambda first, rest: [first, *rest], TURNS, st.lists(ITEM, max_size=2))
SIDE = TEXT | CHAT | st.fixed_dictionaries({"messages": CHAT | ANY, "tools": ANY})
ANCHORS: tuple[dict[str, st.SearchStrategy[object]], ...] = (
    {},
    {"messages": CHAT},
    {"messages": CHAT, "label": st.booleans()},
    {"steps": st.lists(st.fixed_dictionaries({"action": ANY, "observation": ANY}), min_size=1)},
    {"segments": st.lists(st.fixed_dictionaries({"label": st.booleans(), "text": ANY}))},
    {"instruction": TEXT, "output": TEXT, "history": st.lists(st.lists(TEXT)) | CHAT},
    {"prompt": SIDE, "completion": SIDE},
    {"prompt": SIDE, "completion": SIDE, "label": st.booleans()},
    {"prompt": SIDE, "chosen": SIDE, "rejected": SIDE},
    {"input": SIDE, "preferred_output": SIDE, "non_preferred_output": SIDE},
    {"completions": st.lists(TEXT, min_size=1), "labels": st.lists(st.booleans(), min_size=1)},
    {"text": TEXT},
    {"input_ids": st.lists(st.integers(), max_size=3)},
)
RECORDS: st.SearchStrategy[object] = st.sampled_from(ANCHORS).flatmap(
    lambda anchor: st.fixed_dictionaries(
        anchor, optional={name: value for name, value in OTHERS.items() if name not in anchor}
    )
)
RECORD = st.integers(0, 4).flatmap(lambda draw: RECORDS if draw else ITEMS | ANY)

# What a segment's role and loss tell already is no segment of its own.
TOLD = re.compile(r"/(role|from|speaker|type|labels/\d+|train_detail.*)$")


def resolve(value: object, pointer: str) -> object:
    for token in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)]
        else:
            assert isinstance(value, dict)
            value = value[token.replace("~1", "/").replace("~0", "~")]
    return value


def strings(value: object, pointer: str = "") -> list[str]:
    if isinstance(value, str):
        return [pointer]
    if isinstance(value, list):
        items = [(str(index), item) for index, item in enumerate(value)]
    elif isinstance(value, dict):
        items = [(k.replace("~", "~0").replace("/", "~1"), v) for k, v in value.items()]
    else:
        items = []
    return [found for key, item in items for found in strings(item, f"{pointer}/{key}")]


@given(RECORD, st.none() | st.sampled_from(names()))
@settings(max_examples=100)
def test_every_segment_is_the_text_at_its_pointer(record: object, forced: str | None) -> None:
    shape, segments = segments_of(record, shape=forced)
    assert shape in names()
    for segment in segments:
        leaf = resolve(record, segment.pointer)
        assert segment.text == (leaf if isinstance(leaf, str) else json.dumps(leaf))


@given(RECORD)
@settings(max_examples=100)
def test_no_leaf_is_read_twice_and_no_string_is_lost(record: object) -> None:
    shape, segments = segments_of(record)
    pointers = [segment.pointer for segment in segments]
    assert len(pointers) == len(set(pointers))
    if shape != "tokenized":
        lost = set(strings(record)) - set(pointers)
        assert [pointer for pointer in lost if not TOLD.search(pointer)] == []


@given(RECORD)
def test_metadata_comes_last_and_is_never_trained(record: object) -> None:
    _, segments = segments_of(record)
    metadata = [segment.role is Role.METADATA for segment in segments]
    assert metadata == sorted(metadata)
    assert all(s.trained is Trained.NO for s in segments if s.role is Role.METADATA)


@given(RECORD)
def test_rejected_text_is_never_trained(record: object) -> None:
    _, segments = segments_of(record)
    assert all(s.trained is Trained.NO for s in segments if s.role is Role.REJECTED)


@given(st.lists(RECORD, max_size=4))
def test_what_was_seen_before_changes_no_answer(records: list[object]) -> None:
    for record in [*records, *records]:
        assert detect(record) == fitting_shape(sketch_of(columns_of(record)))


@given(st.lists(st.lists(VALUE, min_size=3, max_size=3), max_size=4))
def test_records_with_the_same_columns_may_differ_in_shape(rows: list[list[object]]) -> None:
    for row in rows:
        record = dict(zip(("messages", "text", "chosen"), row, strict=True))
        assert detect(record) == fitting_shape(sketch_of(columns_of(record)))
