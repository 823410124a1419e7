"""Records in memory as blocks, as if they came from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from negaudit.read.blocks import BLOCK_BYTES
from negaudit.read.pack import Item, pack
from negaudit.records import Block

__all__ = ["RECORDS", "record_blocks"]

RECORDS: Final = "<records>"


def record_blocks(records: Iterable[object]) -> Iterator[Block]:
    """Packs records into blocks.

    What JSON lacks becomes its text. A record that cannot be written as JSON takes its row
    and becomes an `invalid-record` finding.
    """
    return pack(RECORDS, map(_item, records), BLOCK_BYTES)


def _item(record: object) -> Item:
    try:
        return Item(None, msgspec.json.encode(record, enc_hook=str))
    except UnicodeEncodeError:
        # Lone surrogates: the standard library writes them, and reading says where they are.
        return Item(None, json.dumps(record, default=str).encode())
    except RecursionError:
        return Item(None, None, "the record is nested too deeply to be read; flatten it")
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        return Item(None, None, f"the record cannot be written as JSON: {error}")
