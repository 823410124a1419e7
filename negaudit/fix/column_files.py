"""Writes Parquet and Arrow files with some rows changed or left out.

The schema with its metadata, the order of columns and the types, nested ones included, stay;
columns in which nothing changes are handed on as Arrow has them. Needs pyarrow, as reading does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from negaudit.errors import InputError
from negaudit.fix.apply import apply
from negaudit.fix.edited import Edited, is_dropped
from negaudit.fix.pointer import keys_of
from negaudit.fix.record import Drop, Operation, SetMember

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["write_arrow", "write_parquet"]

_BATCH_ROWS: Final = 1024
# A row group is gathered before it is written; a larger one is cut.
_GATHERED_BYTES: Final = 128 << 20
_CODECS: Final = {"UNCOMPRESSED": "NONE"}


class _Changes:
    """What changes in a source, taken in the order of its rows."""

    def __init__(self, edited: Iterable[Edited]) -> None:
        self._edited = iter(edited)
        self._next = next(self._edited, None)
        self._held: dict[int, tuple[Operation, ...]] = {}
        self.row = 0

    def of_next(self, count: int) -> dict[int, tuple[Operation, ...]]:
        """What changes in the next rows, by their offset among these."""
        first, self.row = self.row, self.row + count
        while self._next is not None and self._next.block.first_row < self.row:
            self._held |= self._next.rows
            self._next = next(self._edited, None)
        due = [row for row in self._held if row < self.row]
        return {row - first: self._held.pop(row) for row in due}


def write_parquet(edited: Iterable[Edited], source: str, out: BinaryIO) -> None:
    """Writes a Parquet file: row groups, compression and format version as in the source.

    Args:
        edited: The file's blocks and what changes in them.
        source: The file that they come from.
        out: Where to write.

    Raises:
        InputError: A change does not fit the file's types.
    """
    import pyarrow.parquet as pq

    changes = _Changes(edited)
    with (
        pq.ParquetFile(source, pre_buffer=False) as file,
        pq.ParquetWriter(out, file.schema_arrow, **_settings(file.metadata)) as writer,
    ):
        for group in range(file.num_row_groups):
            batches = file.iter_batches(_BATCH_ROWS, row_groups=[group], use_threads=False)
            for table in _gathered(_edited(batch, changes, source) for batch in batches):
                writer.write_table(table, row_group_size=table.num_rows)


def write_arrow(edited: Iterable[Edited], sources: Sequence[str], outs: Sequence[BinaryIO]) -> None:
    """Writes Arrow files, each in the stream or the file format, as its source is.

    Args:
        edited: The blocks of all files, one after the other, and what changes in them.
        sources: The files.
        outs: Where to write each.

    Raises:
        InputError: A change does not fit the files' types.
    """
    import pyarrow as pa

    changes = _Changes(edited)
    for source, out in zip(sources, outs, strict=True):
        with pa.OSFile(source) as file:
            reader, new_writer = _arrow_reader(file)
            with new_writer(out, reader.schema) as writer:
                for batch in _arrow_batches(reader):
                    writer.write_batch(_edited(batch, changes, source))


def _arrow_reader(file: pa.NativeFile) -> tuple[Any, Callable[..., Any]]:
    import pyarrow as pa

    try:
        return pa.ipc.open_file(file), pa.ipc.new_file
    except pa.ArrowInvalid:
        file.seek(0)
        return pa.ipc.open_stream(file), pa.ipc.new_stream


def _arrow_batches(reader: Any) -> Iterator[pa.RecordBatch]:
    if hasattr(reader, "num_record_batches"):
        return (reader.get_batch(index) for index in range(reader.num_record_batches))
    return iter(reader)


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches of a row group as one table, or as few as memory allows."""
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    for batch in batches:
        if batch.num_rows:
            held.append(batch)
        if sum(each.nbytes for each in held) > _GATHERED_BYTES:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _edited(batch: pa.RecordBatch, changes: _Changes, source: str) -> pa.RecordBatch:
    rows = changes.of_next(batch.num_rows)
    import pyarrow as pa

    try:
        for name, cells in _by_column(rows).items():
            batch = _with_cells(batch, name, cells)
    except (pa.ArrowException, LookupError, TypeError, ValueError) as error:
        raise InputError(
            f"a change does not fit the type of a column: {error}",
            where=source,
            hint="fix it with another --remedy, or convert the file to JSON Lines",
        ) from error
    dropped = {row for row, operations in rows.items() if is_dropped(operations)}
    if dropped:
        return batch.take(
            pa.array([n for n in range(batch.num_rows) if n not in dropped], pa.int64())
        )
    return batch


def _by_column(
    rows: Mapping[int, Sequence[Operation]],
) -> dict[str, dict[int, list[Operation]]]:
    """The operations of each column, by row."""
    columns: dict[str, dict[int, list[Operation]]] = {}
    for row, operations in rows.items():
        for operation in operations if not is_dropped(operations) else ():
            assert not isinstance(operation, Drop)
            if isinstance(operation, SetMember) and not operation.pointer:
                name = operation.key
            else:
                name = keys_of(operation.pointer)[0]
            columns.setdefault(name, {}).setdefault(row, []).append(operation)
    return columns


def _with_cells(
    batch: pa.RecordBatch, name: str, cells: Mapping[int, Sequence[Operation]]
) -> pa.RecordBatch:
    import pyarrow as pa

    at = batch.schema.get_field_index(name)
    values = batch.column(at).to_pylist()
    for row, operations in cells.items():
        new = apply({name: values[row]}, operations)
        assert isinstance(new, dict)
        values[row] = new[name]
    return batch.set_column(
        at, batch.schema.field(at), pa.array(values, batch.schema.field(at).type)
    )


def _settings(metadata: Any) -> dict[str, Any]:
    """How a Parquet file was written, as far as its own metadata tell."""
    settings: dict[str, Any] = {"version": metadata.format_version}
    if metadata.num_row_groups:
        group = metadata.row_group(0)
        columns = [group.column(index) for index in range(group.num_columns)]
        codecs = {
            column.path_in_schema: _CODECS.get(column.compression, column.compression)
            for column in columns
        }
        settings["compression"] = codecs
    return settings
