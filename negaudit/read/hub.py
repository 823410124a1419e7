"""Data sets of the Hugging Face hub, streamed through the `datasets` library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from negaudit.errors import InputError, UsageError
from negaudit.read.columns import json_item
from negaudit.read.pack import Item

__all__ = ["HUB", "HubName", "hub_items", "hub_name"]

HUB = "hf://"
NAME = re.compile(
    r"hf://(?P<dataset>[\w.-]++/[\w.-]++)(?:/(?P<config>[\w.-]++))?(?::(?P<split>[\w.+%\[\]:-]++))?"
)


class HubName(NamedTuple):
    """What a hub id names; without a configuration the default one, without a split all."""

    dataset: str
    config: str | None
    split: str | None


def hub_name(path: str) -> HubName:
    """Reads hf://owner/name[/config][:split].

    Raises:
        UsageError: The id has another form.
    """
    match = NAME.fullmatch(path)
    if match is None:
        raise UsageError(
            "this is no hub id", where=path, hint="write hf://owner/name[/config][:split]"
        )
    return HubName(match["dataset"], match["config"], match["split"])


def hub_items(path: str) -> Iterator[Item]:
    """Streams the rows of a data set of the hub; code that comes with a data set is never run.

    Raises:
        InputError: `datasets` is missing, or the data set cannot be fetched.
    """
    name = hub_name(path)
    try:
        import datasets
    except ImportError as error:
        raise InputError(
            "the hub is read with the datasets library, which is not installed",
            where=path,
            hint="pip install 'negaudit[hub]'",
        ) from error
    try:
        loaded = datasets.load_dataset(
            name.dataset, name.config, split=name.split, streaming=True, trust_remote_code=False
        )
        for rows in _splits(loaded):
            for row in rows:
                yield json_item(dict(row))
    except Exception as error:  # the library lets through those of all that it calls
        raise InputError(
            f"the data set cannot be fetched ({type(error).__name__}: {error})",
            where=path,
            hint="check the id, the connection and, for a private data set, HF_TOKEN",
        ) from error


def _splits(loaded: Any) -> list[Any]:
    return list(loaded.values()) if isinstance(loaded, Mapping) else [loaded]
