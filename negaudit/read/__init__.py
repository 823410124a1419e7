"""The reading room: from paths to blocks of records, and from their bytes to values.

Each source that `discover` finds is streamed by `blocks`, and each block is taken apart by
`decode_block` into rows, lines, records and problems.
"""

from negaudit.read.blocks import blocks
from negaudit.read.decode import Entry, decode, decode_block
from negaudit.read.salvage import Decoded
from negaudit.read.source import Format, Source, discover

__all__ = [
    "Decoded",
    "Entry",
    "Format",
    "Source",
    "blocks",
    "decode",
    "decode_block",
    "discover",
]
