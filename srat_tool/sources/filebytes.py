"""The bytes of one file or stream, bounded, whatever happens to it meanwhile.

Nothing is mapped: a mapped file that becomes shorter kills the process that looks at it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from pathlib import Path
from typing import BinaryIO

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.limits import limits
from srat_tool.base.units import MIB, format_size

# From this size on a file is not read until a part of it is needed.
_LARGE = 16 * MIB
WRITER_SECONDS = 4.0
"""How long a named pipe is given until a process opens it for writing."""
_GLANCE = 0.02


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


def read_stdin(limit: int) -> bytes:
    """Return what standard input gives to its end.

    Raises:
        SourceError: when that is more than `limit` bytes.
    """
    with contextlib.suppress(OSError, ValueError):  # no descriptor: the caller's own object
        if not stat.S_ISCHR(os.fstat(sys.stdin.fileno()).st_mode):
            # Its other end may have made it one that is not waited for: half of it would be read.
            os.set_blocking(sys.stdin.fileno(), True)
    return read_stream(sys.stdin.buffer, limit, "standard input")


def read_special(path: str, limit: int) -> bytes:
    """Return everything that a pipe or device gives that has a path.

    A pipe is waited for as long as it has a writer; a device gives what it has: the end of
    /dev/kmsg is not the end of a file, reading there waits for the next message.

    Raises:
        OSError: as the system gives it.
        SourceError: when no process opens a pipe for writing, or there are more than `limit` bytes.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as stream:
        begin = b""
        if stat.S_ISFIFO(Path(path).stat().st_mode):
            begin = _begin_of_pipe(descriptor, path)
            os.set_blocking(descriptor, True)
        return begin + read_stream(stream, max(0, limit - len(begin)), path)


def _begin_of_pipe(descriptor: int, path: str) -> bytes:
    """Return the first bytes of a pipe, or none once it has a writer, or is at its end."""
    import select  # noqa: PLC0415 - few inputs are pipes

    pipe = select.poll()
    pipe.register(descriptor, select.POLLIN)
    end = time.monotonic() + WRITER_SECONDS
    while time.monotonic() < end:
        try:
            begin = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return b""  # a writer that has written nothing yet
        if begin or pipe.poll(0) or not _has_name(descriptor):
            return begin
        time.sleep(_GLANCE)
    raise SourceError(
        f"a pipe that no process has opened for writing within {WRITER_SECONDS:g} s",
        where=path,
        hint="starting its writer first",
    )


def _has_name(pipe: int) -> bool:
    """Return whether a pipe is in a folder, so that a writer can still come to it."""
    ours = os.pipe()
    try:
        return os.fstat(pipe).st_dev != os.fstat(ours[0]).st_dev
    finally:
        for end in ours:
            os.close(end)


def check_named(path: str) -> None:
    """Refuse an empty name, which the system takes for the current folder in some places.

    Raises:
        SourceError: when it is empty.
    """
    if not path:
        raise SourceError(
            "an empty name, as from an unset variable of a script",
            where="input",
            expected="a file, a folder or -",
        )


def read_named(path: str) -> bytes:
    """Return the bytes of a file or stream that the user named; `-` is standard input.

    Raises:
        SourceError: when it cannot be read, or is larger than the bound on files.
    """
    check_named(path)
    bound = limits().file
    if path == "-":
        return read_stdin(bound)
    try:
        if stat.S_ISREG(Path(path).stat().st_mode):
            return whole(read_file(Path(path)), bound)
        return read_special(path, bound)
    except BudgetError as error:
        raise BudgetError(error.what, where=path, hint=error.hint) from error
    except OSError as error:
        raise SourceError(_words(error), where=path) from error


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
