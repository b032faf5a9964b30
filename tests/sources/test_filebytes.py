"""Files and streams as bytes, within bounds."""

from __future__ import annotations

import io
import mmap
import os
from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.sources.filebytes import read_file, read_stream


def test_small_file_is_read(tmp_path: Path) -> None:
    """A small file comes as bytes."""
    (tmp_path / "f").write_bytes(b"abc")
    assert read_file(tmp_path / "f") == b"abc"


def test_large_file_is_mapped(tmp_path: Path) -> None:
    """A large file costs no memory."""
    with (tmp_path / "f").open("wb") as stream:
        stream.truncate(20 << 20)
    data = read_file(tmp_path / "f")
    assert isinstance(data, mmap.mmap)
    assert data[:4] == bytes(4)


def test_endless_stream_is_refused() -> None:
    """A stream ends at the limit."""
    assert read_stream(io.BytesIO(b"abc"), 3, "-") == b"abc"
    with pytest.raises(SourceError, match="more than 2B on a stream; try a file instead"):
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
