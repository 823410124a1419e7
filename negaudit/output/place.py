"""Says where a finding stands: for people, and as a path or URI for other tools."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from negaudit.output.inert import inert
from negaudit.records import Finding

__all__ = ["file_uri", "place", "relative_path"]

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_STRAY_SURROGATE = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")


def place(finding: Finding) -> str:
    """`path:line`, or `path[row 12]` where the file has no lines; inert.

    Records that share a line, as in a JSON array without line ends, are told by their rows.
    """
    path, line = inert(finding.path), finding.line
    row = f"[row {finding.row}]" if line is None or line <= finding.row else ""
    return path + ("" if line is None else f":{line}") + row


def relative_path(path: str) -> str | None:
    """A path relative to the current folder, with slashes; None for a file outside it."""
    if _REMOTE.match(path):
        return None
    folder = Path.cwd()
    # normpath and not resolve: a link inside the folder is known by the name it has there.
    full = Path(os.path.normpath(folder / path))
    return full.relative_to(folder).as_posix() if full.is_relative_to(folder) else None


def file_uri(path: str) -> str:
    """A percent-encoded URI reference of a file.

    Returns:
        A relative reference where the file is inside the current folder, a remote address as
        it is, else an absolute `file://` URI.
    """
    if _REMOTE.match(path):
        return _quote(path, safe="/:@?=&#%+~")
    relative = relative_path(path)
    if relative is not None:
        return _quote(relative, safe="/")
    absolute = Path(os.path.normpath(Path.cwd() / path)).as_posix()
    return "file://" + ("" if absolute.startswith("/") else "/") + _quote(absolute, safe="/:")


def _quote(text: str, *, safe: str) -> str:
    # Undecodable bytes of a file name come as U+DC80 to U+DCFF and go back to those bytes.
    return quote(_STRAY_SURROGATE.sub("\ufffd", text).encode("utf-8", "surrogateescape"), safe)
