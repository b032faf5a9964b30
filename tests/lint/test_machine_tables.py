"""Which tables of a machine count."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.lint.machine_tables import MachineTables, view_class
from srat_tool.lint.settings import Settings
from srat_tool.lint.srat_view import SratView
from srat_tool.lint.views import TableView
from tests.lint.lab import TWO_NODES, machine, srat_spec, table_spec
from tests.support import table_bytes


def _raw(data: bytes, inner: str = "") -> RawTable:
    return RawTable(origin=Origin(path="x", inner=inner), data=data)


def test_the_first_of_a_kind_counts() -> None:
    """The others are judged one by one; equal bytes are one table."""
    raws = [table.raw for table in machine(srat_spec("mem 0 0+4G")).tables]
    raws += [table.raw for table in machine(srat_spec("mem 1 0+4G")).tables]
    tables = MachineTables([*raws, raws[0]._replace(offset=64)], Settings())
    assert tables.srat is tables.tables[0]
    assert len(tables.every(SratView)) == len(tables.tables) == 2
    assert len(tables.copies) == 1


def test_unknown_kinds_have_a_plain_view() -> None:
    """Only their header is judged."""
    assert view_class(b"DSDT") is TableView
    assert view_class(b"SRAT") is SratView


def test_the_same_bytes_are_one_table() -> None:
    """A file and a dump of it in one folder are not two tables; the FACS is none."""
    data = table_bytes(b"SRAT", bytes(12))
    found = MachineTables([_raw(data, "SRAT.bin"), _raw(data, "dump/SRAT")], Settings())
    assert [table.raw.origin.inner for table in found.tables] == ["SRAT.bin"]
    assert MachineTables([_raw(table_bytes(b"FACS", bytes(28)))], Settings()).tables == []


def test_a_lone_file_is_no_machine() -> None:
    """What it lacks means nothing; what a folder lacks does."""
    data = table_bytes(b"SLIT", bytes(8))
    assert not MachineTables([_raw(data)], Settings()).is_whole
    assert MachineTables([_raw(data, "SLIT.bin")], Settings()).is_whole


def test_boot_processor() -> None:
    """The lowest enabled APIC id of the MADT, unless one is named."""
    madt = table_spec("madt", "lapic 0 2 off\nlapic 1 6\nlapic 2 4")
    assert machine(madt).boot_cpu == 4
    assert machine(madt, {"boot_cpu": 9}).boot_cpu == 9
    assert machine(srat_spec(TWO_NODES)).boot_cpu is None


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


def test_first_of_a_signature_counts() -> None:
    """The second SRAT is there, and is not the one that Linux uses."""
    first, second = table_bytes(b"SRAT", bytes(12)), table_bytes(b"SRAT", bytes(13))
    found = MachineTables([_raw(first), _raw(second)], Settings())
    assert len(found.all_of("SRAT")) == 2
    assert found.srat is not None
    assert found.srat.raw.data == first
