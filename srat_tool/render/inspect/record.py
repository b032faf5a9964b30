"""Decoded tables as records of plain values, the input of every machine-readable format.

A record keeps every bit: from it alone the bytes of the table could be written again. Numbers of 64
bits have a hexadecimal string next to them, because many readers of JSON lose them otherwise; bytes
are hexadecimal strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntFlag
from typing import Any, NamedTuple

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import identifier, printable
from srat_tool.grammar.codec import Codec
from srat_tool.grammar.header import NO_CHECKSUM
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.registry import CODECS, OPAQUE, Table
from srat_tool.render.inspect.words import WORDS, device, flag_names
from srat_tool.tables.defect import Decoded, Defect
from srat_tool.tables.header import OpaqueTable
from srat_tool.tables.msct import Msct
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import (
    GenericInitiatorAffinity,
    GenericPortAffinity,
    Srat,
    UnknownAffinity,
)
from srat_tool.tables.structure import Hole

Record = dict[str, Any]
WIDE = "Q"


class Inspected(NamedTuple):
    """One table, its bytes, and their decoded form."""

    raw: RawTable
    decoded: Decoded[Table]

    @property
    def codec(self) -> Codec:
        """The codec that decoded it."""
        return CODECS.get(self.raw.signature, OPAQUE)

    @property
    def entries(self) -> tuple[Any, ...]:
        """Its structures in table order; none for a table without structures."""
        table: Any = self.decoded.table
        return () if self.codec.family is None else table.entries


@dataclass(frozen=True, slots=True)
class Inspection:
    """Decoded tables in input order, and what was opened to find them.

    Attributes:
        tables: each table with its bytes.
        account: one line for each container that was opened or refused, safe for a terminal.
    """

    tables: tuple[Inspected, ...]
    account: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Inspection: {', '.join(repr(one.raw) for one in self.tables) or 'no tables'}>"

    def __iter__(self) -> Iterator[Inspected]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


def table_record(index: int, inspected: Inspected) -> Record:
    """Return what precedes the entries (origin, header, fixed fields) or belongs to none."""
    raw, table = inspected.raw, inspected.decoded.table
    return {
        "table": index,
        "source": printable(raw.origin.label),
        "source_offset": raw.offset,
        "signature": identifier(table.header.signature),
        "size": table.size,
        "header": dict(_header(inspected)),
        "fields": dict(_fixed(inspected)),
    }


def _header(inspected: Inspected) -> Iterator[tuple[str, Any]]:
    for name, value in inspected.decoded.table.header._asdict().items():
        if isinstance(value, bytes):
            yield name, identifier(value)
            yield f"{name}_hex", value.hex()
        else:
            yield name, value
            if name == "checksum":
                yield "checksum_ok", checksum_ok(inspected)


def checksum_ok(inspected: Inspected) -> bool:
    """Return whether the stated bytes are all there and add up to zero, or have no checksum."""
    if inspected.raw.signature in NO_CHECKSUM:
        return True
    data, length = inspected.raw.data, inspected.decoded.table.header.length
    return length <= len(data) and sum(data[:length]) & 0xFF == 0


def _fixed(inspected: Inspected) -> Iterator[tuple[str, Any]]:
    layout, table = inspected.codec.fixed, inspected.decoded.table
    for name, code in zip(layout.flat, layout.codes, strict=True) if layout else ():
        yield from _number(name, getattr(table, name), code)
    if isinstance(table, Msct) and table.gap:
        yield "gap", table.gap.hex()
    if isinstance(table, OpaqueTable):
        yield "body", table.body.hex()
    if isinstance(table, Slit):
        yield "matrix", matrix_rows(table)
        if table.tail:
            yield "tail", table.tail.hex()


def matrix_rows(table: Slit) -> list[list[int]]:
    """Return the distances row by row; the last row of a cut matrix is shorter."""
    width, entries = max(1, min(table.localities, len(table.entries))), table.entries
    return [list(entries[at : at + width]) for at in range(0, len(entries), width)]


def _number(name: str, value: Any, code: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if isinstance(value, bytes):
        yield name, value.hex()
        return
    yield name, value
    if code == WIDE:
        yield f"{name}_hex", f"{value:#x}"


def layout_of(entry: Any, inspected: Inspected) -> Layout[Any] | None:
    """Return the layout that an entry was decoded with; None for a hole."""
    family = inspected.codec.family
    if family is None or isinstance(entry, Hole):
        return None
    layout: Layout[Any] = family.layouts.get(entry.type, family.unknown)
    return layout


class Derived(NamedTuple):
    """A value that follows from an entry's fields and is useful next to them.

    Attributes:
        places: the fields that it follows from, by their place in the entry.
        make: from an entry to the value; None when it is the number of the one field.
    """

    places: tuple[int, ...]
    make: Callable[[Any], Any] | None

    def of(self, entry: Any) -> Any:
        """Return the value for one entry."""
        return entry[self.places[0]] if self.make is None else self.make(entry)


def derived(kind: type[Any], table: Table) -> dict[str, Derived]:
    """Return what follows from the fields of a class of entries, by key."""
    found: dict[str, Derived] = {}
    if isinstance(table, Srat) and kind not in (UnknownAffinity, Hole):
        names = enumerate(kind._fields)
        places = tuple(at for at, name in names if name.startswith("proximity_domain"))
        as_it_is = len(places) == 1 and table.header.revision > 1
        found["domain"] = Derived(places, None if as_it_is else table.proximity_domain)
    for field, flags in WORDS[kind].flags.items():
        place = kind._fields.index(field)
        found[f"{field}_names"] = Derived((place,), _namer(place, flags))
    if kind in (GenericInitiatorAffinity, GenericPortAffinity):
        handle = kind._fields.index("device_handle")
        found["device"] = Derived((handle, kind._fields.index("device_handle_type")), device)
    return found


def _namer(place: int, flags: type[IntFlag]) -> Callable[[Any], list[str]]:
    return lambda entry: list(flag_names(flags, entry[place]))


def entry_record(entry: Any, inspected: Inspected) -> Record:
    """Return one entry: its place, the fields of its layout, what follows from them, the rest."""
    kind = type(entry)
    record: Record = {"offset": entry.offset, "type": entry.type, "type_name": WORDS[kind].full}
    layout = layout_of(entry, inspected)
    if layout is None:
        record["length"] = entry.length
    else:
        codes = dict(zip(layout.flat, layout.codes, strict=True))
        for name in layout.fields:
            if name != "type":
                value = getattr(entry, name)
                record.update(_number(name, _listed(value), codes.get(name, "")))
    for name, one in derived(kind, inspected.decoded.table).items():
        record[name] = one.of(entry)
    if entry.extra:
        record["extra"] = entry.extra.hex()
    return record


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def defect_record(defect: Defect) -> Record:
    """Return one malformed place."""
    kind = defect.kind.name.lower()
    return {"kind": kind, "offset": defect.offset, "message": printable(defect.message)}
