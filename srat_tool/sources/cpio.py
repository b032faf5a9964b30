"""Tables that an initrd brings along to replace the firmware's.

The kernel looks for `kernel/firmware/acpi/` in the uncompressed cpio archives (newc) at the very
beginning of an initrd, and stops at the first bytes that are none (CONFIG_ACPI_TABLE_UPGRADE).
*Mirrors:* `find_cpio_data` in lib/earlycpio.c and `acpi_table_upgrade` in drivers/acpi/tables.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import OriginKind
from srat_tool.base.units import align_up
from srat_tool.sources.reader import Piece, Reader

PREFIX = "kernel/firmware/acpi/"
_HEADER = re.compile(rb"07070[12]([0-9A-Fa-f]{8}){13}")
_HEADER_SIZE = 110
_END = "TRAILER!!!"
_REST = "the initrd proper: the kernel uses tables only from the uncompressed archive before it"


class _CpioEntry(NamedTuple):
    name: str
    data: bytes


def sniff(data: bytes) -> bool:
    """Return whether the bytes begin with the header of a cpio entry."""
    return _HEADER.match(data) is not None


def read(piece: Piece, reader: Reader) -> None:
    """Take the overriding tables; name what is after the leading archives."""
    number = size = 0
    try:
        for entry in _entries(piece, reader):
            number += 1
            size += len(entry.data)
            if entry.name.startswith(PREFIX) and entry.data:
                place = piece.inside(entry.name, machine=piece.machine_inside).origin
                reader.table(place._replace(kind=OriginKind.INITRD), entry.data)
    finally:
        what = f"uncompressed start of an initrd, {number} entries"
        reader.opened(piece.origin.label, what, size, piece.depth)


def _entries(piece: Piece, reader: Reader) -> Iterator[_CpioEntry]:
    data, at = piece.whole, 0
    while True:
        at = _skip_zeros(data, at)
        if at >= len(data):
            return
        head = data[at : at + _HEADER_SIZE]
        if _HEADER.fullmatch(head) is None:
            reader.refuse(f"{piece.origin.label}+{at:#x}", _REST, matters=False)
            return
        size, name_size = int(head[54:62], 16), int(head[94:102], 16)
        start = align_up(at + _HEADER_SIZE + name_size, 4)
        if start + size > len(data):
            raise SourceError(f"cpio entry at {at:#x} runs past the end")
        name = data[at + _HEADER_SIZE : at + _HEADER_SIZE + min(name_size, 4096)].rstrip(b"\0")
        shown = name.decode("utf-8", "backslashreplace")
        wanted = shown != _END and shown.startswith(PREFIX)
        yield _CpioEntry(shown, data[start : start + size] if wanted else b"")
        at = align_up(start + size, 4)


_NONZERO = re.compile(rb"[^\0]")


def _skip_zeros(data: bytes, at: int) -> int:
    """Return where the next entry begins; entries begin at multiples of four."""
    match = _NONZERO.search(data, at)
    return len(data) if match is None else match.start() // 4 * 4
