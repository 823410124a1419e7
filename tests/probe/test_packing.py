from __future__ import annotations

import numpy as np
import pytest
import torch

from negaudit.probe.packing import PackedRow, pack

CPU = torch.device("cpu")


def rows(*lengths: int) -> list[PackedRow]:
    """Rows of tokens that count on from row to row."""
    ends = np.cumsum(lengths)
    return [
        PackedRow(np.arange(end - length, end, dtype=np.int32))
        for length, end in zip(lengths, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("tokens", "width"),
    [
        (1, 16), (16, 16), (17, 32), (100, 112), (255, 256),  # steps of 16
        (257, 288), (500, 512),  # of an eighth
        (513, 576), (1025, 1088), (5000, 5056),  # of 64
    ],
)  # fmt: skip
def test_widths_come_in_steps_of_about_an_eighth(tokens: int, width: int) -> None:
    layout = pack([rows(tokens)], device=CPU)
    assert layout.segments == ((0, width),)
    assert layout.ids.shape == (1, width + 1)


def test_few_widths_serve_all_lengths_and_waste_little() -> None:
    widths = [pack([rows(n)], device=CPU).segments[0][1] for n in range(128, 4097, 7)]
    assert len(set(widths)) < 80
    assert all(n <= width < 1.13 * n for n, width in zip(range(128, 4097, 7), widths, strict=True))


def test_rows_stand_side_by_side_in_the_width_of_their_adapter() -> None:
    layout = pack([rows(5, 0, 3), rows(20)], device=CPU)
    assert layout.segments == ((0, 16), (16, 48))
    assert [starts.tolist() for starts in layout.starts] == [[0, 5, 5], [16]]
    ids, positions = layout.ids[0], layout.positions[0]
    assert ids[:8].tolist() == list(range(8))
    assert positions[:8].tolist() == [0, 1, 2, 3, 4, 0, 1, 2]
    assert ids[16:36].tolist() == positions[16:36].tolist() == list(range(20))
    assert not ids[8:16].any()
    assert not ids[36:].any()


def test_even_adapters_have_the_width_of_the_widest() -> None:
    groups = [rows(5), rows(300), rows(40)]
    assert pack(groups, device=CPU, even=True).segments == ((0, 320), (320, 640), (640, 960))


def test_attention_looks_at_the_tokens_of_a_row_and_else_at_nothing() -> None:
    layout = pack([rows(5, 4), rows(2)], device=CPU)
    hole = layout.ids.shape[1] - 1
    seen = sorted(index for block in layout.blocks for index in block.index.tolist())
    assert seen == [[0, 1, 2, 3, 4], [5, 6, 7, 8, hole], [16, 17]]
    tree = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1]], np.bool_)
    branched = PackedRow(np.arange(3, dtype=np.int32), np.array([0, 1, 1]), tree)
    (block,) = pack([[branched, *rows(3)]], device=CPU).blocks
    assert block.ancestors is not None
    assert [sees.tolist() for sees in block.ancestors] == [tree.tolist(), np.tri(3).tolist()]
    assert block.positions.tolist() == [[0, 1, 1], [0, 1, 2]]


def test_a_block_of_attention_is_bounded() -> None:
    layout = pack([rows(*[8] * 10)], device=CPU, slots=32)
    assert [tuple(block.index.shape) for block in layout.blocks] == [(4, 8), (4, 8), (2, 8)]
