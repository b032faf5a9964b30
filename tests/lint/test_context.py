"""The tables of one machine, joined."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.base.span import Span
from srat_tool.lint.context import LintMachine
from srat_tool.lint.ownership import Share
from srat_tool.lint.settings import Settings
from tests.lint.lab import TWO_NODES, machine, srat_spec, table_spec
from tests.support import table_bytes


def _raw(data: bytes, inner: str = "") -> RawTable:
    return RawTable(origin=Origin(path="x", inner=inner), data=data)


def test_first_of_a_signature_counts() -> None:
    """The second SRAT is there, and is not the one that Linux uses."""
    first, second = table_bytes(b"SRAT", bytes(12)), table_bytes(b"SRAT", bytes(13))
    found = LintMachine([_raw(first), _raw(second)], Settings())
    assert len(found.all_of("SRAT")) == 2
    assert found.srat is not None
    assert found.srat.raw.data == first


def test_the_same_bytes_are_one_table() -> None:
    """A file and a dump of it in one folder are not two tables; the FACS is none."""
    data = table_bytes(b"SRAT", bytes(12))
    found = LintMachine([_raw(data, "SRAT.bin"), _raw(data, "dump/SRAT")], Settings())
    assert [table.raw.origin.inner for table in found.tables] == ["SRAT.bin"]
    assert LintMachine([_raw(table_bytes(b"FACS", bytes(28)))], Settings()).tables == []


def test_a_lone_file_is_no_machine() -> None:
    """What it lacks means nothing; what a folder lacks does."""
    data = table_bytes(b"SLIT", bytes(8))
    assert not LintMachine([_raw(data)], Settings()).is_whole
    assert LintMachine([_raw(data, "SLIT.bin")], Settings()).is_whole


def test_memory_map_tells_where_ram_is() -> None:
    """Without a map nothing is known, and nothing is reported as empty."""
    known = machine(srat_spec(TWO_NODES) + '[memory]\nram = ["0+2G"]')
    assert known.ram == [Span(0, 2 << 30)]
    assert known.has_no_ram(Span(4 << 30, 5 << 30))
    assert not machine(srat_spec(TWO_NODES)).has_no_ram(Span(4 << 30, 5 << 30))


def test_boot_processor() -> None:
    """The lowest enabled APIC id of the MADT, unless one is named."""
    madt = table_spec("madt", "lapic 0 2 off\nlapic 1 6\nlapic 2 4")
    assert machine(madt).boot_cpu == 4
    assert machine(madt, {"boot_cpu": 9}).boot_cpu == 9
    assert machine(srat_spec(TWO_NODES)).boot_cpu is None


def test_srat_beside_windows() -> None:
    """What ranges declare for each window, and nothing without an SRAT or for an empty window."""
    windows = table_spec("cedt", "window 4G+4G 0\nwindow 16G+0 0")
    found = machine(windows + srat_spec("mem 0 0+4G\nmem 1 6G+4G")).window_shares
    assert [share for _, _, share in found] == [Share(2 << 30, (1,), None)]
    assert machine(windows).window_shares == []


def test_processor_ids_have_a_second_part_with_sapics() -> None:
    """Only the MADT determines whether the EID of an SRAT entry counts."""
    srat = srat_spec("apic 0 1 local_sapic_eid=2")
    alone, with_sapic = machine(srat).srat, machine(srat + table_spec("madt", "sapic 0 1")).srat
    assert alone is not None
    assert with_sapic is not None
    assert [cpu.key for cpu in (*alone.cpus, *with_sapic.cpus)] == [("apic", 1), ("apic", 0x201)]


def test_packages_reach_domains_over_the_madt() -> None:
    """The PPTT names UIDs, the SRAT APIC ids; the MADT has both."""
    madt = table_spec("madt", "lapic 3 8")
    pptt = table_spec("pptt", "node 0 0 package\nnode 36 3 valid-id leaf")
    assert machine(srat_spec("apic 5 8") + madt + pptt).domains_by_package == {36: {5}}


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
