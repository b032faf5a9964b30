"""Access coordinates."""

from __future__ import annotations

from srat_tool.kernel.access import NOT_GIVEN, Coordinate, numbers_of
from srat_tool.tables.hmat import DataType


def test_a_data_type_gives_one_number_or_both() -> None:
    """ "Access" means reading and writing; a reserved type gives nothing."""
    assert NOT_GIVEN.with_value(DataType.ACCESS_LATENCY, 7) == Coordinate(7, 7, 0, 0)
    assert NOT_GIVEN.with_value(DataType.WRITE_BANDWIDTH, 7) == Coordinate(0, 0, 0, 7)
    assert NOT_GIVEN.with_value(6, 7) == NOT_GIVEN
    assert numbers_of(6) == ()


def test_complete_is_some_latency_and_some_bandwidth() -> None:
    """One direction of each is enough for a tier."""
    assert Coordinate(0, 5, 100, 0).is_complete
    assert not Coordinate(5, 5, 0, 0).is_complete
    assert not Coordinate(0, 0, 5, 5).is_complete
