"""zip archives, read by the standard library; what it raises on damaged ones becomes ours."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from srat_tool.base.errors import SourceError
from srat_tool.sources.archive import BufferFile, read_members
from srat_tool.sources.member import Member
from srat_tool.sources.reader import Piece, Reader

# All that zipfile raises on damaged archives: its own error, and what falls through it.
_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, ValueError, RuntimeError, OverflowError, LookupError),
)
_LONGEST_NAME = 1 << 12
_END = b"PK\x05\x06"
_LONGEST_END = (1 << 16) + 22


def read(piece: Piece, reader: Reader) -> None:
    """Read a zip archive.

    Raises:
        SourceError: when its directory is damaged.
    """
    try:
        whole = zipfile.ZipFile(cast(IO[bytes], BufferFile(piece.data)))
    except _ERRORS as error:
        raise SourceError(f"damaged zip archive ({error})") from error
    with whole:
        read_members(piece, _members(whole, piece, reader), "zip archive", reader)
        _refuse_outside(whole, piece, reader)


def _refuse_outside(whole: zipfile.ZipFile, piece: Piece, reader: Reader) -> None:
    """Refuse what is before the first member or after the end, as `cat A B` has it."""
    before = min((one.header_offset for one in whole.infolist()), default=0)
    if before:
        reader.refuse(piece.origin.label, f"{before} bytes before the zip archive are not read")
    end = piece.data[-_LONGEST_END:].rpartition(_END)[2]
    after = end[18 + int.from_bytes(end[16:18], "little") :].strip(b"\0\r\n")
    if after:
        reader.refuse(piece.origin.label, f"{len(after)} bytes after the zip archive are not read")


class _Unzip:
    """One member's data, charged before it is unpacked: a refused one costs nothing."""

    def __init__(self, stream: IO[bytes], reader: Reader) -> None:
        self._stream = stream
        self._reader = reader

    def read(self, size: int, /) -> bytes:
        self._reader.spend(size)
        try:
            return self._stream.read(size)
        except _ERRORS as error:
            raise SourceError(f"member is damaged ({error})") from error


def _members(whole: zipfile.ZipFile, piece: Piece, reader: Reader) -> Iterator[Member]:
    for info in whole.infolist():
        if info.filename.endswith("/"):
            continue
        try:
            stream = whole.open(info)
        except _ERRORS as error:
            reader.refuse(piece.inside(info.filename).origin.label, str(error))
            continue
        with stream:
            member = Member(info.filename, info.file_size, _Unzip(stream, reader))
            if stat.S_ISLNK(info.external_attr >> 16):
                to = member.read(_LONGEST_NAME).decode("utf-8", "backslashreplace")
                member = Member(info.filename, 0, io.BytesIO(), kind="a link", target=to)
            yield member
