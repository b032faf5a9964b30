"""What MADT structures declare."""

from __future__ import annotations

from srat_tool.tables.madt import Gicc, GiccFlags, LocalApicFlags


def test_online_capable_has_two_places() -> None:
    """Bit 1 for APICs, bit 3 for a GICC."""
    assert LocalApicFlags(2) is LocalApicFlags.ONLINE_CAPABLE
    assert GiccFlags(8) is GiccFlags.ONLINE_CAPABLE


def test_the_shortest_gicc() -> None:
    """Fields after the first edition default to None."""
    assert Gicc(0, 11, 40, 0, 0, 0, 1, 0, 0, 0, 0).mpidr is None
