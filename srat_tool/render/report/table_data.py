"""Decoded tables as the values that the report's script reads, with their bytes.

The bytes are there once, compressed; a structure is its offset, its layout and its values as text.
Matrices are not repeated as text: the script reads them out of the bytes.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from srat_tool.base.text import identifier, printable
from srat_tool.render.inspect.describe import data_type, hierarchy
from srat_tool.render.inspect.hexdump import Field, fields_of
from srat_tool.render.inspect.record import Inspected, checksum_ok
from srat_tool.tables.header import HEADER_SIZE
from srat_tool.tables.hmat import UNREACHABLE, Hmat, LatencyBandwidth
from srat_tool.tables.slit import Slit

MAX_ITEMS = 16
"""Items of a list inside a structure that are separate fields; more are one field."""
_LOCALITIES = 8
_BEFORE_DOMAINS = 32
_RAW_DEFLATE = -15
_PACKED_FROM = 4096
"""Bytes; a table that has no more is at hand as soon as the page is open."""


class Layouts:
    """The layouts of structures: each is on the page once, whatever has it."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._numbers: dict[tuple[Any, ...], int] = {}

    def number(self, name: str, fields: list[Field], start: int) -> int:
        """Return the number of a layout: a name, and `[field, offset, size]` of each field."""
        shape = tuple(
            (field.name, field.start - start, field.stop - field.start) for field in fields
        )
        key = (name, shape)
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append([name, [list(field) for field in shape]])
        return self._numbers[key]


def table_values(tables: Iterable[Inspected], layouts: Layouts) -> list[dict[str, Any]]:
    """Return one object for each table."""
    return [_table(inspected, layouts) for inspected in tables]


def _table(inspected: Inspected, layouts: Layouts) -> dict[str, Any]:
    raw, table = inspected.raw, inspected.decoded.table
    return {
        "sig": identifier(raw.signature) or "nameless",
        "label": printable(raw.origin.label),
        "size": len(raw.data),
        "checksum": checksum_ok(inspected),
        "revision": table.header.revision,
        "oem": f"{identifier(table.header.oem_id)} {identifier(table.header.oem_table_id)}",
        "packed": len(raw.data) > _PACKED_FROM,
        "data": _data(raw.data),
        "parts": _parts(inspected, layouts),
        "defects": [[d.offset, printable(d.message)] for d in inspected.decoded.defects],
        "grids": _grids(table),
    }


def _data(data: bytes) -> str:
    """Return bytes in base64; many are packed, which a script unpacks with a delay."""
    if len(data) <= _PACKED_FROM:
        return b64encode(data).decode("ascii")
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW_DEFLATE)
    return b64encode(packer.compress(data) + packer.flush()).decode("ascii")


def _parts(inspected: Inspected, layouts: Layouts) -> list[list[Any]]:
    """Return `[layout, offset, values]` of the header, the fixed fields and each structure."""
    groups: list[tuple[str, list[Field]]] = []
    for field in fields_of(inspected, max_items=MAX_ITEMS):
        if field.heading or not groups:
            groups.append((field.heading.partition(" ")[2] or field.heading, []))
        groups[-1][1].append(field)
    return [
        [
            layouts.number(name or "fields", fields, fields[0].start),
            fields[0].start,
            [field.value for field in fields],
        ]
        for name, fields in groups
    ]


def _grids(table: Any) -> list[dict[str, Any]]:
    """Return where the matrices of a table are in its bytes, and what they measure.

    A number times `base`, divided by `parts`, is in `unit`; `up` rounds up.
    """
    if isinstance(table, Slit) and 0 < table.localities**2 <= len(table.entries):
        domains = list(range(table.localities))
        return [
            {
                "title": "distance",
                "rows": domains,
                "columns": domains,
                "at": HEADER_SIZE + _LOCALITIES,
                "width": 1,
                "base": 1,
                "parts": 1,
                "unit": "",
                "unreachable": 255,
            }
        ]
    if not isinstance(table, Hmat):
        return []
    return [
        _hmat_grid(entry, table.header.revision)
        for entry in table.entries
        if isinstance(entry, LatencyBandwidth) and entry.initiators and entry.targets
    ]


def _hmat_grid(entry: LatencyBandwidth, revision: int) -> dict[str, Any]:
    # Revision 1 counts in tenths as Linux reads it, later revisions give latencies in picoseconds.
    parts = 10 if revision == 1 else 1000 if entry.is_latency else 1
    return {
        "title": f"{data_type(entry.data_type)}, {hierarchy(entry.hierarchy)}",
        "rows": list(entry.initiators),
        "columns": list(entry.targets),
        "at": entry.offset + _BEFORE_DOMAINS + 4 * (len(entry.initiators) + len(entry.targets)),
        "width": 2,
        "base": entry.entry_base_unit,
        "parts": parts,
        "unit": "ns" if entry.is_latency else "MB/s",
        "unreachable": UNREACHABLE,
        "up": int(revision == 1),
    }
