"""Distances, asked for by domain."""

from __future__ import annotations

import pytest

from srat_tool.tables.header import Header
from srat_tool.tables.slit import Slit

HEADER = Header(b"SLIT", 0, 1, 0, b"", b"", 0, b"", 0)


@pytest.mark.parametrize(("origin", "target"), [(-1, 0), (0, 2), (2, 0)])
def test_domains_outside_have_no_distance(origin: int, target: int) -> None:
    """Nothing wraps round to another row."""
    slit = Slit(header=HEADER, localities=2, entries=bytes(4), tail=b"", size=48)
    assert slit.is_complete
    assert slit.distance(origin, target) is None


def test_a_row_is_as_long_as_the_table() -> None:
    """A matrix that is cut has a short row, then none."""
    slit = Slit(header=HEADER, localities=2, entries=b"\1\2\3", tail=b"", size=47)
    assert [slit.row(origin) for origin in (-1, 0, 1, 2)] == [b"", b"\1\2", b"\3", b""]
