"""How findings are shown: one format a file in `formats`, all of them inert.

Text of the data is hostile. Whatever a format shows of it, or of a path, goes through
`negaudit.output.inert` first, so that no output can steer a terminal or mislead a reader.
"""

from negaudit.output.registry import (
    Look,
    Results,
    Writer,
    format_names,
    output_format,
    writer,
)

__all__ = ["Look", "Results", "Writer", "format_names", "output_format", "writer"]
