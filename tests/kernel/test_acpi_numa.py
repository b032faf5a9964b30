import dataclasses

import pytest

from srat_tool.base.units import GIB
from srat_tool.kernel.acpi_numa import ProximityMap, SratParser
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.printk import log_lines
from srat_tool.tables.srat import Affinity, GiccAffinity, Hole, Srat
from tests.machines import boot, cpu, initiator, mem, rintc, srat, x2apic


def walk(table: Srat, one: Boot | None = None) -> tuple[bool, SratParser, tuple[str, ...]]:
    """Parse a table; return success, the parser, and what the kernel printed."""
    one = one or boot()
    parser = SratParser(one, ProximityMap(one.profile.max_nodes), NumaInfo())
    good = parser.parse(table)
    return good and not parser.disabled, parser, log_lines(one.events, one.profile)


def test_nodes_are_numbered_as_domains_are_met() -> None:
    """Processor entries come first, in table order; domain numbers play no part."""
    table = srat(cpu(5, 2), cpu(2, 0), mem(2, 0, 2 * GIB), mem(5, 4 * GIB, 6 * GIB, hot=True))
    good, parser, lines = walk(table)
    assert good
    assert parser.pxms.nodes == {5: 0, 2: 1}
    assert lines == (
        "SRAT: PXM 5 -> APIC 0x02 -> Node 0",
        "SRAT: PXM 2 -> APIC 0x00 -> Node 1",
        "ACPI: SRAT: Node 1 PXM 2 [mem 0x00000000-0x7fffffff]",
        "ACPI: SRAT: Node 0 PXM 5 [mem 0x100000000-0x17fffffff] hotplug",
    )


def test_3_10_reads_x2apic_entries_first() -> None:
    """There each type had a pass of its own."""
    table = srat(cpu(7, 0), x2apic(9, 300), mem(7, 0, GIB))
    old = boot(kernel="3.10")
    old.x2apic = True
    _, parser, lines = walk(table, old)
    assert parser.pxms.nodes == {9: 0, 7: 1}
    assert lines[0] == "SRAT: PXM 9 -> APIC 0x012c -> Node 0"
    assert lines[-1] == "SRAT: Node 1 PXM 7 [mem 0x00000000-0x3fffffff]"


def test_disabled_entries_make_no_node() -> None:
    """Their domains are not even looked at."""
    _, parser, _ = walk(
        srat(cpu(3, 0, enabled=False), mem(4, 0, GIB, enabled=False), mem(1, 0, GIB))
    )
    assert parser.pxms.nodes == {1: 0}


def test_a_disabled_initiator_blocks_all_later_processor_entries() -> None:
    """Numbering then follows the memory entries."""
    table = srat(
        initiator(7, enabled=False), cpu(5, 2), cpu(2, 0), mem(2, 0, GIB), mem(5, GIB, 2 * GIB)
    )
    good, parser, lines = walk(table)
    assert good
    assert parser.pxms.nodes == {2: 0, 5: 1}
    assert not any("APIC" in line for line in lines)


def test_an_enabled_initiator_makes_a_node() -> None:
    """In its place in the table."""
    _, parser, _ = walk(srat(cpu(5, 0), initiator(7, enabled=True), cpu(2, 1), mem(5, 0, GIB)))
    assert parser.pxms.nodes == {5: 0, 7: 1, 2: 2}
    assert parser.info.initiators == {1}


def test_revision_1_has_eight_bit_domains() -> None:
    """In processor and memory entries, not in x2APIC ones."""
    table = srat(cpu(0x101, 0), x2apic(0x102, 1), mem(0x300, 0, GIB), revision=1)
    assert walk(table)[1].pxms.nodes == {1: 0, 0x102: 1, 0: 2}
    assert (
        0x101
        in walk(dataclasses.replace(table, header=table.header._replace(revision=2)))[1].pxms.nodes
    )


@pytest.mark.parametrize(
    "entry", [cpu(0, 0, length=20), x2apic(0, 0, length=20), mem(0, 0, GIB, length=32)]
)
def test_wrong_lengths_cost_the_whole_table(entry: Affinity) -> None:
    """A short entry is no reason to read on."""
    good, parser, lines = walk(srat(mem(0, 0, GIB), entry))
    assert not good
    assert parser.disabled
    assert lines[-1] == "ACPI: SRAT: SRAT not used." or "ACPI: SRAT: SRAT not used." in lines


def test_longer_memory_entries_are_fine_except_for_old_kernels() -> None:
    """3.10 wants 40 bytes and nothing else."""
    table = srat(mem(0, 0, GIB, length=48))
    assert walk(table)[0]
    assert not walk(table, boot(kernel="3.10"))[0]


def test_a_zero_length_ends_both_passes() -> None:
    """A memory entry of length zero is handed out before it is stepped over."""
    table = srat(mem(0, 0, 2 * GIB))
    hole = Hole(table.size, 1, 0, bytes(40))
    table = dataclasses.replace(
        table, entries=(*table.entries, hole), header=table.header._replace(length=table.size + 40)
    )
    good, _, lines = walk(table)
    assert not good
    assert lines == (
        "ACPI: [SRAT:0x00] Invalid zero length",
        "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]",
        "ACPI: SRAT: Unexpected header length: 0",
        "ACPI: SRAT: SRAT not used.",
        "ACPI: [SRAT:0x01] Invalid zero length",
    )


def test_the_walk_ends_where_the_header_says() -> None:
    """An entry is visited when more than two bytes are left where it begins."""
    table = srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB))
    short = dataclasses.replace(table, header=table.header._replace(length=48 + 40 + 2))
    assert len(walk(short)[1].info.blocks) == 1
    longer = dataclasses.replace(table, header=table.header._replace(length=48 + 40 + 3))
    assert len(walk(longer)[1].info.blocks) == 2


def test_too_many_domains() -> None:
    """A domain past the limit rejects the table, whoever names it."""
    good, _, lines = walk(srat(mem(1024, 0, GIB)))
    assert not good
    assert lines[0] == "ACPI: SRAT: Too many proximity domains."
    assert walk(srat(cpu(1024, 0)))[2][0] == "SRAT: Too many proximity domains 400"
    assert walk(srat(mem(1023, 0, GIB)))[0]


def test_empty_and_wrapping_ranges_are_accepted() -> None:
    """The node exists, the range does not."""
    good, parser, lines = walk(srat(mem(0, 3 * GIB, 3 * GIB), mem(1, (1 << 64) - 4096, 4096)))
    assert good
    assert parser.info.blocks == []
    assert parser.info.parsed == {0, 1}
    assert lines == (
        "ACPI: SRAT: Node 0 PXM 0 [mem 0xc0000000-0xbfffffff]",
        "Warning: invalid memblk node 1 [mem 0xfffffffffffff000-0x00000fff]",
        "ACPI: SRAT: Node 1 PXM 1 [mem 0xfffffffffffff000-0x00000fff]",
    )


def test_too_many_ranges() -> None:
    """There is room for twice as many ranges as nodes."""
    entries = [mem(0, n << 20, n + 1 << 20) for n in range(33)]
    one = boot(kernel="6.1", machine="aarch64")
    good, _, lines = walk(srat(*entries), one)
    assert not good
    assert "too many memblk ranges" in lines


def test_large_apic_ids() -> None:
    """Ids of 255 and more need x2APIC mode; from 32768 on there is no room for them."""
    table = srat(x2apic(6, 255), x2apic(7, 40000), mem(0, 0, GIB))
    _, parser, lines = walk(table)
    assert lines[0] == "SRAT: PXM 6 -> X2APIC 0x00ff ignored"
    assert parser.pxms.nodes == {0: 0}
    one = boot()
    one.x2apic = True
    _, parser, lines = walk(table, one)
    assert lines[1].endswith("skipped apicid that is too big")
    assert parser.info.parsed == {0, 2}


def test_arm64_reads_gicc_entries_and_no_apics() -> None:
    """They are printed when the processors are known, not here."""
    gicc = GiccAffinity(0, 3, 18, 4, 1, 1, 0)
    one = boot(kernel="6.12", machine="aarch64")
    _, parser, lines = walk(srat(cpu(9, 0), gicc, mem(1, 0, GIB)), one)
    assert parser.pxms.nodes == {4: 0, 1: 1}
    assert len(lines) == 1
    short = GiccAffinity(0, 3, 16, 4, 1, 1, 0)
    assert (
        "ACPI: NUMA: SRAT: Invalid SRAT header length: 16"
        in walk(srat(short), boot(kernel="6.12", machine="aarch64"))[2]
    )


def test_nodes_that_a_log_names_are_kept() -> None:
    """New domains get numbers that are still free."""
    known = ProximityMap(8, {5: 1, 6: 0})
    assert [known.map_pxm_to_node(pxm) for pxm in (5, 6, 7)] == [1, 0, 2]


def test_riscv64_reads_rintc_entries_and_nothing_else() -> None:
    """Initiators create no nodes there, and one that is disabled ends no walk."""
    one = boot(kernel="7.2", machine="riscv64")
    table = srat(cpu(9, 0), initiator(5), initiator(6, enabled=False), rintc(4, 1), mem(1, 0, GIB))
    _, parser, lines = walk(table, one)
    assert parser.pxms.nodes == {4: 0, 1: 1}
    assert len(lines) == 1
    short = walk(srat(rintc(4, 1, length=16)), boot(kernel="7.2", machine="riscv64"))[2]
    assert "ACPI: NUMA: SRAT: Invalid SRAT header length: 16" in short


def test_loongarch64_reads_the_structures_of_x86_in_its_own_words() -> None:
    """Its processors are numbered by core; those from CONFIG_NR_CPUS on have no room."""
    one = boot(kernel="7.2", machine="loongarch64")
    _, parser, lines = walk(srat(cpu(3, 1), cpu(4, 64), x2apic(5, 0), mem(3, 0, GIB)), one)
    assert lines[:3] == (
        "SRAT: PXM 3 -> CPU 0x01 -> Node 0",
        "SRAT: PXM 4 -> CPU 0x40 -> Node 1 skipped apicid that is too big",
        "SRAT: PXM 5 -> CPU 0x00 -> Node 2",
    )
    assert parser.info.parsed == {0, 2}
