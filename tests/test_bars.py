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
