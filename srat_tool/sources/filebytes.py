"""The bytes of one file or stream, bounded: large files are mapped, endless ones refused."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import BinaryIO

from srat_tool.base.errors import SourceError
from srat_tool.base.units import MIB, format_size
from srat_tool.sources.reader import Buffer

# Below this a copy is cheaper than a mapping, and sysfs files cannot be mapped at all.
_MAP_FROM = 16 * MIB


def read_file(path: Path) -> Buffer:
    """Return a regular file's bytes.

    Raises:
        OSError: as the system gives it; the caller knows how to say it.
    """
    with path.open("rb") as stream:
        size = path.stat().st_size
        if size >= _MAP_FROM:
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        return stream.read()


def read_stream(stream: BinaryIO, limit: int, where: str) -> bytes:
    """Return everything that a pipe or device gives.

    Raises:
        SourceError: when it gives more than `limit` bytes.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceError(
            f"more than {format_size(limit)} on a stream", where=where, hint="a file instead"
        )
    return data
