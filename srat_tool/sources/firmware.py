"""UEFI firmware images and any other binary: volumes first, then what is outside them.

Images need not begin with a volume (capsules, vendor headers, aarch64's first page), so volumes are
looked for by their mark.
"""

from __future__ import annotations

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources.carve import carve
from srat_tool.sources.ffs import FirmwareWalk, Place
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader, nothing_in

_HEAD = 1 << 16
_MAX_NOTES = 8


def sniff(data: bytes) -> bool:
    """Return whether the bytes are binary; only `read` determines whether they contain tables."""
    return not is_text(data[:_HEAD])


def read(piece: Piece, reader: Reader) -> None:
    """Open all volumes, and look at everything else for tables.

    Raises:
        NothingThereError: when there is no volume and no table.
    """
    machine = piece.machine_inside
    origin = piece.origin._replace(machine=machine, kind=OriginKind.FIRMWARE_VOLUME)
    whole = Place(piece.whole, 0, len(piece.whole), piece._replace(data=b"", origin=origin))
    tables, before = len(reader.found.tables), reader.count
    walk = FirmwareWalk(reader)
    walk.area(whole)
    for place in walk.rest:
        _carve(place, reader)
    if walk.volumes:
        what = f"firmware image of {walk.volumes} volumes"
        reader.opened(piece.origin.label, what, len(piece.whole), piece.depth, before=before)
    elif len(reader.found.tables) == tables:
        raise nothing_in(piece)


def _carve(place: Place, reader: Reader) -> None:
    """Take the tables that are in no section."""
    notes = 0
    for offset, length in carve(place.data, reader.limits.table, place.start, place.end):
        name = place.data[offset : offset + 4].decode("ascii")
        inner = place.piece.inside(f"{name}@{offset:#x}").origin
        if length:
            data = place.data[offset : offset + length]
            at = offset if place.piece.verbatim else None
            reader.table(inner._replace(kind=OriginKind.CARVED), data, offset, place=at)
        else:
            notes += 1
            if notes <= _MAX_NOTES:
                reason = "looks like a table, but neither its entries nor its checksum hold"
                reader.refuse(inner.label, reason)
    if notes > _MAX_NOTES:
        more = notes - _MAX_NOTES
        reader.refuse(place.piece.origin.label, f"{more} more places look like a table")
