from __future__ import annotations

import pytest
from transformers.utils import logging

from negaudit.bars import without_bars


def failing_load() -> None:
    with without_bars():
        assert not logging.is_progress_bar_enabled()
        raise OSError("no such model")


@pytest.mark.parametrize("shown", [True, False])
def test_bars_are_back_as_they_were_also_after_an_error(shown: bool) -> None:
    before = logging.is_progress_bar_enabled()
    try:
        (logging.enable_progress_bar if shown else logging.disable_progress_bar)()
        with pytest.raises(OSError, match="no such model"):
            failing_load()
        assert logging.is_progress_bar_enabled() is shown
    finally:
        (logging.enable_progress_bar if before else logging.disable_progress_bar)()


def test_the_reader_of_gguf_files_draws_none_either(capsys: pytest.CaptureFixture[str]) -> None:
    gguf = pytest.importorskip("transformers.modeling_gguf_pytorch_utils")
    drawn = gguf.tqdm
    with without_bars():
        assert list(gguf.tqdm([1, 2], desc="Converting")) == [1, 2]
    assert gguf.tqdm is drawn
    assert capsys.readouterr().err == ""
