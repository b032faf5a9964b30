"""The memory of one machine: map, RAM, and the domains that the SRAT gives."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.lint.ownership import Share
from tests.lint.lab import TWO_NODES, machine, srat_spec, table_spec


def test_memory_map_tells_where_ram_is() -> None:
    """Without a map nothing is known, and nothing is reported as empty."""
    known = machine(srat_spec(TWO_NODES) + '[memory]\nram = ["0+2G"]')
    assert known.ram == [Span(0, 2 << 30)]
    assert known.has_no_ram(Span(4 << 30, 5 << 30))
    assert not machine(srat_spec(TWO_NODES)).has_no_ram(Span(4 << 30, 5 << 30))


def test_srat_beside_windows() -> None:
    """What ranges declare for each window, and nothing without an SRAT or for an empty window."""
    windows = table_spec("cedt", "window 4G+4G 0\nwindow 16G+0 0")
    found = machine(windows + srat_spec("mem 0 0+4G\nmem 1 6G+4G")).window_shares
    assert [share for _, _, share in found] == [Share(2 << 30, (1,), None)]
    assert machine(windows).window_shares == []


def test_a_window_without_ram_is_known_by_its_maker() -> None:
    """By the OEM id of the SRAT, or by the hypervisor that the FADT names; a board's is memory."""
    ranges = "apic 0 0\nmem 0 0+4G\nmem 0 4G+64G hotplug"
    oem = 'oem = ["CLOUDH", "CHSRAT  ", 1, "RVAT", 1]'
    assert machine(srat_spec(ranges, oem)).populated_hot_ranges == []
    board = machine(srat_spec(ranges))
    assert [item.start for item in board.populated_hot_ranges] == [4 << 30]
    assert not board.lacks_ram(board.populated_hot_ranges[0])
    fadt = '[table]\nsignature = "FACP"\nbody = "' + "00" * 232 + '4b564d4b564d4b56"\n'
    assert machine(srat_spec(ranges) + fadt).populated_hot_ranges == []


def test_persistent_memory_is_no_ram() -> None:
    """Neither at boot nor as the top of what is fixed."""
    oem = 'oem = ["BOCHS ", "BXPC    ", 1, "BXPC", 1]'
    text = "apic 0 0\nmem 0 0+4G\nmem 0 4G+64G hotplug\nmem 0 8G+1G nonvolatile"
    known = machine(srat_spec(text, oem))
    assert known.srat is not None
    assert [known.lacks_ram(item) for item in known.srat.ranges] == [False, True, True]


def test_addresses_of_a_domain() -> None:
    """All of them have to be in it; touching ranges count as one."""
    known = machine(srat_spec("mem 0 0+4G\nmem 0 4G+4G\nmem 1 8G+4G"))
    assert known.is_in_domain(Span(2 << 30, 6 << 30), 0)
    assert not known.is_in_domain(Span(6 << 30, 10 << 30), 0)
    assert not known.is_in_domain(Span(0, 4096), 7)
