"""The kinds of tables that are known: one row for each.

Reading, searching, writing, judging and showing follow from these rows and from those of their
structures. A new kind costs its classes in `tables`, its declaration in `grammar/declared`, and its
row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from srat_tool.tables import structure_rows
from srat_tool.tables.kind import Beginning, Kind, Structure

_BYTES = Beginning(1, 1, 1)

SRAT = Kind(
    signature=b"SRAT",
    made="Srat",
    module="srat",
    fixed_size=48,
    highest_revision=3,
    revision=3,
    beginning=_BYTES,
    structures=structure_rows.SRAT,
    unknown_made="UnknownAffinity",
)
SLIT = Kind(
    signature=b"SLIT",
    made="Slit",
    module="slit",
    fixed_size=44,
    highest_revision=1,
    revision=1,
    grammar="slit",
)
HMAT = Kind(
    signature=b"HMAT",
    made="Hmat",
    module="hmat",
    fixed_size=40,
    highest_revision=2,
    revision=2,
    beginning=Beginning(2, 4, 4),
    structures=structure_rows.HMAT,
    unknown_made="UnknownAttribute",
)
MSCT = Kind(
    signature=b"MSCT",
    made="Msct",
    module="msct",
    fixed_size=56,
    highest_revision=1,
    revision=1,
    beginning=_BYTES,
    structures=structure_rows.MSCT,
    unknown_made="UnknownInformation",
    grammar="msct",
)
CEDT = Kind(
    signature=b"CEDT",
    made="Cedt",
    module="cedt",
    fixed_size=36,
    highest_revision=2,
    revision=1,
    beginning=Beginning(1, 2, 2),
    structures=structure_rows.CEDT,
    unknown_made="UnknownDiscovery",
    other_types=16,
)
MADT = Kind(
    signature=b"APIC",
    made="Madt",
    module="madt",
    fixed_size=44,
    highest_revision=7,
    revision=5,
    beginning=_BYTES,
    structures=structure_rows.MADT,
    unknown_made="OtherController",
    other_types=256,
    unknown=("other", "structure that names no processor"),
    others_are_normal=True,
)
PPTT = Kind(
    signature=b"PPTT",
    made="Pptt",
    module="pptt",
    fixed_size=36,
    highest_revision=3,
    revision=3,
    beginning=_BYTES,
    structures=structure_rows.PPTT,
    unknown_made="OtherTopology",
    unknown=("other", "structure of another type"),
    others_are_normal=True,
)

NFIT = Kind(
    signature=b"NFIT",
    made="Nfit",
    module="nfit",
    fixed_size=40,
    highest_revision=1,
    revision=1,
    beginning=Beginning(2, 2, 2),
    structures=structure_rows.NFIT,
    unknown_made="OtherNvdimm",
    other_types=8,
    unknown=("other", "structure without addresses"),
    others_are_normal=True,
)

KINDS: tuple[Kind, ...] = (SRAT, SLIT, HMAT, MSCT, CEDT, MADT, PPTT, NFIT)
BY_SIGNATURE: Mapping[bytes, Kind] = {kind.signature: kind for kind in KINDS}
NAMES = tuple(dict.fromkeys(name for k in KINDS for name in (k.name, k.module.upper())))
"""What files that hold one of the tables are named after: signatures, and the table's own name."""


class KindRow(NamedTuple):
    """What is known of a class of structures, and of the table that they belong to."""

    structure: Structure
    kind: Kind
    flags: Any


@cache
def rows_of(kind: Kind) -> Mapping[type[Any], KindRow]:
    """Return the row of every class of structures of a table; imports the classes."""
    found: dict[type[Any], KindRow] = {}
    module = import_module(f"srat_tool.tables.{kind.module}")
    for row in kind.structures:
        flags = getattr(module, row.flags) if row.flags else None
        found[getattr(module, row.made)] = KindRow(row, kind, flags)
    return found


@cache
def rows_by_class() -> Mapping[type[Any], KindRow]:
    """Return the row of every class of structures; imports the classes."""
    return {made: row for kind in KINDS for made, row in rows_of(kind).items()}
