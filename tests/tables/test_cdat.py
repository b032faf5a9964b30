"""CDATs as values."""

from __future__ import annotations

from srat_tool.tables.cdat import CDAT_HEADER_SIZE, Dsmas, DsmasFlags
from tests.cdats import cdat_bytes, decoded, dsmas


def test_a_range_that_keeps_its_content() -> None:
    """Flag 2 means that it is not volatile."""
    (entry,) = decoded(cdat_bytes(dsmas(3, flags=DsmasFlags.NON_VOLATILE))).entries
    assert isinstance(entry, Dsmas)
    assert (entry.offset, entry.handle, entry.flags) == (CDAT_HEADER_SIZE, 3, 4)
