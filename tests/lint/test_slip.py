"""The first structure of a wrong length, and the sound ones after it."""

from __future__ import annotations

import pytest

from srat_tool.lint.slip import Slip, StructureWalk, first_slip
from tests.lint.lab import srat_view


def _first_slip(entries: str) -> Slip | None:
    view = srat_view(entries)
    walk = StructureWalk(
        view.raw.data, view.walked, view.family, view.decoded.defects, view.sizes, {}
    )
    return first_slip(walk)


@pytest.mark.parametrize("length", [18, 20, 36])
def test_a_length_that_is_too_large_is_one_slip(length: int) -> None:
    """The structures after it are read where the bytes of its type end."""
    slip = _first_slip(f"apic 0 0\napic 0 1 length={length}\napic 0 2\nmem 0 0+4G")
    assert slip is not None
    assert (slip.at, slip.size, slip.entry.apic_id) == (1, 16, 1)
    assert [entry.type for entry in slip.rest] == [0, 1]


@pytest.mark.parametrize(
    "entries", ["apic 0 0\nmem 0 0+4G", "mem 0 0+4G\nbytes 00*8", "apic 0 0 length=12"]
)
def test_other_tables_have_none(entries: str) -> None:
    """Neither a sound table nor one with no structure after the sound ones."""
    assert _first_slip(entries) is None
