"""acpidump's text, from one machine or several after each other, and bare hex dumps of one table.

A table is `SIG @ 0xADDRESS` and rows of hex digits. Where one machine ends and the next begins is
not written: a repeated signature that a machine has once marks the next machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import blob, hexrows, wordrows
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader
from srat_tool.tables.kinds import KINDS

_MARK = b" @ 0x"
_LONGEST_TITLE = 64
_TITLE = re.compile(rb"^[ \t]*([A-Z][A-Z0-9_!$@ ]{2,7}?) @ 0x[0-9A-Fa-f]+[ \t\r]*$", re.MULTILINE)
_HEAD = 1 << 16
# What a machine has once. Others come twice on real machines: SSDT always, MCFG and WSMT on some.
_ONCE = {b"DSDT", b"FACP", b"FACS", b"RSD PTR", *(kind.signature for kind in KINDS)}
# The root pointer has no header of a table (ACPI 6.5, 5.2.5.3).
_NO_TABLES = {b"RSD PTR"}


def sniff(data: bytes) -> bool:
    """Return whether a table's title and at least one row are near the beginning."""
    head = data[:_HEAD]
    title = _TITLE.search(head)
    return title is not None and bool(hexrows.parse(head[title.end() :][:4096]).data)


def sniff_hex(data: bytes) -> bool:
    """Return whether the text is a hex dump of one table: xxd, hexdump -C, or acpidump's rows."""
    head = data[:1024]
    if not is_text(head):
        return False
    rows = hexrows.parse_any(head)
    # Offsets may be in another base, and bytes parted in another way.
    return blob.sniff(rows.data) and (rows.gap is None or not wordrows.is_whole(data[:_HEAD]))


class _Block(NamedTuple):
    signature: bytes
    rows: bytes


def _titles(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the titles; looking for what all of them hold spares a look at every row."""
    at = data.find(_MARK)
    while at >= 0:
        near = max(0, at - _LONGEST_TITLE)
        line = data.rfind(b"\n", near, at) + 1
        title = _TITLE.match(data, line) if line or not near else None
        if title is not None:
            yield title
        at = data.find(_MARK, at + 1)


def _blocks(data: bytes) -> Iterator[_Block]:
    titles = list(_titles(data))
    ends = [t.start() for t in titles[1:]] + [len(data)]
    for title, end in zip(titles, ends, strict=True):
        yield _Block(title[1].strip(), data[title.end() : end])


def _machines(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    """Part the tables by machine; what repeats a single kind is a further instance of it."""
    last: list[_Block] = []
    for machine in _by_machine(blocks):
        kinds, before = ({b.signature for b in part} & _ONCE for part in (machine, last))
        if len(kinds) == 1 < len(before):
            last += machine
            continue
        if last:
            yield last
        last = machine
    if last:
        yield last


def _by_machine(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    """Begin a new machine where a signature comes again that a machine has once.

    Equal ones right after each other are instances of one machine. Tables just before the border
    that the machine has already belong to the next one as well.
    """
    machine: list[_Block] = []
    first: dict[bytes, int] = {}
    for block in blocks:
        again = block.signature in _ONCE and block.signature in first
        if again and block.signature != machine[-1].signature:
            border = _border(machine, first)
            yield machine[:border]
            machine = machine[border:]
            first = {b.signature: n for n, b in reversed(list(enumerate(machine)))}
        first.setdefault(block.signature, len(machine))
        machine.append(block)
    if machine:
        yield machine


def _border(machine: list[_Block], first: dict[bytes, int]) -> int:
    """Return where the run of repeated signatures at the end begins."""
    border = len(machine)
    while first[machine[border - 1].signature] < border - 1:
        border -= 1
    return border


def read(piece: Piece, reader: Reader) -> None:
    """Take every table of every machine in the text."""
    machines = list(_machines(_blocks(piece.whole)))
    for number, machine in enumerate(machines, 1):
        name = f"#{number}" if len(machines) > 1 else ""
        _read_machine(piece, machine, name, reader)
    tables = sum(map(len, machines))
    what = f"acpidump text, {tables} tables of {len(machines)} machines"
    reader.opened(piece.origin.label, what, len(piece.whole), piece.depth)


def _read_machine(piece: Piece, blocks: list[_Block], number: str, reader: Reader) -> None:
    limit = reader.limits.table if piece.depth else reader.limits.whole_file
    count: dict[bytes, int] = {}
    for block in blocks:
        instance = count.get(block.signature, 0)
        count[block.signature] = instance + 1
        name = block.signature.decode("ascii") + (str(instance) if instance else "")
        place = piece.inside(f"{number}/{name}" if number else name).origin
        if block.signature in _NO_TABLES:
            reader.opened(place.label, "the root pointer, not a table", 0, piece.depth + 1)
            continue
        rows = hexrows.parse(block.rows)
        if rows.gap is not None:
            at = f"row {rows.gap:#06x} is where {len(rows.data):#06x} is due"
            reader.refuse(place.label, f"{at}; the table ends there")
        machine = "/".join(filter(None, (piece.machine_inside, number)))
        origin = place._replace(kind=OriginKind.ACPIDUMP, machine=machine)
        reader.table(origin, rows.data, limit=limit)


def read_hex(piece: Piece, reader: Reader) -> None:
    """Take the one table that a hex dump shows."""
    rows = hexrows.parse_any(piece.whole)
    if rows.gap is not None:
        at = f"row {rows.gap:#06x} is where {len(rows.data):#06x} is due"
        reader.refuse(piece.origin.label, f"{at}; the table ends there")
    limit = reader.limits.table if piece.depth else reader.limits.whole_file
    reader.table(piece.origin._replace(kind=OriginKind.ACPIDUMP), rows.data, limit=limit)
    reader.opened(piece.origin.label, "hex dump of one table", len(piece.whole), piece.depth)
