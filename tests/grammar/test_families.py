"""The structures of a kind of table follow from its rows."""

from __future__ import annotations

import pytest

from srat_tool.grammar.families import family_of, walked_table
from srat_tool.tables.kind import Kind
from srat_tool.tables.kinds import CEDT, HMAT, KINDS, MADT, PPTT, SRAT
from srat_tool.tables.srat import MemoryAffinity, Srat

_WITH_STRUCTURES = [kind for kind in KINDS if kind.structures]


@pytest.mark.parametrize("kind", _WITH_STRUCTURES, ids=lambda kind: kind.name)
def test_each_row_has_a_layout(kind: Kind) -> None:
    """One for each type; any other type begins in the same way."""
    family = family_of(kind)
    assert sorted(family.layouts) == [row.type for row in kind.structures]
    assert {"type", "length"} <= set(family.unknown.fields)


def test_a_table_is_its_class_and_its_structures() -> None:
    """Both are named by the row of the kind; the fixed part has the form of the class."""
    table = walked_table(SRAT)
    assert table.make is Srat
    assert table.family.layouts[1].make is MemoryAffinity
    assert table.body == SRAT.fixed_size


@pytest.mark.parametrize(
    ("kind", "number", "masks"),
    [
        # The flags class gives the bits, unless the row names other ones.
        (HMAT, 0, {"flags": 0xFFFE}),
        (PPTT, 1, {"flags": 0xFFFF_FF00, "attributes": 0xE0}),
        (MADT, 17, {"flags": 0xFFFF_FFFE}),
        (CEDT, 1, {"restrictions": 0xFFC0}),
    ],
)
def test_other_bits_are_reserved(kind: Kind, number: int, masks: dict[str, int]) -> None:
    """Those of the flags and of other fields that a row names."""
    found = family_of(kind).layouts[number].reserved()
    assert {name: mask for name, mask in found.items() if name in masks} == masks


def test_a_structure_that_grew_has_a_length_for_each_edition() -> None:
    """The lengths are in its row."""
    assert tuple(family_of(MADT).layouts[11].editions) == (40, 76, 80, 82, 88)
