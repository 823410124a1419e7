"""Keeps the progress bars of transformers out of negaudit's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

__all__ = ["without_bars"]


@contextmanager
def without_bars() -> Iterator[None]:
    """While a model is loaded, transformers draws no bar; downloads keep theirs."""
    from transformers.utils import logging

    gguf: Any = import_module("transformers.modeling_gguf_pytorch_utils")
    shown, drawn = logging.is_progress_bar_enabled(), gguf.tqdm
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # The reader of GGUF files draws one past the switch.
    gguf.tqdm = partial(drawn, disable=True)
    try:
        yield
    finally:
        gguf.tqdm = drawn
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
