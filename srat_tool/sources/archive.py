"""Archives, member by member, nothing written to disk.

A sosreport holds the tables and what the kernel made of them (`proc/zoneinfo`, the boot log); its
paths identify the members. Names are only ever shown, never used as paths.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from posixpath import normpath

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import tar
from srat_tool.sources.filebytes import Buffer
from srat_tool.sources.found import OF_THE_KERNEL
from srat_tool.sources.member import SPARSE, Member
from srat_tool.sources.place import OF_MANY_FILES, claims_table, link_is_fact, machine_of, role_of
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
    names: set[str] = set()
    links: list[Member] = []
    try:
        for member in members:
            if member.target is not None:
                links.append(member)
                continue
            number += 1
            size += member.size
            names.add(normpath(member.name))
            _take(piece, member, reader)
    except SourceError as error:
        reader.refuse(piece.origin.label, error.reason)
    _take_links(piece, links, names, reader)
    reader.opened(piece.origin.label, f"{what} of {number} files", size, piece.depth, before=before)


def _take_links(piece: Piece, links: list[Member], names: set[str], reader: Reader) -> None:
    """Take links that are facts in themselves, whatever they lead to.

    Those with the name of a known file that lead to no file that was read are refused.
    """
    for link in links:
        name, target = link.name.removeprefix("./"), str(link.target)
        role = role_of(name)
        if role is not None and link_is_fact(name):
            inner = piece.inside(name, kind=OriginKind.ARCHIVE)
            machine = "/".join(filter(None, (piece.origin.inner, role[1])))
            reader.evidence(role[0], inner.origin._replace(machine=machine), b"")
        if not _is_wanted(name):
            continue
        beside = normpath(f"{name.rpartition('/')[0]}/{target}").lstrip("/")
        found = names & {normpath(target), beside}
        label = piece.inside(name, kind=OriginKind.ARCHIVE).origin.label
        if not found:
            reader.refuse(label, f"{link.kind} to {target}, which is not in the archive")
        elif not claims_table(name) and not any(role_of(one) for one in found):
            reader.refuse(label, f"{link.kind} to {target}, not followed")


def _is_wanted(name: str) -> bool:
    """Return whether a file of this name is a table, or describes the machine on its own."""
    role = role_of(name)
    return claims_table(name) or (role is not None and role[0] not in OF_MANY_FILES)


def _take(piece: Piece, member: Member, reader: Reader) -> None:
    name = member.name.removeprefix("./")
    role = role_of(name)
    machine = "/".join(filter(None, (piece.origin.inner, role[1] if role else machine_of(name))))
    inner = piece.inside(name, kind=OriginKind.ARCHIVE, machine=machine)
    casually = not claims_table(name)
    if member.kind is not None:
        if member.kind == SPARSE or _is_wanted(name):
            reader.refuse(inner.origin.label, f"{member.kind}, not read")
        return
    head = member.read(_HEAD)
    if not head and role is not None and role[0] in OF_THE_KERNEL - OF_MANY_FILES:
        reason = "empty: tar keeps nothing of files of /proc, their copies it does"
        reader.refuse(inner.origin.label, reason, matters=False)
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
        reader.descend(inner._replace(data=data, casually=casually))
