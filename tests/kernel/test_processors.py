import dataclasses

from srat_tool.base.units import GIB
from srat_tool.kernel.numa_init import AcpiTables, numa_init
from srat_tool.kernel.printk import log_lines
from srat_tool.kernel.processors import (
    acpi_map_cpus_to_nodes,
    apic_nodes,
    cpu_nodes,
    early_cpu_nodes,
    init_cpu_to_node,
)
from srat_tool.tables.header import Header
from srat_tool.tables.madt import (
    CorePic,
    Gicc,
    LocalApic,
    LocalX2Apic,
    Madt,
    MadtEntry,
    Rintc,
)
from srat_tool.tables.srat import Srat
from tests.machines import boot, cpu, gicc, initiator, mem, rintc, srat

TABLE = srat(cpu(0, 0), cpu(1, 1), cpu(2, 2), mem(0, 0, 6 * GIB))


def madt(*apics: int) -> Madt:
    header = Header(b"APIC", 0, 1, 0, b"", b"", 0, b"", 0)
    entries: tuple[MadtEntry, ...] = (
        *(LocalApic(0, 0, 8, apic, apic, 1) for apic in apics[:-1]),
        LocalX2Apic(0, 9, 16, 0, apics[-1], 1, 0),
    )
    return Madt(header=header, local_address=0, flags=0, entries=entries, size=0)


def test_5_10_brings_up_nodes_of_processors_in_their_order() -> None:
    """Only processors that exist, and only nodes that are not up yet."""
    one = boot(kernel="5.10")
    result = numa_init(one, AcpiTables(srat=TABLE))
    init_cpu_to_node(one, result.info, madt(0, 2))
    empty = [line for line in log_lines(one.events, one.profile) if line.startswith("Initmem")]
    assert empty == ["Initmem setup node 2 [mem 0x0000000000000000-0x0000000000000000]"]
    assert apic_nodes(one, result.info) == {0: 0, 1: 1, 2: 2}


def test_a_processor_that_is_not_enabled_brings_up_nothing() -> None:
    """It may be plugged in later."""
    one = boot(kernel="5.10")
    result = numa_init(one, AcpiTables(srat=TABLE))
    table = madt(0, 1)
    absent = LocalApic(0, 0, 8, 2, 2, 0)
    init_cpu_to_node(one, result.info, dataclasses.replace(table, entries=(*table.entries, absent)))
    assert result.info.online == {0, 1}


def test_without_a_madt_all_processors_of_the_srat_exist() -> None:
    """In the order of the SRAT."""
    one = boot(kernel="5.10")
    result = numa_init(one, AcpiTables(srat=TABLE))
    init_cpu_to_node(one, result.info, None)
    assert result.info.online == {0, 1, 2}


def test_later_kernels_need_no_such_step() -> None:
    """They set memoryless nodes up with all others."""
    one = boot(kernel="6.1")
    result = numa_init(one, AcpiTables(srat=TABLE))
    before = list(one.events)
    init_cpu_to_node(one, result.info, None)
    assert one.events == before


def test_initiators_outlive_a_rejected_table() -> None:
    """A SRAT without memory is of no use, yet the node of its initiator comes up (booted: 5.10)."""
    one = boot(kernel="5.10")
    result = numa_init(one, AcpiTables(srat=srat(cpu(0, 30), initiator(7))))
    assert result.used == "dummy"
    init_cpu_to_node(one, result.info, None)
    assert result.info.online == {0, 1}


def arm_madt(*uids: int, enabled: bool = True) -> Madt:
    header = Header(b"APIC", 0, 4, 0, b"", b"", 0, b"", 0)
    entries: tuple[MadtEntry, ...] = tuple(
        Gicc(0, 11, 80, 0, uid, uid, int(enabled), 0, 0, 0, 0, mpidr=uid << 8) for uid in uids
    )
    return Madt(header=header, local_address=0, flags=0, entries=entries, size=0)


def arm_lines(table: Srat, *madts: Madt, cmdline: str = "") -> list[str]:
    one = boot(cmdline, kernel="6.12", machine="aarch64")
    result = numa_init(one, AcpiTables(srat=table))
    for each in madts:
        acpi_map_cpus_to_nodes(one, result, table, each)
    return [line for line in log_lines(one.events, one.profile) if "MPIDR" in line]


def test_arm64_places_the_processors_that_it_has() -> None:
    """By MADT; the faked node is none of them, and a rejected SRAT is not read again."""
    cpus = (gicc(7, 0), gicc(8, 1), gicc(7, 2))
    good = srat(*cpus, mem(7, 0, 6 * GIB))
    assert arm_lines(good, arm_madt(0, 1)) == [
        "ACPI: NUMA: SRAT: PXM 7 -> MPIDR 0x0 -> Node 0",
        "ACPI: NUMA: SRAT: PXM 8 -> MPIDR 0x100 -> Node 1",
    ]
    assert arm_lines(good, arm_madt(0, enabled=False)) == []
    line = "ACPI: NUMA: SRAT: PXM 7 -> MPIDR 0x0 -> Node -1"
    assert arm_lines(good, arm_madt(0), cmdline="numa=off") == [line]
    assert arm_lines(srat(*cpus, mem(7, 0, 2 * GIB)), arm_madt(0)) == [line]
    assert arm_lines(srat(*cpus, mem(7, 0, 6 * GIB, length=20)), arm_madt(0)) == []


def test_an_entry_of_no_length_ends_that_walk_too() -> None:
    """The kernel prints it a third time, with the type it was looking for."""
    table = srat(mem(0, 0, 6 * GIB), gicc(0, 0), cpu(0, 1, length=0), cpu(0, 0))
    one = boot(kernel="6.12", machine="aarch64")
    acpi_map_cpus_to_nodes(one, numa_init(one, AcpiTables(srat=table)), table, arm_madt(0, 1))
    lines = [line for line in log_lines(one.events, one.profile) if "zero length" in line]
    assert lines == [f"[SRAT:0x0{number}] Invalid zero length" for number in (0, 1, 3)]


def test_riscv64_places_its_harts_by_uid() -> None:
    """By the RINTC structures of SRAT and MADT; a hart that is not enabled has no line."""
    header = Header(b"APIC", 0, 7, 0, b"", b"", 0, b"", 0)
    harts: tuple[MadtEntry, ...] = tuple(
        Rintc(0, 24, 36, 1, 0, int(enabled), hart, uid, 0, 0, 0)
        for hart, uid, enabled in ((0x10, 0, True), (0x11, 1, True), (0x12, 2, False))
    )
    madt = Madt(header=header, local_address=0, flags=0, entries=harts, size=0)
    one = boot(kernel="7.2", machine="riscv64")
    table = srat(rintc(3, 0), rintc(4, 1), rintc(4, 2), mem(3, 0, 6 * GIB))
    acpi_map_cpus_to_nodes(one, numa_init(one, AcpiTables(srat=table)), table, madt)
    assert [line for line in log_lines(one.events, one.profile) if "HARTID" in line] == [
        "ACPI: NUMA: SRAT: PXM 3 -> HARTID 0x10 -> Node 0",
        "ACPI: NUMA: SRAT: PXM 4 -> HARTID 0x11 -> Node 1",
    ]


def test_loongarch_counts_processors_before_they_come_up() -> None:
    """Those that the MADT has enabled, where the SRAT names them; x86-64 counts none so early."""
    present = [CorePic(0, 17, 15, 1, core, core, flags) for core, flags in ((1, 1), (2, 0), (9, 1))]
    table = dataclasses.replace(madt(0), entries=tuple(present))
    one = boot(kernel="7.2", machine="loongarch64")
    result = numa_init(one, AcpiTables(srat=TABLE))
    assert early_cpu_nodes(one, result, table) == {1}
    assert early_cpu_nodes(one, result, None) == {0, 1, 2}
    other = boot(kernel="7.2")
    assert early_cpu_nodes(other, numa_init(other, AcpiTables(srat=TABLE)), madt(0, 1)) == set()


def test_harts_of_the_madt_make_nodes_with_processors() -> None:
    """A hart that is not enabled does not."""
    table = dataclasses.replace(
        madt(0),
        entries=tuple(
            Rintc(0, 24, 36, 1, 0, up, 7 + uid, uid, 0, 0, 0) for uid, up in ((0, 1), (1, 0))
        ),
    )
    one = boot(kernel="7.2", machine="riscv64")
    places = srat(rintc(0, 0), rintc(1, 1), mem(0, 2 * GIB, GIB), mem(1, 3 * GIB, GIB))
    result = numa_init(one, AcpiTables(srat=places))
    assert cpu_nodes(one, result, table) == {0}
