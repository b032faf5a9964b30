"""Firmware volumes, their files and sections (UEFI PI 1.8, volume 3, 2.1 and 3.2).

Everything is walked in place; only packed sections make new bytes. Depth is the only recursion.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.base.units import align_up
from srat_tool.sources import blob
from srat_tool.sources.packed import COMPRESSION, GUIDED, Packing
from srat_tool.sources.reader import Piece, Reader

_MARK = b"_FVH"
_MARK_AT = 40
_VOLUME_HEADER = 56
_FILE_HEADER = 24
_LARGE_FILE_HEADER = 32
_LARGE_FILE = 0x01
_HIGHEST_REVISION = 2
_NEEDS_PROCESSING = 0x01
_BITS24 = 0xFFFFFF

_FILE_SYSTEMS = {
    uuid.UUID("7a9354d9-0468-444a-81ce-0bf617d890df"): "FFSv1",
    uuid.UUID("8c8ce578-8a3d-4f1c-9935-896185c32dd3"): "FFSv2",
    uuid.UUID("5473c07a-3dcb-4dca-bd6f-1e9689e7349a"): "FFSv3",
    uuid.UUID("04adeead-61ff-4d31-b6ba-64f8bf901f5a"): "FFSv2 (Apple)",
}
_OTHER_VOLUMES = {
    uuid.UUID("fff12b8d-7696-4c8b-a985-2747075b4f50"): "variables",
    uuid.UUID("00504624-8a59-4eeb-bd0f-6b36e96128e0"): "variables (AMI)",
}
_RAW_FILE = 0x01
_SECTIONED_FILES = frozenset(range(0x02, 0x10))

_COMPRESSION, _GUIDED, _DISPOSABLE = 0x01, 0x02, 0x03
_COMPAT16, _VOLUME_IMAGE, _SUBTYPE, _RAW = 0x16, 0x17, 0x18, 0x19
_DAMAGED = -1
_FILL_STEP = 1 << 16
_FREE_BYTES = 1 << 20


class Place(NamedTuple):
    """A run of bytes inside a buffer, and what is around it.

    Attributes:
        data: the buffer.
        start: first byte.
        end: after the last byte.
        piece: label and depth; its own bytes are not used.
    """

    data: bytes
    start: int
    end: int
    piece: Piece

    def inside(self, name: str, start: int, end: int, *, deeper: bool = False) -> Place:
        """Return a part of this run; only what was opened counts as deeper."""
        inner = self.piece.inside(name)
        depth = inner.depth if deeper else self.piece.depth
        return Place(
            self.data, start, end, inner._replace(depth=depth, verbatim=self.piece.verbatim)
        )


class FirmwareWalk:
    """One image being walked.

    Attributes:
        volumes: volumes opened so far.
        rest: what was not opened: gaps, refused and damaged parts, for the carver.
        summed: bytes of headers summed up so far, of which an image has few.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.volumes = 0
        self.summed = 0
        self.rest: list[Place] = []

    def area(self, place: Place) -> None:
        """Open every volume that begins at a multiple of eight bytes."""
        at = done = place.start
        while (mark := place.data.find(_MARK, at + _MARK_AT, place.end)) >= 0:
            start = mark - _MARK_AT
            at = start + 1
            if (start - place.start) % 8 == 0 and self._is_volume(place, start):
                self.leave(place, done, start)
                at = done = self.volume(place, start)
        self.leave(place, done, place.end)

    def _is_volume(self, place: Place, start: int) -> bool:
        """Return whether a header makes sense: its sum holds, or its file system is known.

        Marks at every eighth byte cannot have all that follows them summed up again and again.
        """
        size = _header_size(place.data, start, place.end)
        if not size:
            return False
        if uuid.UUID(bytes_le=place.data[start + 16 : start + 32]) in _FILE_SYSTEMS:
            return True
        before, most = self.summed, _FREE_BYTES + place.end - place.start
        if before > most:
            return False
        self.summed += size
        if self.summed > most:
            reason = "more marks of volumes than are looked at; searched for tables instead"
            self.reader.refuse(f"{place.piece.origin.label}@{start:#x}", reason)
        words = memoryview(place.data[start : start + size // 2 * 2]).cast("H")
        return sum(words) & 0xFFFF == 0

    def leave(self, place: Place, start: int, end: int) -> None:
        """Note that a run was not opened, unless it is filled with one byte."""
        if not _is_fill(place.data, start, end):
            self.rest.append(place._replace(start=start, end=end))

    def volume(self, around: Place, start: int) -> int:
        """Walk the files of one volume; return where to look on."""
        data = around.data
        length = _int(data, start + 32, 8)
        end = min(start + length, around.end)
        place = around.inside(f"volume@{start:#x}", start, end, deeper=True)
        label = place.piece.origin.label
        if self._too_deep(place):
            return end
        self.volumes += 1
        system = uuid.UUID(bytes_le=data[start + 16 : start + 32])
        if system not in _FILE_SYSTEMS:
            what = _OTHER_VOLUMES.get(system, f"unknown file system {system}")
            known = system in _OTHER_VOLUMES
            self.reader.refuse(label, f"volume of {what}, no files in it", matters=not known)
            self.leave(place, start, end)
            return end
        before = self.reader.count
        walked, files = self._files(place, _first_file(data, start, end))
        what = f"{_FILE_SYSTEMS[system]} volume of {files} files"
        self.reader.opened(label, what, end - start, place.piece.depth, before=before)
        if start + length > around.end:
            self.reader.refuse(label, f"volume of {length:#x} bytes is cut after {end - start:#x}")
            return walked
        return end

    def _files(self, place: Place, at: int) -> tuple[int, int]:
        """Walk files until free space or damage; return the end of the last, and their number."""
        number = 0
        while at + _FILE_HEADER <= place.end:
            head = place.data[at : at + _FILE_HEADER]
            if head == head[:1] * _FILE_HEADER:
                break
            size, header = _file_size(place.data, at, head)
            if not header <= size <= place.end - at:
                self.reader.refuse(f"{place.piece.origin.label}@{at:#x}", "damaged file header")
                self.leave(place, at, place.end)
                break
            number += 1
            self._file(place, at, head, header, at + size)
            at = place.start + align_up(at + size - place.start, 8)
        return at, number

    def _file(self, around: Place, at: int, head: bytes, header: int, end: int) -> None:
        kind = head[18]
        name = str(uuid.UUID(bytes_le=head[:16]))
        place = around.inside(name, at + header, end)
        if kind in _SECTIONED_FILES:
            self.sections(place)
        elif kind == _RAW_FILE:
            self.raw(place)
        else:
            self.leave(place, at + header, end)

    def sections(self, place: Place) -> None:
        """Walk sections, four-byte aligned to each other."""
        for at, header, kind, end in _sections(place):
            if kind in _OPENERS:
                body = place.inside(f"{_NAMES[kind]}@{at - place.start:#x}", at + header, end)
                _OPENERS[kind](self, body)
            elif kind == _COMPAT16:
                self.leave(place, at + header, end)
            elif kind == _DAMAGED:
                self.refuse(place, f"damaged section header at {at:#x}", at)

    def raw(self, place: Place) -> None:
        """Take the tables that a raw section begins with, or look for volumes in it."""
        data = place.data[place.start : place.end]
        if not blob.sniff(data):
            self.area(place)
            return
        origin = place.piece.origin
        start = 0
        for end in blob.borders(data):
            table = data[start:end].rstrip(b"\xff") if start else data[:end]
            at = place.start + start if place.piece.verbatim else None
            self.reader.table(origin, table, place=at)
            start = end

    def guided(self, place: Place) -> None:
        """Open a section by the method that its GUID identifies; `place` begins at that GUID."""
        guid = uuid.UUID(bytes_le=place.data[place.start : place.start + 16].ljust(16, b"\0"))
        offset = _int(place.data, place.start + 16, 2)
        attributes = _int(place.data, place.start + 18, 2)
        # The offset counts from the section's own header, which has four bytes before the GUID.
        body = place._replace(start=min(place.start + offset - 4, place.end))
        packing = GUIDED.get(guid)
        if packing is None and attributes & _NEEDS_PROCESSING:
            self.refuse(place, f"packed in a way we do not know, {guid}")
        elif packing is None or packing.name == "CRC32":
            self._nested(body, "CRC32 section" if packing else f"section with GUID {guid}")
        else:
            self._packed(body, packing)

    def compressed(self, place: Place) -> None:
        """Open a compression section; `place` begins at the unpacked length."""
        kind = _int(place.data, place.start + 4, 1)
        body = place._replace(start=min(place.start + 5, place.end))
        packing = COMPRESSION.get(kind)
        if packing is None:
            self.refuse(place, f"unknown compression {kind}")
        elif kind == 0:
            self._nested(body, "uncompressed section")
        else:
            self._packed(body, packing)

    def disposable(self, place: Place) -> None:
        """Walk the sections in a disposable one."""
        self._nested(place, "disposable section")

    def subtype(self, place: Place) -> None:
        """Take what is after the GUID of a freeform section."""
        self.raw(place._replace(start=min(place.start + 16, place.end)))

    def _nested(self, place: Place, what: str) -> None:
        inner = place._replace(piece=_deeper(place.piece))
        if self._too_deep(inner):
            return
        self.reader.opened(
            inner.piece.origin.label, what, inner.end - inner.start, inner.piece.depth
        )
        self.sections(inner)

    def _packed(self, place: Place, packing: Packing) -> None:
        piece = _deeper(place.piece)._replace(verbatim=False)
        if self._too_deep(place._replace(piece=piece)):
            return
        try:
            data = packing.unpack(place.data[place.start : place.end], self.reader)
        except SourceError as error:
            reason = f"{packing.name} section: {error.reason}"
            self.refuse(place, reason)
            return
        self.reader.opened(piece.origin.label, f"{packing.name} section", len(data), piece.depth)
        self.sections(Place(data, 0, len(data), piece))

    def refuse(self, place: Place, reason: str, start: int | None = None) -> None:
        """Report why a run was not opened, and leave it to the carver."""
        self.reader.refuse(place.piece.origin.label, reason)
        self.leave(place, place.start if start is None else start, place.end)

    def _too_deep(self, place: Place) -> bool:
        limit = self.reader.limits.depth
        if place.piece.depth <= limit:
            return False
        reason = f"nested deeper than {limit} containers; try --max-depth"
        self.refuse(place, reason)
        return True


_OPENERS = {
    _COMPRESSION: FirmwareWalk.compressed,
    _GUIDED: FirmwareWalk.guided,
    _DISPOSABLE: FirmwareWalk.disposable,
    _VOLUME_IMAGE: FirmwareWalk.area,
    _SUBTYPE: FirmwareWalk.subtype,
    _RAW: FirmwareWalk.raw,
}
_NAMES = {
    _COMPRESSION: "compressed",
    _GUIDED: "guided",
    _DISPOSABLE: "disposable",
    _VOLUME_IMAGE: "image",
    _SUBTYPE: "freeform",
    _RAW: "raw",
}


def _int(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _is_fill(data: bytes, start: int, end: int) -> bool:
    """Return whether a run is one byte repeated, as erased flash and padding are."""
    fill = data[start : start + 1] * _FILL_STEP
    for at in range(start, end, _FILL_STEP):
        part = data[at : min(at + _FILL_STEP, end)]
        if part != fill[: len(part)]:
            return False
    return True


def _deeper(piece: Piece) -> Piece:
    return piece._replace(depth=piece.depth + 1)


def _header_size(data: bytes, start: int, end: int) -> int:
    """Return how long the header of a volume is; 0 where its fields make no sense."""
    head = data[start : start + _VOLUME_HEADER]
    size = _int(head, 48, 2)
    if len(head) < _VOLUME_HEADER or not 1 <= head[55] <= _HIGHEST_REVISION:
        return 0
    fits = _VOLUME_HEADER <= size <= min(_int(head, 32, 8), end - start)
    return size if fits else 0


def _first_file(data: bytes, start: int, end: int) -> int:
    """Return where files begin: after the header, or after the extended header."""
    first = start + _int(data, start + 48, 2)
    extended = start + _int(data, start + 52, 2)
    if start < extended <= end - 20:
        first = max(first, extended + _int(data, extended + 16, 4))
    return start + align_up(first - start, 8)


def _file_size(data: bytes, at: int, head: bytes) -> tuple[int, int]:
    """Return a file's size and that of its header."""
    if head[19] & _LARGE_FILE:
        return _int(data, at + _FILE_HEADER, 8), _LARGE_FILE_HEADER
    return _int(head, 20, 3), _FILE_HEADER


def _sections(place: Place) -> Iterator[tuple[int, int, int, int]]:
    """Yield start, size of the header, type and end of each section."""
    at = place.start
    while at + 4 <= place.end:
        size, header = _int(place.data, at, 3), 4
        if size == _BITS24:
            size, header = _int(place.data, at + 4, 4), 8
        if not header <= size <= place.end - at:
            if not _is_fill(place.data, at, place.end):
                yield at, 0, _DAMAGED, place.end
            return
        yield at, header, place.data[at + 3], at + size
        at = place.start + align_up(at + size - place.start, 4)
