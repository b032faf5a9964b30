"""Lines after the zones, as a log has them."""

from __future__ import annotations

from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.late_lines import first_print, late_lines

LINES = (
    "Fallback order for Node 0: 0 1 ",
    "Fallback order for Node 1: 1 0 ",
    "acpi/hmat: Memory Flags:0001 Processor Domain:0 Memory Domain:0",
    "acpi/hmat:   Initiator-Target[0-0]:10 nsec",
    "Demotion targets for Node 0: null",
    "Demotion targets for Node 1: null",
    "Fallback order for Node 0: 0 1 2 ",
    "Demotion targets for Node 0: preferred: 2, fallback: 2",
)


def test_the_first_print_of_each_part() -> None:
    """Whatever their blanks; a log is read as lines are."""
    found = late_lines(LINES)
    assert found == {
        "fallback": ("Fallback order for Node 0: 0 1", "Fallback order for Node 1: 1 0"),
        "hmat": (LINES[2], "acpi/hmat: Initiator-Target[0-0]:10 nsec"),
        "demotion": LINES[4:6],
    }
    assert (
        parse_boot_log("\n".join(f"[    1.000000] {line}" for line in LINES)).answer.late == found
    )


def test_a_mismatch_is_one_part() -> None:
    """All seven lines."""
    lines = (
        "memory-tiers: the performance of DRAM node 1 mismatches that of the reference",
        "DRAM node 0.",
        "  performance of reference DRAM node 0 from ACPI HMAT:",
        "    read_latency: 10, write_latency: 10, read_bandwidth: 1, write_bandwidth: 1",
        "  performance of DRAM node 1 from ACPI HMAT:",
        "    read_latency: 12, write_latency: 12, read_bandwidth: 1, write_bandwidth: 1",
        "  disable default DRAM node performance based abstract distance algorithm.",
    )
    assert len(late_lines(lines)["mismatch"]) == len(lines)


def test_numbers_that_no_node_has() -> None:
    """They are no node's line."""
    assert first_print(["Fallback order for Node 99999999999: 0"]) != ()
