"""Fingerprints of a machine: which machines are the same, byte by byte, by topology, by plan."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from srat_tool.base.rawtable import RawTable
from srat_tool.fleet.row import TableDigest
from srat_tool.fleet.texts import digest
from srat_tool.grammar.registry import decode
from srat_tool.plan.machine import PLANNED_TABLES, Machine
from srat_tool.tables.header import OEM_ID
from srat_tool.tables.kinds import BY_SIGNATURE
from srat_tool.tables.slit import Slit

# Where something is, in the table or in memory: a machine of the same build has other ones.
_PLACES = frozenset(
    {
        *("offset", "information_offset", "length", "size", "base", "base_hpa", "base_address"),
        *("maximum_address", "local_address", "parked_address", "gicv", "gich"),
        *("gicr_base_address", "imsic_base_address"),
    }
)
# References from structure to structure are offsets there, and its order is part of the meaning.
_BY_OFFSET = frozenset({b"PPTT"})
_ORDERLESS = frozenset({b"SRAT", b"APIC"})
_REVISION = 8
_MAX_KNOWN = 20_000


def table_digests(tables: Iterable[RawTable]) -> tuple[TableDigest, ...]:
    """Return the digests of tables, in their order."""
    return tuple(
        TableDigest(
            raw.signature.decode("latin-1"),
            len(raw.data),
            hashlib.md5(raw.data, usedforsecurity=False).hexdigest(),
            hashlib.sha256(raw.data).hexdigest(),
        )
        for raw in tables
    )


def raw_fingerprint(digests: Sequence[TableDigest]) -> str:
    """Return one digest of all tables: equal when each table is, whatever their order."""
    return digest(*sorted(f"{one.signature} {one.sha256}" for one in digests)) if digests else ""


def topology_fingerprint(tables: Iterable[RawTable]) -> str:
    """Return a digest of what tables declare: domains, sizes, flags, distances, processors.

    Two machines have the same one whose tables differ in addresses, checksums, OEM ids and
    revisions, and the order of processors and memory.
    """
    known = [_topology(bytes(raw.data)) for raw in tables if raw.signature in BY_SIGNATURE]
    return digest(*sorted(known)) if known else ""


def input_fingerprint(machine: Machine) -> str:
    """Return a digest of everything that a plan of this machine reads.

    Of the tables that is the first of each planned signature, and who made them: some makers are
    hypervisors.
    """
    first: dict[bytes, bytes] = {}
    for raw in machine.tables:
        if raw.signature in PLANNED_TABLES:
            first.setdefault(raw.signature, raw.data)
    several = sorted(
        {r.signature for r in machine.tables if first.get(r.signature, r.data) != r.data}
    )
    makers = sorted({bytes(raw.data[OEM_ID]) for raw in machine.tables})
    facts = [(name, getattr(machine, name)) for name in _FACTS]
    return digest(repr(sorted(first.items())), repr(several), repr(makers), repr(facts))


_FACTS = tuple(name for name in Machine.__dataclass_fields__ if name != "tables")


@lru_cache(maxsize=_MAX_KNOWN)
def _topology(data: bytes) -> str:
    """Return a digest of one table; fleets repeat tables, and decoding is slow."""
    signature = data[:4]
    if signature in _BY_OFFSET:
        return digest(repr(signature), data[_REVISION : _REVISION + 1].hex(), data[36:].hex())
    table: Any = decode(data).table
    entries = getattr(table, "entries", ())
    fixed = [
        (name, getattr(table, name))
        for name in table.__dataclass_fields__
        if name not in _PLACES and name not in {"header", "entries"}
    ]
    shown: list[str] = [repr(entries)] if isinstance(table, Slit) else [_shape(e) for e in entries]
    if signature in _ORDERLESS:
        shown.sort()
    revision = data[_REVISION : _REVISION + 1].hex()
    return digest(repr(signature), revision, *(f"{n} {_value(v)}" for n, v in fixed), *shown)


def _shape(entry: Any) -> str:
    """Return a structure without its places."""
    kept = [
        f"{name}={_value(getattr(entry, name))}" for name in entry._fields if name not in _PLACES
    ]
    return f"{type(entry).__name__} {' '.join(kept)}"


def _value(value: Any) -> str:
    """Return a field; what is made of structures is shown without their places too."""
    if isinstance(value, tuple):
        inner = (_shape(one) if hasattr(one, "_fields") else repr(one) for one in value)
        return f"({', '.join(inner)})"
    return repr(value)
