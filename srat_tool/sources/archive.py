"""Archives: tar and zip, member by member, nothing written to disk.

A sosreport holds the tables and what the kernel made of them (`proc/zoneinfo`, the boot log); its
paths tell which member is what. Names are only ever shown, never used as paths.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import tar
from srat_tool.sources.member import Member
from srat_tool.sources.place import machine_of, role_of
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Buffer, Piece, Reader

_HEAD = 1 << 16


def sniff_zip(data: Buffer) -> bool:
    """Tell whether the bytes begin like a zip archive."""
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def read_tar(piece: Piece, reader: Reader) -> None:
    """Read a tar archive that is not compressed."""
    stream = _Forward(piece.data)
    read_members(piece, tar.members(stream), "tar archive", reader)


class _Forward:
    """A buffer read from its beginning on."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._at = 0

    def read(self, size: int, /) -> bytes:
        part = self._data[self._at : self._at + size]
        self._at += len(part)
        return part


def read_zip(piece: Piece, reader: Reader) -> None:
    """Read a zip archive.

    Raises:
        SourceError: when its directory is damaged.
    """
    stream: IO[bytes] = io.BytesIO(piece.data) if isinstance(piece.data, bytes) else piece.data  # type: ignore[assignment]
    try:
        with zipfile.ZipFile(stream) as whole:
            read_members(piece, _zip_members(whole, piece, reader), "zip archive", reader)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise SourceError(f"damaged zip archive ({error})") from error


class _Unzip:
    """One member's data, charged as it is unpacked."""

    def __init__(self, stream: IO[bytes], reader: Reader) -> None:
        self._stream = stream
        self._reader = reader

    def read(self, size: int, /) -> bytes:
        try:
            part = self._stream.read(size)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, ValueError) as error:
            raise SourceError(f"member is damaged ({error})") from error
        self._reader.spend(len(part))
        return part


def _zip_members(whole: zipfile.ZipFile, piece: Piece, reader: Reader) -> Iterator[Member]:
    for info in whole.infolist():
        if info.is_dir():
            continue
        try:
            stream = whole.open(info)
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError) as error:
            reader.refuse(piece.inside(info.filename).origin.label, str(error))
            continue
        with stream:
            yield Member(info.filename, info.file_size, _Unzip(stream, reader))


def read_members(piece: Piece, members: Iterator[Member], what: str, reader: Reader) -> None:
    """Take from each member what it is good for; a damaged rest is refused, the others stay."""
    before = reader.count
    number = size = 0
    try:
        for member in members:
            number += 1
            size += member.size
            _take(piece, member, reader)
    except SourceError as error:
        reader.refuse(piece.origin.label, error.reason)
    reader.opened(piece.origin.label, f"{what} of {number} files", size, piece.depth, before=before)


def _take(piece: Piece, member: Member, reader: Reader) -> None:
    name = member.name.removeprefix("./")
    role = role_of(name)
    machine = "/".join(filter(None, (piece.origin.inner, role[1] if role else machine_of(name))))
    inner = piece.inside(name, kind=OriginKind.ARCHIVE, machine=machine)
    head = member.read(_HEAD)
    # Text that is none of ours cannot hold tables; most members of a sosreport are such.
    if not head or (role is None and is_text(head) and not reader.knows(head)):
        return
    try:
        reader.fits(member.size)
    except BudgetError as error:
        reader.refuse(inner.origin.label, error.reason)
        return
    data = head + member.read(member.left)
    if role is not None:
        reader.evidence(role[0], inner.origin, data)
    else:
        reader.descend(replace(inner, data=data), casually=True)
