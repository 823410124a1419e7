from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negaudit.read import lines
from negaudit.read.lines import cut_lines

LINES = st.lists(st.sampled_from([b"{}", b"", b" \t", b"[1, 2]\r", b"x" * 30]), max_size=30)


@given(LINES, st.booleans(), st.integers(1, 60), st.integers(1, 40))
def test_blocks_are_the_file_with_true_rows_and_lines(parts, ended, block_bytes, step):
    data = b"\n".join(parts) + (b"\n" if ended else b"")
    stream = [data[start : start + step] for start in range(0, len(data), step)]
    blocks = list(cut_lines("f", stream, block_bytes))
    assert b"".join(block.data for block in blocks) == data
    assert all(block.data.endswith(b"\n") for block in blocks[:-1])
    offset = 0
    for block in blocks:
        before = data[:offset].split(b"\n")
        assert block.first_line == len(before)
        assert block.first_row == sum(1 for line in before if line.strip())
        offset += len(block.data)


def test_a_block_is_as_long_as_asked_for():
    data = b'{"a": 1}\n' * 10_000
    sizes = [len(block.data) for block in cut_lines("f", [data], 4096)]
    assert max(sizes) < 2 * 4096
    assert min(sizes[:-1]) > 2048


def test_an_empty_stream_has_no_blocks():
    assert list(cut_lines("f", [], 100)) == []


def test_a_line_that_is_too_long_is_a_problem_and_the_rest_is_read(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_RECORD", 50)
    data = b'{"a": 1}\n"' + b"x" * 200 + b'"\n{"b": 2}\n'
    blocks = list(cut_lines("f", [data], 10))
    [(row, line, message)] = [
        (problem.row, problem.line, problem.message)
        for block in blocks
        for problem in block.problems
    ]
    assert (row, line) == (1, 2)
    assert "longer than" in message
    assert blocks[-1].data == b'{"b": 2}\n'
    assert (blocks[-1].first_row, blocks[-1].first_line) == (2, 3)


def test_a_last_line_that_is_too_long_is_a_problem(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_RECORD", 50)
    *_, last = cut_lines("f", [b"{}\n", b"x" * 100], 10)
    assert [problem.line for problem in last.problems] == [2]


def test_a_line_of_fifty_megabytes_is_one_block():
    line = b'"' + b"x" * (50 << 20) + b'"\n'
    stream = (line[start : start + (1 << 20)] for start in range(0, len(line), 1 << 20))
    [first, *rest] = list(cut_lines("f", stream, 1 << 20))
    assert first.data == line
    assert rest == []
