"""Keeps answers on disk, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from negaudit.errors import ModelError
from negaudit.llm.record import Message, Schema

__all__ = ["Cache", "key_of"]


def key_of(model: str, messages: list[Message], schema: Schema) -> str:
    """A hash of all that an answer depends on."""
    asked = msgspec.json.encode([model, messages, schema], order="sorted")
    return hashlib.sha256(asked).hexdigest()


class Cache:
    """One file for each answer, under the hash of its question; without questions' text.

    Args:
        folder: Where they are kept; None keeps none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> str | None:
        """What the model wrote, if it was asked before.

        Raises:
            ModelError: The folder cannot be read.
        """
        if self._folder is None:
            return None
        try:
            path = self._path(self._folder, key)
            return path.read_text(encoding="utf-8", errors="surrogatepass")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(error) from error

    def put(self, key: str, text: str) -> None:
        """Keeps what the model wrote; a reader sees all of it or nothing.

        Raises:
            ModelError: The folder cannot be written.
        """
        if self._folder is None:
            return
        path = self._path(self._folder, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)
            Path(name).replace(path)
        except OSError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: OSError) -> ModelError:
        message = f"answers cannot be kept: {error.strerror or error}"
        hint = "set XDG_CACHE_HOME to a folder with space that can be written"
        return ModelError(message, where=str(self._folder), hint=hint)

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key}.json"
