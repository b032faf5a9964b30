"""Files and streams as bytes, within bounds."""

from __future__ import annotations

import gzip
import io
import os
import threading
import time
import zipfile
from pathlib import Path

import pytest

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.limits import Budget
from srat_tool.sources.detect import gather
from srat_tool.sources.filebytes import LargeFile, read_file, read_named, read_stream, whole
from tests.sources.samples import noise, slit, srat
from tests.sources.test_tar import archive
from tests.sources.test_zipped import zipped


def test_small_file_is_read(tmp_path: Path) -> None:
    """A small file comes as bytes."""
    (tmp_path / "f").write_bytes(b"abc")
    assert read_file(tmp_path / "f") == b"abc"


def _large(path: Path, size: int = 20 << 20, end: bytes = b"") -> Path:
    with path.open("wb") as stream:
        stream.truncate(size)
        stream.seek(size - len(end))
        stream.write(end)
    return path


def test_parts_of_a_large_file_are_read(tmp_path: Path) -> None:
    """Slices are bytes, as those of bytes are, to the end and past it."""
    data = read_file(_large(tmp_path / "f", end=b"end"))
    assert isinstance(data, LargeFile)
    assert data[:4] == bytes(4)
    assert data[-3:] == data[(20 << 20) - 3 : 1 << 40] == b"end"
    assert data[1 << 30 :] == b""
    assert whole(data, 20 << 20)[-4:] == b"\0end"


def test_a_large_file_is_read_whole_within_the_bound(tmp_path: Path) -> None:
    """The message names both sizes and the option."""
    with pytest.raises(BudgetError, match="file of 20M, 10M allowed; try --max-file"):
        whole(read_file(_large(tmp_path / "f")), 10 << 20)


def test_a_file_that_becomes_shorter_is_an_error(tmp_path: Path) -> None:
    """It does not end the process, as that of a mapped file would."""
    data = read_file(_large(tmp_path / "f"))
    (tmp_path / "f").write_bytes(b"")
    with pytest.raises(SourceError, match="became shorter while it was read"):
        whole(data, 1 << 30)


@pytest.mark.parametrize("kind", ["tar", "gzip", "zip", "firmware"])
def test_every_source_survives_a_file_that_becomes_shorter(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not read is refused, with the reason."""
    members = {"SRAT": srat(), "var/log/big": noise(1 << 20) * 20, "z/SLIT": slit()}
    made = {
        "tar": lambda: archive(members),
        "gzip": lambda: gzip.compress(archive(members), 1),
        "zip": lambda: zipped(members, packing=zipfile.ZIP_STORED),
        "firmware": lambda: bytes(17 << 20) + srat(),
    }[kind]()
    file = tmp_path / "f"
    file.write_bytes(made)
    pread, calls = os.pread, iter(range(1 << 20))

    def shrinking(descriptor: int, size: int, at: int) -> bytes:
        if next(calls) == 2:
            os.truncate(file, 1 << 20)
        return pread(descriptor, size, at)

    monkeypatch.setattr(os, "pread", shrinking)
    found = gather([str(file)])
    assert any("became shorter" in refusal.reason for refusal in found.refused)


def test_endless_stream_is_refused() -> None:
    """A stream ends at the limit."""
    assert read_stream(io.BytesIO(b"abc"), 3, "-") == b"abc"
    with pytest.raises(SourceError, match="more than 2B on a stream; try --max-file, or a file"):
        read_stream(io.BytesIO(b"abc"), 2, "-")


def test_reading_never_waits(tmp_path: Path) -> None:
    """What has nothing to give yet is an error, as files of the kernel's log are."""
    os.mkfifo(tmp_path / "f")
    keeper = os.open(tmp_path / "f", os.O_RDWR)
    try:
        with pytest.raises(BlockingIOError, match="nothing to read yet"):
            read_file(tmp_path / "f")
    finally:
        os.close(keeper)


def test_a_pipe_is_read_to_its_end_whatever_its_other_end_made_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Standard input that does not wait is not taken for its first part."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.write(writer, b"one")

    def write() -> None:
        time.sleep(0.1)
        os.write(writer, b"two")
        os.close(writer)

    threading.Thread(target=write).start()
    with open(reader, encoding="utf-8") as stdin:  # noqa: PTH123 - a descriptor
        monkeypatch.setattr("sys.stdin", stdin)
        assert read_named("-") == b"onetwo"


def test_what_is_named_is_read_within_the_bound(tmp_path: Path) -> None:
    """Files, devices that never end, folders, and what is not there."""
    (tmp_path / "f").write_bytes(b"abc")
    assert read_named(str(tmp_path / "f")) == b"abc"
    with Budget(file=1 << 20).in_force():
        with pytest.raises(SourceError, match="/dev/zero: more than 1M on a stream"):
            read_named("/dev/zero")
        with pytest.raises(BudgetError, match="f: file of 20M, 1M allowed"):
            read_named(str(_large(tmp_path / "f")))
    for name, reason in ((tmp_path, "is a directory"), (tmp_path / "x", "no such file")):
        with pytest.raises(SourceError, match=reason):
            read_named(str(name))


def test_the_end_of_a_device_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device gives the messages that it has; the next one is not waited for."""
    reader, writer = os.pipe()
    os.write(writer, b"6,1,0,-;one\n")
    opened: list[int] = []

    def opens(path: str, flags: int) -> int:
        opened.append(flags)
        os.set_blocking(reader, not flags & os.O_NONBLOCK)
        return os.dup(reader)

    monkeypatch.setattr(os, "open", opens)
    assert read_named("/dev/null") == b"6,1,0,-;one\n"
    with pytest.raises(SourceError, match="nothing to read yet"):
        read_named("/dev/null")
    assert len(opened) == 2
    os.close(reader)
    os.close(writer)
