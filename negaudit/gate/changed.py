"""Picks the records of data that differ from what a git repository held at a revision.

Records are compared by their text, not by their line: one that was moved, or whose file was
renamed, is no change, and a further copy of one is. That is the same for every format, also
for those in which git sees no lines (Parquet, archives).
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from negaudit.errors import InputError, UsageError
from negaudit.gate.repository import Repository
from negaudit.read import Format, Source, blocks, discover
from negaudit.read.lines import until_error
from negaudit.records import Block

__all__ = ["Changes"]

_BLANK = hash(b"")
# Large files are read while git still writes them, so that both work at once. Columns are read
# by seeking, and a Git LFS pointer is small.
_PIPED = frozenset({Format.JSON_LINES, Format.JSON, Format.CSV, Format.TSV})
_PIPED_FROM = 1 << 20
_MOST_HELD = 32 << 20  # bytes that wait for the rest of the earlier version
_PIPES = Path("/dev/fd")
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


class Changes:
    """Finds the changed records of sources; each file is compared in its own repository.

    Files that git does not track, and those that it ignores, count as changed altogether.

    Args:
        revision: What to compare with, see `Repository`.
    """

    def __init__(self, revision: str) -> None:
        self._revision = revision
        self._repositories: dict[Path, Repository] = {}

    def __call__(self, source: Source) -> ChangedRecords:
        """The changed records of a source; nothing is read yet.

        Raises:
            UsageError: The source is no file of a git repository, or the revision is unknown.
        """
        if source.format is Format.HUB or source.path == "-":
            hint = "name files of a git repository, or leave --changed-since out"
            problem = "--changed-since compares files, and this is none"
            raise UsageError(problem, where=source.path, hint=hint)
        path = Path(source.path).resolve()
        if source.fault or not path.exists():
            return ChangedRecords(source, _nothing)
        repository = self._repository(path if path.is_dir() else path.parent)
        below = path.relative_to(repository.root).as_posix()
        if path.is_dir():
            return ChangedRecords(source, _folder_before(repository, below))
        if below not in repository.changed:
            return ChangedRecords(source, None if below in repository.files else _nothing)
        old = repository.changed[below]
        before = _nothing if old is None else partial(_file_before, repository, old, below, source)
        return ChangedRecords(source, before)

    def _repository(self, folder: Path) -> Repository:
        if folder not in self._repositories:
            made = Repository(folder, self._revision)
            same = (known for known in self._repositories.values() if known.root == made.root)
            self._repositories[folder] = next(same, made)
        return self._repositories[folder]


class ChangedRecords:
    """The records of a source that its earlier version lacks.

    Args:
        source: The source as it is now.
        before: Reads the blocks of its earlier version; None where nothing has changed.

    Attributes:
        rows: The rows of those records.
        size: Bytes of JSON text of the whole source.
    """

    def __init__(self, source: Source, before: Callable[[], Iterator[Block]] | None) -> None:
        self._source = source
        self._before = before
        self.rows: set[int] = set()
        self.size = 0

    def read(self) -> Iterator[Block]:
        """Reads both versions and yields the changed records, adjoining ones as one block.

        What cannot be read of the earlier version counts as not there.

        Raises:
            InputError: The source cannot be read, or git cannot produce its earlier version.
        """
        self.rows.clear()
        self.size = 0
        if self._before is None:
            return
        for part in self._parts(self._before()):
            self.rows.update(_rows(part))
            yield part

    def _parts(self, before: Iterator[Block]) -> Iterator[Block]:
        """What is new, compared while git unpacks the earlier version, block by block."""
        known: Counter[int] = Counter()
        held: list[Block] = []
        held_bytes = 0
        errors: list[InputError] = []
        for block in until_error(blocks(self._source), errors):
            self.size += len(block.data)
            _learn(known, islice(before, 1))
            for part in _unknown(block, known):
                held.append(part)
                held_bytes += len(part.data)
            if held_bytes > _MOST_HELD:
                yield from _unknown_of(held, known, before)
                held, held_bytes = [], 0
        yield from _unknown_of(held, known, before)
        if errors:
            raise errors[0]


def _learn(known: Counter[int], before: Iterable[Block]) -> None:
    for block in before:
        known.update(map(_key, _lines(block)))


def _unknown_of(held: list[Block], known: Counter[int], before: Iterator[Block]) -> Iterator[Block]:
    """What is unknown of some blocks when the earlier version is read to its end."""
    _learn(known, before)
    for block in held:
        yield from _unknown(block, known)


def _nothing() -> Iterator[Block]:
    return iter(())


def _file_before(repository: Repository, old: str, new: str, source: Source) -> Iterator[Block]:
    if (
        old == new
        and source.format in _PIPED
        and _PIPES.is_dir()
        and repository.size(old) >= _PIPED_FROM
    ):
        return _piped(repository, old, source.format)
    return _earlier(repository, old, [old])


def _piped(repository: Repository, path: str, kind: Format) -> Iterator[Block]:
    # What surrounds a line of JSON Lines is not compared; elsewhere a record may hold line ends.
    line_ends = kind is not Format.JSON_LINES
    with repository.opened(path, line_ends=line_ends) as pipe, suppress(InputError):
        yield from blocks(Source(str(_PIPES / str(pipe)), kind))


def _folder_before(repository: Repository, below: str) -> Callable[[], Iterator[Block]] | None:
    """Reads a saved data set, whose files belong together, as it was."""
    inside = f"{below}/"
    files = [file for file in sorted(repository.files) if file.startswith(inside)]
    if files and not any(file.startswith(inside) for file in repository.changed):
        return None
    return partial(_earlier, repository, below, files)


def _earlier(repository: Repository, top: str, files: Iterable[str]) -> Iterator[Block]:
    """The blocks of an earlier file, or of an earlier folder with some files."""
    parent = PurePosixPath(top).parent
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            target = Path(folder, PurePosixPath(file).relative_to(parent))
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w+b") as stream:
                repository.save(file, stream)
                stream.seek(0)
                if stream.read(len(_LFS_POINTER)) == _LFS_POINTER:
                    raise repository.not_fetched(file)
        with suppress(InputError):
            for source in discover([str(Path(folder, PurePosixPath(top).name))]):
                yield from blocks(source)


def _lines(block: Block) -> Iterable[bytes]:
    """A block's lines, or what it says of a record that it lacks."""
    if not block.data:
        return [problem.message.encode() for problem in block.problems]
    return BytesIO(block.data)


def _key(line: bytes) -> int:
    return hash(line.strip())


def _unknown(block: Block, known: Counter[int]) -> Iterator[Block]:
    """Runs of a block's records that are not among the known ones, which are used up."""
    if not block.data:
        if not all(map(known.get, map(_key, _lines(block)))):
            yield block
        return
    row, run = block.first_row, list[bytes]()
    # A blank last line, which is no record, ends the last run.
    for number, line in enumerate(chain(_lines(block), [b""])):
        key = _key(line)
        if key != _BLANK and not known.get(key):
            run.append(line.rstrip(b"\n"))
        else:
            known[key] -= 1
            if run:
                yield _part(block, run, row, number)
                run = []
        row += key != _BLANK


def _part(block: Block, run: list[bytes], row: int, number: int) -> Block:
    """A run of a block's records that ends before a row and before a line of the block."""
    first = row - len(run)
    offset = first - block.first_row
    return Block(
        path=block.path,
        data=b"\n".join(run),
        first_row=first,
        first_line=None if block.first_line is None else block.first_line + number - len(run),
        lines=None if block.lines is None else block.lines[offset : offset + len(run)],
        problems=tuple(problem for problem in block.problems if first <= problem.row < row),
    )


def _rows(part: Block) -> range:
    return range(part.first_row, part.first_row + part.data.count(b"\n") + 1)
