"""The bytes of one file or stream, bounded: large files are mapped, endless ones refused."""

from __future__ import annotations

import errno
import mmap
import os
from pathlib import Path
from typing import BinaryIO

from srat_tool.base.errors import SourceError
from srat_tool.base.units import MIB, format_size
from srat_tool.sources.reader import Buffer

# Below this a copy is cheaper than a mapping, and sysfs files cannot be mapped at all.
_MAP_FROM = 16 * MIB


def read_file(path: Path) -> Buffer:
    """Return a regular file's bytes, and never wait for them.

    Files of /proc count as regular, and reading some of them (kmsg) waits for what comes next.

    Raises:
        OSError: as the system gives it; the caller knows how to say it.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
        if os.fstat(stream.fileno()).st_size >= _MAP_FROM:
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        # None, whatever its type says, where reading would wait.
        data: bytes | None = stream.read()
    if data is None:
        raise BlockingIOError(errno.EAGAIN, "nothing to read yet, and it is not waited for")
    return data


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
