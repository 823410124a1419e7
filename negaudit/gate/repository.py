"""Asks git what a repository held at a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO

from negaudit.errors import InputError, UsageError

__all__ = ["Repository"]

# A hook of git runs with these set for the repository of the hook, relative to its folder.
_OF_THE_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_NO_REPOSITORY = "not a git repository"
_SUBMODULE = "160000"  # the mode of its entry in a tree
_FILTERS = ("filter", "ident", "working-tree-encoding")  # attributes
_PIPE = 1 << 20  # bytes; as many as Linux allows to everybody


class Repository:
    """A git repository, as it was where a branch left a revision.

    Compared is with the merge base of the revision and HEAD, as a pull request shows it: what
    others have changed since is no change of this branch. Of a submodule that the command does
    not run in, it is with the commit that the repository around it records there.

    Args:
        folder: A folder inside of it.
        revision: What the user named: a branch, a tag, a commit.

    Attributes:
        root: Its top folder, without links.

    Raises:
        UsageError: There is no git, no repository, or no such revision.
    """

    def __init__(self, folder: Path, revision: str) -> None:
        self.root = folder
        try:
            self.root = Path(self._asked("rev-parse", "--show-toplevel")).resolve()
        except InputError as error:
            raise _no_repository(folder, error) from error
        self._revision = revision
        self._base = self._recorded() or self._merge_base(revision)

    @cached_property
    def files(self) -> frozenset[str]:
        """The files at the base, by their paths below `root`."""
        return frozenset(self._listed("ls-tree", "-r", "-z", "--name-only", self._base))

    @cached_property
    def changed(self) -> dict[str, str | None]:
        """What the base has for each path below `root` that differs: its path there, or None."""
        fields = iter(self._listed("diff", "--name-status", "-z", "-M", self._base, "--"))
        found: dict[str, str | None] = {}
        for status in fields:
            old = next(fields)
            new = next(fields) if status[0] in "RC" else old
            found[new] = old if old in self.files else None
        return found

    def save(self, path: str, target: IO[bytes]) -> None:
        """Writes a file as it was at the base, through git's filters (Git LFS, line ends).

        Raises:
            InputError: Git cannot produce it.
        """
        self._run("cat-file", "--filters", f"{self._base}:{path}", stdout=target)

    @contextmanager
    def opened(self, path: str, *, line_ends: bool) -> Iterator[int]:
        """What `save` writes, as a pipe that git still writes to while it is read.

        Args:
            path: A file at the base.
            line_ends: Whether they must be those of the working tree.

        Yields:
            Its file descriptor.

        Raises:
            InputError: Git cannot produce it, or not to its end; raised last.
        """
        # Git unpacks all of a file before it filters it, and else hands on what it has unpacked.
        kind = "--filters" if line_ends or self._is_filtered(path) else "blob"
        arguments = ("cat-file", kind, f"{self._base}:{path}")
        with subprocess.Popen(
            ["git", *arguments],
            cwd=self.root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pipesize=_PIPE,
        ) as git:
            assert git.stdout is not None
            yield git.stdout.fileno()
            _, problem = git.communicate()
            if git.returncode:
                raise self._failed(arguments[0], problem, git.returncode)

    def size(self, path: str) -> int:
        """Bytes that git keeps of a file at the base; of one in Git LFS, those of its pointer."""
        return int(self._asked("cat-file", "-s", f"{self._base}:{path}"))

    def _is_filtered(self, path: str) -> bool:
        """Whether a file in the working tree differs by more than line ends from what git keeps."""
        told = self._listed("check-attr", "-z", *_FILTERS, "--", path)
        return not {"unspecified", "unset"}.issuperset(told[2::3])

    def not_fetched(self, path: str) -> InputError:
        """What is wrong where `save` gave a Git LFS pointer."""
        problem = f"at {self._revision} this is a Git LFS pointer whose data is not here"
        hint = f"git lfs install; git lfs fetch origin {self._base}"
        return InputError(problem, where=str(self.root / path), hint=hint)

    def _recorded(self) -> str | None:
        """The commit of a submodule, seen from outside; None where the revision is its own."""
        above = self._asked("rev-parse", "--show-superproject-working-tree")
        if not above or Path.cwd().is_relative_to(self.root):
            return None
        outer = Repository(Path(above), self._revision)
        path = self.root.relative_to(outer.root).as_posix()
        kind, _, commit = outer._asked("ls-tree", outer._base, "--", path).partition(" commit ")
        return commit.split("\t")[0] if kind == _SUBMODULE else self._nothing()

    def _nothing(self) -> str:
        """The empty tree, which every repository knows."""
        return self._asked("hash-object", "-t", "tree", "--stdin")

    def _merge_base(self, revision: str) -> str:
        commit = f"{revision}^{{commit}}"
        if not revision or revision.startswith("-"):
            raise self._unknown(f"{revision!r} names no revision")
        try:
            named = self._asked("rev-parse", "--verify", "--quiet", commit)
        except InputError as error:
            if revision == "HEAD":  # before the first commit
                return self._nothing()
            raise self._unknown(f"git knows no revision {revision!r}") from error
        try:
            return self._asked("merge-base", named, "HEAD")
        except InputError as error:
            raise self._unknown(f"HEAD and {revision!r} have no commit in common") from error

    def _unknown(self, problem: str) -> UsageError:
        hint = "name a branch, a tag or a commit; `git fetch origin` brings those of the remote"
        if self._asked("rev-parse", "--is-shallow-repository") == "true":
            problem += "; the clone is shallow"
            hint = "git fetch --unshallow, or fetch-depth: 0 for actions/checkout"
        return UsageError(problem, where=f"--changed-since, {self.root}", hint=hint)

    def _asked(self, *arguments: str) -> str:
        return os.fsdecode(self._run(*arguments)).strip("\n")

    def _listed(self, *arguments: str) -> list[str]:
        return os.fsdecode(self._run(*arguments)).split("\0")[:-1]

    def _run(self, *arguments: str, stdout: IO[bytes] | int = subprocess.PIPE) -> bytes:
        try:
            done = subprocess.run(
                ["git", *arguments],
                cwd=self.root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.PIPE,
                check=False,
            )
        except FileNotFoundError as error:
            hint = "install git, or leave --changed-since out"
            raise UsageError("--changed-since needs git", hint=hint) from error
        if done.returncode:
            raise self._failed(arguments[0], done.stderr, done.returncode)
        return done.stdout or b""

    def _failed(self, command: str, problem: bytes, code: int) -> InputError:
        told = problem.decode("utf-8", "replace").strip() or code
        return InputError(f"git {command} failed: {told}", where=str(self.root))


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in _OF_THE_HOOK}
    return {**kept, "LC_ALL": "C"}


def _no_repository(folder: Path, error: InputError) -> UsageError:
    if _NO_REPOSITORY in error.message:
        problem = "--changed-since compares within a git repository, and this is in none"
        return UsageError(problem, where=str(folder), hint="leave it out, or commit the data")
    return UsageError(error.message, where=str(folder), hint="make git work in this folder")
