from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
import threading

import pytest
import zstandard

from negaudit.errors import InputError
from negaudit.read.bytestream import chunks
from negaudit.read.pieces import peek

from .reading import write

TEXT = b"".join(
    b'{"text": "record %d %s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(5000)
)
ARCHIVES = {
    "gzip": gzip.compress,
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def whole(path) -> bytes:
    return b"".join(chunks(str(path)))


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_told_by_its_content(tmp_path, name):
    assert whole(write(tmp_path, "data.jsonl", ARCHIVES[name](TEXT))) == TEXT


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_one_after_the_other_are_one_file(tmp_path, name):
    compress = ARCHIVES[name]
    joined = compress(TEXT[:1000]) + compress(b"") + compress(TEXT[1000:])
    assert whole(write(tmp_path, "data.gz", joined)) == TEXT


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_truncated_archive_gives_what_it_has_and_then_fails(tmp_path, name):
    archive = ARCHIVES[name](TEXT)
    path = write(tmp_path, "data.jsonl.gz", archive[: len(archive) - 40])
    got = []
    with pytest.raises(InputError, match=f"{name} archive is damaged or cut off"):
        got.extend(chunks(str(path)))
    assert TEXT.startswith(b"".join(got))


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_truncated_archive_gives_most_of_its_records(tmp_path, name):
    data = os.urandom(3 << 20).hex().encode()
    archive = ARCHIVES[name](data)
    got = []
    with pytest.raises(InputError):
        got.extend(chunks(str(write(tmp_path, "d.gz", archive[:-40]))))
    assert sum(map(len, got)) > len(data) * 0.9


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_damaged_archive_is_an_error(tmp_path, name):
    archive = bytearray(ARCHIVES[name](TEXT))
    archive[len(archive) // 2 : len(archive) // 2 + 50] = b"\xa5" * 50
    with pytest.raises(InputError, match="damaged"):
        whole(write(tmp_path, "data.gz", bytes(archive)))


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_frames_of_zstd_that_hold_no_data_are_skipped(tmp_path, order):
    parts = [b"\x5e\x2a\x4d\x18\x04\0\0\0skip", ARCHIVES["zstd"](TEXT)]
    assert whole(write(tmp_path, "data.zst", b"".join(parts[order]))) == TEXT


def test_bytes_after_an_archive_are_an_error(tmp_path):
    path = write(tmp_path, "data.gz", gzip.compress(TEXT) + b"and more")
    with pytest.raises(InputError, match="other bytes follow"):
        whole(path)


def test_zeros_that_pad_an_archive_are_no_error(tmp_path):
    assert whole(write(tmp_path, "data.gz", gzip.compress(TEXT) + bytes(512))) == TEXT


def test_a_name_that_promises_an_archive_does_no_harm(tmp_path):
    assert whole(write(tmp_path, "data.jsonl.gz", TEXT)) == TEXT


def test_a_utf8_byte_order_mark_is_stripped(tmp_path):
    assert whole(write(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + TEXT)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_utf16_and_utf32_become_utf8(tmp_path, encoding):
    text = '{"text": "naïve 😀"}\n' * 3
    assert whole(write(tmp_path, "a.jsonl", text.encode(encoding))) == text.encode()


def test_half_a_pair_in_utf16_reaches_its_line(tmp_path):
    data = '{"text": "a"}\n'.encode("utf-16") + b"\x3d\xd8" + "x\n".encode("utf-16-le")
    assert whole(write(tmp_path, "a.jsonl", data)) == b'{"text": "a"}\n\xed\xa0\xbdx\n'


def test_utf16_that_is_cut_off_is_an_error(tmp_path):
    with pytest.raises(InputError, match="UTF-16-LE text is damaged"):
        whole(write(tmp_path, "a.jsonl", '{"text": "a"}'.encode("utf-16")[:-1]))


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT))))
    assert whole("-") == TEXT


def test_a_named_pipe_is_read_to_its_end(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT,))
    writer.start()
    assert whole(pipe) == TEXT
    writer.join()


def test_a_device_is_refused():
    with pytest.raises(InputError, match="a device"):
        whole("/dev/zero")


@pytest.fixture
def unprivileged():
    """Gives up root's right to read everything, where the tests run as root."""
    user = os.geteuid()
    os.seteuid(65534 if user == 0 else user)
    yield
    os.seteuid(user)


@pytest.fixture
def locked(tmp_path):
    path = write(tmp_path, "a.jsonl", TEXT)
    path.chmod(0)
    return path


def test_a_file_without_permission_is_an_error_that_names_it(locked, unprivileged):
    with pytest.raises(InputError, match="no permission") as caught:
        whole(locked)
    assert caught.value.where == str(locked)
    assert "chmod" in caught.value.hint


def test_an_error_met_while_peeking_is_raised_behind_what_was_read():
    def stream():
        yield b"abc"
        raise InputError("broken")

    head, rest = peek(stream(), 10)
    assert head == b"abc"
    assert next(rest) == b"abc"
    with pytest.raises(InputError, match="broken"):
        next(rest)
