"""Data in Git LFS, through a filter that keeps objects as git-lfs does, in a folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from negaudit.errors import InputError

from .conftest import Repo, changed

CLEAN = """#!/bin/sh
cat > "$1/new"
oid=$(sha256sum < "$1/new" | cut -d ' ' -f 1)
size=$(wc -c < "$1/new" | tr -d ' ')
mv "$1/new" "$1/$oid"
printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize %s\\n' "$oid" "$size"
"""
# Like git-lfs with GIT_LFS_SKIP_SMUDGE, it hands the pointer on where the object is not there.
SMUDGE = """#!/bin/sh
pointer=$(cat)
oid=$(printf '%s' "$pointer" | sed -n 's/^oid sha256://p')
if [ -e "$1/$oid" ]; then cat "$1/$oid"; else printf '%s\\n' "$pointer"; fi
"""


@pytest.fixture
def objects(repo: Repo, tmp_path: Path) -> Path:
    """Where the objects of a repository lie whose JSON Lines are in LFS."""
    folder = tmp_path / "objects"
    folder.mkdir()
    for name, script in (("clean", CLEAN), ("smudge", SMUDGE)):
        path = tmp_path / name
        path.write_text(script)
        path.chmod(0o755)
        repo.git("config", f"filter.lfs.{name}", f"'{path}' '{folder}'")
    repo.write(".gitattributes", "*.jsonl filter=lfs diff=lfs merge=lfs -text\n")
    return folder


@pytest.mark.usefixtures("objects")
def test_the_data_and_not_its_pointers_are_compared(repo: Repo) -> None:
    repo.records("data.jsonl", "abc")
    repo.commit()
    assert repo.git("show", "HEAD:data.jsonl").startswith("version https://git-lfs")
    path = repo.records("data.jsonl", "aBc")
    assert changed(path) == [(1, 2, {"text": "B"})]
    repo.commit()
    assert changed(path, "HEAD~1") == [(1, 2, {"text": "B"})]


def test_an_old_version_that_was_not_fetched_is_an_error_and_never_a_pass(
    repo: Repo, objects: Path
) -> None:
    path = repo.records("data.jsonl", "abc")
    old = Path(path).read_bytes()
    base = repo.commit()
    repo.records("data.jsonl", "abcd")
    (objects / hashlib.sha256(old).hexdigest()).unlink()
    with pytest.raises(InputError, match="at HEAD this is a Git LFS pointer") as caught:
        changed(path)
    assert f"git lfs fetch origin {base}" in caught.value.hint
