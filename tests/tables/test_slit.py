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
