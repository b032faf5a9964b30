"""The bytes of one file or stream, bounded, whatever happens to it meanwhile.

Nothing is mapped: a mapped file that becomes shorter kills the process that looks at it.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.limits import limits
from srat_tool.base.units import MIB, format_size

# From this size on a file is not read until a part of it is needed.
_LARGE = 16 * MIB


class LargeFile:
    """A file whose slices are read when they are asked for: archives are read part by part.

    Args:
        descriptor: of an open regular file; it is closed when nothing refers to this any more.
        size: bytes, as they were when it was opened.
        path: for messages.
    """

    def __init__(self, descriptor: int, size: int, path: str) -> None:
        self._descriptor, self._size, self._path = descriptor, size, path

    def __del__(self) -> None:
        os.close(self._descriptor)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        """Read a slice.

        Raises:
            SourceError: when the bytes are not there any more, or cannot be read.
        """
        start, stop, _ = part.indices(self._size)
        pieces, at = [], start
        while at < stop:
            try:
                piece = os.pread(self._descriptor, min(stop - at, _LARGE), at)
            except OSError as error:
                raise SourceError(_words(error), where=self._path) from error
            if not piece:
                raise SourceError("became shorter while it was read", where=self._path)
            pieces.append(piece)
            at += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


Buffer = bytes | LargeFile
"""Slices of either are bytes."""


def whole(data: Buffer, limit: int) -> bytes:
    """Return all of a file's bytes.

    Raises:
        BudgetError: when it is a large file of more than `limit` bytes.
        SourceError: when it cannot be read.
    """
    if isinstance(data, bytes):
        return data
    if len(data) > limit:
        raise BudgetError(
            f"file of {format_size(len(data))}, {format_size(limit)} allowed", hint="--max-file"
        )
    return data[:]


def read_file(path: Path) -> Buffer:
    """Return a regular file's bytes, and never wait for them.

    Files of /proc count as regular, and reading some of them (kmsg) waits for what comes next.

    Raises:
        OSError: as the system raises it; the caller writes the message.
        SourceError: when it gives more than it has room for.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    size = os.fstat(descriptor).st_size
    if size >= _LARGE:
        return LargeFile(descriptor, size, str(path))
    with os.fdopen(descriptor, "rb") as stream:
        # None, whatever its declared type, where reading would wait.
        data: bytes | None = stream.read(_LARGE + 1)
        if data is None:
            raise BlockingIOError(errno.EAGAIN, "nothing to read yet, and it is not waited for")
        return data if len(data) <= _LARGE else data + _rest(stream, str(path))


def _rest(stream: BinaryIO, where: str) -> bytes:
    """Return what follows in a file without a size, or one that has grown."""
    return read_stream(stream, max(0, limits().file - _LARGE), where)


def read_stream(stream: BinaryIO, limit: int, where: str) -> bytes:
    """Return everything that a pipe or device gives.

    Raises:
        SourceError: when it gives more than `limit` bytes.
    """
    # None, whatever its declared type, where reading a device would wait.
    data: bytes | None = stream.read(limit + 1)
    if data is None:
        raise SourceError("nothing to read yet, and it is not waited for", where=where)
    if len(data) > limit:
        raise SourceError(
            f"more than {format_size(limit)} on a stream", where=where, hint="--max-file, or a file"
        )
    return data


def read_named(path: str) -> bytes:
    """Return the bytes of a file or stream that the user named; `-` is standard input.

    Raises:
        SourceError: when it cannot be read, or is larger than the bound on files.
    """
    bound = limits().file
    if path == "-":
        return read_stream(sys.stdin.buffer, bound, "standard input")
    try:
        if stat.S_ISREG(Path(path).stat().st_mode):
            return whole(read_file(Path(path)), bound)
        with _open_stream(path) as stream:
            return read_stream(stream, bound, path)
    except BudgetError as error:
        raise BudgetError(error.what, where=path, hint=error.hint) from error
    except OSError as error:
        raise SourceError(_words(error), where=path) from error


def _open_stream(path: str) -> BinaryIO:
    """Open a pipe, which is waited for, or a device, which gives what it has.

    The end of /dev/kmsg is not the end of a file: reading there waits for the next message.
    """
    is_device = stat.S_ISCHR(Path(path).stat().st_mode)
    flags = os.O_RDONLY | (os.O_NONBLOCK if is_device else 0)
    return os.fdopen(os.open(path, flags), "rb")


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
