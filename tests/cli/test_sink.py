from __future__ import annotations

import os
from pathlib import Path

import pytest

from negaudit.cli.sink import open_sink
from negaudit.errors import UsageError


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with open_sink(str(path)) as out:
        out.write("ä\n")
        assert not path.exists()
    assert path.read_bytes() == "ä\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_keeps_pointing_to_what_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    link.symlink_to(target)
    with open_sink(str(link)) as out:
        out.write("x")
    assert link.is_symlink()
    assert target.read_text() == "x"


def test_a_device_is_written_to_and_never_replaced() -> None:
    with open_sink(os.devnull) as out:
        out.write("x")
    assert not Path(os.devnull).is_file()


def test_a_file_keeps_the_permissions_of_the_user(tmp_path: Path) -> None:
    previous = os.umask(0o022)
    try:
        with open_sink(str(tmp_path / "out.txt")) as out:
            out.write("x")
    finally:
        os.umask(previous)
    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == 0o644


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="cannot be written: No such file or directory") as caught,
        open_sink(str(tmp_path / "none" / "out.txt")),
    ):
        pass
    assert caught.value.where == str(tmp_path / "none" / "out.txt")


def test_lone_surrogates_do_not_stop_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with open_sink(None) as out:
        out.write("\udcff\n")
    assert capfdbinary.readouterr().out == b"\\udcff\n"
