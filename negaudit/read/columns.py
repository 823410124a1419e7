"""Parquet and Arrow files, batch by batch; needs pyarrow (the extra "parquet")."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from negaudit.errors import InputError
from negaudit.read.pack import Item

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["arrow_items", "json_item", "parquet_items", "saved_dataset_files"]

BATCH_ROWS = 256
SLICE_BYTES = 1 << 20
STATE = "state.json"


def parquet_items(path: str) -> Iterator[Item]:
    """Reads the rows of a Parquet file as JSON objects.

    Args:
        path: A file on disk.

    Raises:
        InputError: pyarrow is missing, or the file is damaged.
    """
    _require_pyarrow(path)
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Without these settings whole row groups are held, whatever their size.
        with pq.ParquetFile(path, buffer_size=SLICE_BYTES, pre_buffer=False) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                yield from _batch_items(batch)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, "Parquet", error) from error


def arrow_items(path: str) -> Iterator[Item]:
    """Reads the rows of an Arrow file, in the stream or the file format, as JSON objects.

    Args:
        path: A file on disk.

    Raises:
        InputError: pyarrow is missing, or the file is damaged.
    """
    _require_pyarrow(path)
    import pyarrow as pa

    try:
        with pa.OSFile(path) as source:
            for batch in _arrow_batches(source):
                yield from _batch_items(batch)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, "Arrow", error) from error


def saved_dataset_files(folder: str) -> list[str]:
    """Lists the Arrow files of a folder that `Dataset.save_to_disk` wrote, in their order.

    Raises:
        InputError: The folder's state.json is missing or says something else.
    """
    state = Path(folder) / STATE
    try:
        files = msgspec.json.decode(state.read_bytes())["_data_files"]
        return [str(Path(folder) / Path(file["filename"]).name) for file in files]
    except (OSError, msgspec.MsgspecError, KeyError, TypeError) as error:
        raise InputError(
            "this says nothing of the data set's files",
            where=str(state),
            hint="save the data set again with save_to_disk, or name its .arrow files",
        ) from error


def json_item(row: dict[str, Any]) -> Item:
    """Writes one row of a table as JSON; bytes become base64, what JSON lacks its text."""
    return Item(None, msgspec.json.encode(row, enc_hook=str))


def _require_pyarrow(path: str) -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise InputError(
            "Parquet and Arrow are read with pyarrow, which is not installed",
            where=path,
            hint="pip install 'negaudit[parquet]'",
        ) from error


def _damaged(path: str, kind: str, error: Exception) -> InputError:
    why = str(error).splitlines()[0] if str(error) else type(error).__name__
    return InputError(
        f"the {kind} file cannot be read ({why}); only the records before that place were read",
        where=path,
        hint="fetch or write the file again",
    )


def _arrow_batches(source: pa.NativeFile) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    try:
        reader = pa.ipc.open_file(source)
    except pa.ArrowInvalid:
        source.seek(0)
        yield from pa.ipc.open_stream(source)
        return
    for index in range(reader.num_record_batches):
        yield reader.get_batch(index)


def _batch_items(batch: pa.RecordBatch) -> Iterator[Item]:
    """Turns a batch into rows by slices, since Python's objects are larger than Arrow's."""
    per_row = max(1, batch.nbytes // max(1, batch.num_rows))
    size = max(1, min(BATCH_ROWS, SLICE_BYTES // per_row))
    for start in range(0, batch.num_rows, size):
        yield from _slice_items(batch.slice(start, size))


def _slice_items(rows: pa.RecordBatch) -> Iterator[Item]:
    try:
        items = [json_item(row) for row in rows.to_pylist()]
    except (ValueError, OverflowError, TypeError) as error:
        if rows.num_rows == 1:
            yield Item(None, None, f"the row holds what cannot be read ({error})")
            return
        for index in range(rows.num_rows):
            yield from _slice_items(rows.slice(index, 1))
        return
    yield from items
