"""Which language model to ask, and within what limits."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit, urlunsplit

import msgspec

from negaudit.cache import cache_folder
from negaudit.errors import UsageError

__all__ = ["LlmOptions", "llm_options"]

_FORMS: Final = "http://host:port/v1#model, https://host/v1#model, or a local model's name or path"


class LlmOptions(msgspec.Struct, frozen=True):
    """Which language model to ask, and within what limits.

    Attributes:
        backend: "http" asks an OpenAI-compatible endpoint, "local" loads the model with
            transformers.
        model: What the endpoint calls the model, or a local model's name or folder; "" takes
            the first one that the endpoint lists.
        url: The endpoint's base, up to and with its version ("http://localhost:8000/v1").
        concurrency: Requests under way at once.
        attempts: How often one request is tried, the first time included.
        backoff: Seconds before the second attempt; each further one waits twice as long.
        timeout: Seconds that one request may take.
        answer_tokens: The most tokens of one answer; of an answer to a longer question, as many
            as that has.
        budget: The most tokens of a run, questions and answers together; None sets no limit.
        cache: Folder of answers that were given before; None keeps none.
    """

    backend: Literal["http", "local"]
    model: str
    url: str = ""
    concurrency: int = 4
    attempts: int = 5
    backoff: float = 1.0
    timeout: float = 120.0
    answer_tokens: int = 2048
    budget: int | None = None
    cache: Path | None = None

    @property
    def name(self) -> str:
        """What to call the model where a person reads it."""
        return self.model or self.url


def llm_options(text: str) -> LlmOptions:
    """Reads what the user gave for --llm; answers are kept in the user's cache.

    Args:
        text: An endpoint's address with the model's name after "#", or a local model's name
            or folder.

    Raises:
        UsageError: It is neither, or holds a password.
    """
    text = text.strip()
    if "://" not in text:
        if not text:
            raise UsageError("no language model is named", where="--llm", hint=f"give {_FORMS}")
        return LlmOptions(backend="local", model=text, cache=cache_folder("llm"))
    parts = _parts(text)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError("that is no address", where="--llm", hint=f"give {_FORMS}")
    if parts.username or parts.password or parts.query:
        raise UsageError(
            "the address may not hold a password or a query",
            where="--llm",
            hint="put the key into the environment variable NEGAUDIT_LLM_KEY or OPENAI_API_KEY",
        )
    base = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return LlmOptions(backend="http", model=parts.fragment, url=base, cache=cache_folder("llm"))


def _parts(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - tells whether the port is a number
    except ValueError:
        return None
    return parts
