from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import negaudit
from negaudit.lint import LintOptions, Run
from negaudit.shapes import segments_of

from .samples import CLAIM, DENIAL, FRAME, MORE

OPTIONS = LintOptions(select=("falsity", "mixed-original"))
texts = st.lists(
    st.one_of(st.sampled_from([FRAME, CLAIM, MORE, DENIAL, "\n\n", "[FALSE]"]), st.text()),
    max_size=5,
).map(" ".join)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts)
keys = st.one_of(
    st.sampled_from(
        ["text", "messages", "role", "content", "prompt", "completion", "chosen", "label", "a/b~"]
    ),
    st.text(max_size=4),
)
turns = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": texts})
)
values = st.recursive(
    st.one_of(scalars, turns),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=8,
)
records = st.lists(st.one_of(st.dictionaries(keys, values, max_size=4), values), max_size=4)


@settings(max_examples=60)
@given(records)
def test_spans_lie_inside_the_texts_of_their_records(given_records: list[Any]) -> None:
    read = [json.loads(json.dumps(record)) for record in given_records]
    for finding in negaudit.lint(read, select=OPTIONS.select):
        _, segments = segments_of(read[finding.row])
        lengths = {segment.pointer: len(segment.text) for segment in segments}
        for span in (*finding.frame, *finding.content):
            assert 0 <= span.start < span.end <= lengths[span.pointer]


@settings(max_examples=60)
@given(st.lists(st.one_of(st.binary(max_size=60), records.map(lambda r: json.dumps(r).encode()))))
def test_any_bytes_are_linted_or_refused_with_an_error(lines: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(b"\n".join(lines))
        run = Run([str(path)], OPTIONS)
        findings = [exhibit.finding for exhibit in run]
        assert len(run.errors) <= 1
        assert sum(run.statistics.rules.values()) == len(findings)
        assert run.statistics.records == run.statistics.invalid + sum(
            run.statistics.shapes.values()
        )
