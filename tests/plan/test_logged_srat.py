from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.logged_srat import LoggedSrat, logged_srat

LINES = """\
SRAT: PXM 3 -> APIC 0x01 -> Node 0
SRAT: PXM 300 -> APIC 0x0180 -> Node 1
ACPI: SRAT: Node 1 PXM 300 [mem 0x100000000-0x17fffffff] hotplug non-volatile
ACPI: SRAT: Node 0 PXM 3 [mem 0x00000000-0xffffffffffffffff]
"""


def test_lines_become_entries() -> None:
    """Processors first, then memory, with their flags; a wrapped end is a length of zero."""
    table, nodes, _, _ = logged_srat(parse_boot_log(LINES))
    assert table is not None
    assert nodes == {3: 0, 300: 1}
    assert [entry.length for entry in table.entries] == [16, 24, 40, 40]
    first, second = table.memory
    assert (first.proximity_domain, first.hot_pluggable, first.non_volatile) == (300, True, True)
    assert (second.base_address, second.range_length) == (0, 0)
    assert table.entries[-1].offset + 40 == table.header.length


def test_no_lines_no_table() -> None:
    """A log that ends earlier shows nothing."""
    assert logged_srat(parse_boot_log("Linux version 6.1.0\n")) == LoggedSrat()


def test_harts_of_riscv64_become_rintc_structures() -> None:
    """The hart id replaces the UID, which no log prints."""
    log = parse_boot_log("ACPI: NUMA: SRAT: PXM 1 -> HARTID 0x2 -> Node 0\n")
    logged = logged_srat(log)
    assert logged.srat is not None
    assert [entry.type for entry in logged.srat.entries] == [7]
    assert (logged.processors, log.machine) == ({2: 2}, "riscv64")


def test_a_log_that_begins_behind_its_srat_still_has_a_node_without_memory() -> None:
    """Its processors and the spans of nodes are all that is left; no table was thrown away."""
    text = (
        "Initmem setup node 0 [mem 0x0000000088000000-0x00000000afffffff]\n"
        "Could not find start_pfn for node 1\n"
        "Initmem setup node 1 [mem 0x0000000000000000-0x0000000000000000]\n"
        "ACPI: NUMA: SRAT: PXM 0 -> MPIDR 0x0 -> Node 0\n"
        "ACPI: NUMA: SRAT: PXM 1 -> MPIDR 0x100000000 -> Node 1\n"
    )
    found = logged_srat(parse_boot_log(text))
    assert found.srat is not None
    assert found.guessed
    assert [(e.base_address, e.proximity_domain) for e in found.srat.memory] == [(0x88000000, 0)]


def test_a_node_shows_a_table_where_a_kernel_makes_none_without_it() -> None:
    """loongarch64 has no node without an SRAT, so that one node is listed shows that there is
    one."""
    text = "Early memory node ranges\n  node   0: [mem 0x0000000000200000-0x000000000fffffff]\n"
    log = parse_boot_log(text)
    assert logged_srat(log) == LoggedSrat()
    shown = logged_srat(log, fakes_node=False)
    assert shown.guessed
    assert shown.nodes == {0: 0}
