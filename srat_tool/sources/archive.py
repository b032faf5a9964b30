"""Archives, member by member, nothing written to disk.

A sosreport holds the tables and what the kernel made of them (`proc/zoneinfo`, the boot log); its
paths tell which member is what. Names are only ever shown, never used as paths.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import tar
from srat_tool.sources.filebytes import Buffer
from srat_tool.sources.member import Member
from srat_tool.sources.place import claims_table, machine_of, role_of
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader

_HEAD = 1 << 16


def read_tar(piece: Piece, reader: Reader) -> None:
    """Read a tar archive that is not compressed."""
    read_members(piece, tar.members(BufferFile(piece.data)), "tar archive", reader)


class BufferFile(io.RawIOBase):
    """A buffer as a file: a mapped one cannot do all that a reader of files asks for."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._at = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from anywhere."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go somewhere, and return where that is."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._data)}[whence]
        if base + offset < 0:
            raise ValueError("seek before the beginning")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, all of them by default."""
        end = len(self._data) if size < 0 else min(len(self._data), self._at + size)
        part = self._data[self._at : end]
        self._at += len(part)
        return part


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
    casually = not claims_table(name)
    # Text that is none of ours cannot hold tables; most members of a sosreport are such.
    if casually and (not head or (role is None and is_text(head) and not reader.knows(head))):
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
        reader.descend(inner._replace(data=data), casually=casually)
