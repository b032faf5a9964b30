"""Lines after the zones, as kernels print them."""

from __future__ import annotations

from srat_tool.kernel import late_events as ev
from srat_tool.kernel.history_late import late_rules
from srat_tool.kernel.late_rules import LateRules
from srat_tool.kernel.printk_late import late_log_lines
from srat_tool.observe.late_lines import late_lines

NEW = LateRules(prints_hmat_numbers=False)
OLD = LateRules()


def said(*events: ev.LateEvent, rules: LateRules = OLD) -> list[str]:
    return list(late_log_lines(events, rules))


def test_fallback_and_demotion() -> None:
    """The order ends in a blank; the slowest tier has null."""
    assert said(
        ev.FallbackOrder(2, (2, 0, 1)),
        ev.DemotionTargets(0, (1,), (1, 2, 3)),
        ev.DemotionTargets(1, (), ()),
    ) == [
        "Fallback order for Node 2: 2 0 1 ",
        "Demotion targets for Node 0: preferred: 1, fallback: 1-3",
        "Demotion targets for Node 1: null",
    ]


def test_structures_of_the_hmat() -> None:
    """All of them up to 6.13; since then only those of type 0 of revision 2."""
    events = (
        ev.HmatMemory(1, 0, 2),
        ev.HmatMemory(3, 0, 2, (0x1000, 0x2000)),
        ev.HmatLocality(0, 0, (0,), (0, 1), 1000, [[10, 20]]),
        ev.HmatLocality(0, 6, (0,), (0,), 1, [[5]]),
        ev.HmatCache(1, 1 << 30, 0x401111, 0),
    )
    assert said(*events) == [
        "acpi/hmat: Memory Flags:0001 Processor Domain:0 Memory Domain:2",
        "acpi/hmat: Memory (0x1000 length 0x2000) Flags:0003 Processor Domain:0 Memory Domain:2",
        (
            "acpi/hmat: Locality: Flags:00 Type:Access Latency Initiator Domains:1 "
            "Target Domains:2 Base:1000"
        ),
        "acpi/hmat:   Initiator-Target[0-0]:10 nsec",
        "acpi/hmat:   Initiator-Target[0-1]:20 nsec",
        "acpi/hmat: Locality: Flags:00 Type:Reserved Initiator Domains:1 Target Domains:1 Base:1",
        "acpi/hmat:   Initiator-Target[0-0]:5",
        "acpi/hmat: Cache: Domain:1 Size:1073741824 Attrs:00401111 SMBIOS Handles:0",
    ]
    assert said(*events, rules=NEW) == said(events[0])


def test_a_table_that_is_dropped() -> None:
    """At notice level, so that every kernel prints it."""
    events = (
        ev.HmatLength(0, 48),
        ev.HmatLength(1, 44, 48),
        ev.HmatZeroLength(1),
        ev.HmatIgnored(None),
        ev.HmatIgnored(3),
    )
    assert said(*events, rules=NEW) == [
        "acpi/hmat: Unexpected address range header length: 48",
        "acpi/hmat: Unexpected locality header length:44, minimum required:48",
        "[HMAT:0x01] Invalid zero length",
        "acpi/hmat: Ignoring: Invalid table",
        "acpi/hmat: Ignoring: Unknown revision:3",
    ]


def test_dram_nodes_that_differ() -> None:
    """The first sentence is broken over two lines."""
    lines = said(ev.DramMismatch(0, (10, 10, 10240, 10240), 1, (12, 12, 10240, 10240)))
    assert lines[:2] == [
        "memory-tiers: the performance of DRAM node 1 mismatches that of the reference",
        "DRAM node 0.",
    ]
    assert lines[3] == (
        "    read_latency: 10, write_latency: 10, read_bandwidth: 10240, write_bandwidth: 10240"
    )
    assert len(lines) == 7
    named = said(
        ev.DramMismatch(0, (10, 10, 10240, 10240), 1, (12, 12, 10240, 10240)),
        rules=LateRules(names_mismatch_source=True),
    )
    assert (lines[2], named[2]) == (
        "  performance of reference DRAM node 0:",
        "  performance of reference DRAM node 0 from ACPI HMAT:",
    )


def test_memory_that_is_not_reserved() -> None:
    """Zero has its 0x too; seen with 6.12."""
    assert said(ev.TargetNotReserved(3, 0, 0), ev.TargetNotReserved(1, 1 << 20, 4096)) == [
        "acpi/hmat: failed to reserve 0x0 - 0x0 in pxm: 3",
        "acpi/hmat: failed to reserve 0x100000 - 0x101000 in pxm: 1",
    ]


def test_old_kernels_name_the_hmat_twice_or_begin_with_it() -> None:
    """The prefix came with 5.5, and the name in each line went with 6.1."""
    events = (
        ev.HmatMemory(1, 0, 2),
        ev.HmatLocality(0, 6, (0,), (0,), 1, [[5]]),
        ev.HmatLength(0, 48),
        ev.HmatIgnored(7),
    )
    twice = said(*events, rules=late_rules((5, 10)))
    assert twice == [
        "acpi/hmat: HMAT: Memory Flags:0001 Processor Domain:0 Memory Domain:2",
        (
            "acpi/hmat: HMAT: Locality: Flags:00 Type:Reserved Initiator Domains:1 "
            "Target Domains:1 Base:1"
        ),
        "acpi/hmat:   Initiator-Target[0-0]:5",
        "acpi/hmat: HMAT: Unexpected address range header length: 48",
        "acpi/hmat: Ignoring HMAT: Unknown revision:7",
    ]
    assert said(*events, rules=late_rules((5, 4))) == [
        line.removeprefix("acpi/hmat: ") for line in twice
    ]
    assert said(events[0], rules=late_rules((6, 1)))[0].startswith("acpi/hmat: Memory")
    assert set(late_lines(said(*events, rules=late_rules((5, 4))))) == {"hmat"}
