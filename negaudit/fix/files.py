"""Writes a source of records again, with some of them changed or left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, Literal

import msgspec

from negaudit.fix.apply import place
from negaudit.fix.column_files import write_arrow, write_parquet
from negaudit.fix.edited import Edited, is_dropped, records_of
from negaudit.fix.encode import compression_for, packed, write_text
from negaudit.fix.record import Operation, SetMember
from negaudit.fix.splice import splice
from negaudit.fix.staged import opened
from negaudit.fix.table_files import edited_table
from negaudit.fix.text_files import edited_document, edited_lines
from negaudit.read import Format, Source
from negaudit.read.archive import decompressed
from negaudit.read.bytestream import chunks, encoding_of
from negaudit.read.columns import saved_dataset_files
from negaudit.read.pieces import peek
from negaudit.read.sniff import Layout, columnar, layout

__all__ = ["Kind", "kind_of", "misfit", "write_source", "write_to"]

Kind = Literal["lines", "document", "table", "parquet", "arrow", "dataset", "hub"]

_TABLES: Final = (Format.CSV, Format.TSV)
_TYPED: Final = ("parquet", "arrow", "dataset")


def kind_of(source: Source) -> Kind:
    """How a source holds its records, told as `negaudit.read.blocks` tells it.

    Raises:
        InputError: The source cannot be read.
    """
    if source.format is Format.HUB:
        return "hub"
    if source.format is Format.SAVED_DATASET:
        return "dataset"
    head, _ = peek(chunks(source.path))
    if found := columnar(head):
        return "parquet" if found == "Parquet" else "arrow"
    if source.format in _TABLES:
        return "table"
    by_name = source.format is Format.JSON_LINES
    unknown = source.format is Format.UNKNOWN
    kinds: dict[Layout, Kind] = {
        Layout.LINES: "lines",
        Layout.DOCUMENT: "document",
        Layout.TABLE: "table",
    }
    return kinds[layout(head, lines_by_name=by_name, table_possible=unknown)]


def misfit(kind: Kind, value: object, operations: Sequence[Operation]) -> str:
    """Why a source of this kind cannot hold the operations, or ""."""
    for operation in operations:
        if not isinstance(operation, SetMember):
            continue
        column = kind == "table" and not operation.pointer
        if not column and kind not in _TYPED:
            continue
        known = place(value, operation.pointer)
        if not isinstance(known, dict) or operation.key not in known:
            return f"the file's columns have no place for {operation.key!r}"
        if column and not isinstance(operation.value, str):
            return f"the column {operation.key!r} holds text"
    return ""


def write_to(source: Source, edited: Iterable[Edited], out: BinaryIO, compression: str) -> None:
    """Writes a source that is one file.

    Args:
        source: The source.
        edited: Its blocks and what changes in them; taken to its end.
        out: Where to write.
        compression: As `compression_for` names it; only text is compressed.

    Raises:
        InputError: The source cannot be read, or a change does not fit its types.
    """
    kind = kind_of(source)
    if kind == "parquet":
        write_parquet(edited, source.path, out)
    elif kind == "arrow":
        write_arrow(edited, [source.path], [out])
    else:
        with packed(out, compression) as stream:
            if kind == "hub":
                stream.writelines(_json_lines(edited))
            else:
                with Path(source.path).open("rb") as file:
                    head, _ = peek(
                        decompressed(source.path, iter(lambda: file.read(1 << 16), b"")), 4
                    )
                write_text(_text(kind, source, edited), stream, encoding_of(head))


def write_source(source: Source, edited: Iterable[Edited], out: Path) -> None:
    """Writes a source to a new file, or to a new folder where it is a saved data set.

    Raises:
        InputError: The source cannot be read, or a change does not fit its types.
        NegauditError: The disk does not take it.
    """
    if source.format is Format.SAVED_DATASET:
        _write_dataset(source, edited, out)
        return
    with opened(out) as file:
        write_to(source, edited, file, compression_for(str(out), source.path))


def _text(kind: Kind, source: Source, edited: Iterable[Edited]) -> Iterator[bytes]:
    text = chunks(source.path)
    if kind == "lines":
        return edited_lines(edited, text)
    if kind == "document":
        return edited_document(edited, text)
    return edited_table(edited, text, delimiter="\t" if source.format is Format.TSV else None)


def _json_lines(edited: Iterable[Edited]) -> Iterator[bytes]:
    for block, rows in edited:
        for row, _, data in records_of(block):
            if not is_dropped(operations := rows.get(row, ())):
                yield (splice(data, operations) or b"") + b"\n"


def _write_dataset(source: Source, edited: Iterable[Edited], folder: Path) -> None:
    """Writes a data set as `Dataset.save_to_disk` lays it out; its fingerprint is a new one."""
    folder.mkdir(parents=True)
    sources = saved_dataset_files(source.path)
    with ExitStack() as stack:
        outs = [stack.enter_context(opened(folder / Path(path).name)) for path in sources]
        write_arrow(edited, sources, outs)
    shutil.copy(Path(source.path) / "dataset_info.json", folder)
    state = msgspec.json.decode((Path(source.path) / "state.json").read_bytes())
    digest = sha256()
    for path in sources:
        digest.update((folder / Path(path).name).read_bytes())
    state["_fingerprint"] = digest.hexdigest()[:16]
    (folder / "state.json").write_bytes(msgspec.json.format(msgspec.json.encode(state)))
