"""Columns represent fields of a structure."""

from __future__ import annotations

import pytest

from srat_tool.authoring.columns import Column, ColumnRange, Number, SplitNumber
from srat_tool.base.errors import SpecError


@pytest.mark.parametrize(
    ("column", "values", "fields"),
    [
        (Number("id", "apic_id"), (7,), {"apic_id": 7}),
        (ColumnRange("range", "base", "size"), (4096, 5), {"base": 4096, "size": 5}),
        (SplitNumber("domain", "low", "high", 3), (0x1234,), {"low": 0x34, "high": b"\x12\0\0"}),
    ],
)
def test_values_become_fields_and_back(
    column: Column, values: tuple[int, ...], fields: dict[str, object]
) -> None:
    """Putting and taking are each other's reverse."""
    assert column.put(values) == fields
    assert column.take(fields) == values
    assert set(column.fields) == set(fields)


def test_a_split_number_has_a_limit() -> None:
    """A number above both parts is an error, not cut."""
    with pytest.raises(SpecError):
        SplitNumber("domain", "low", "high", 3).put((1 << 32,))
