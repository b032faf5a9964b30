"""Printed SRAT entries of every family."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.observe.bootlog import SratCpuLine, SratMemoryLine, parse_boot_log

G4 = 4 << 30


@pytest.mark.parametrize(
    ("line", "hot", "non_volatile"),
    [
        ("SRAT: Node 1 PXM 3 100000000-140000000", False, False),
        ("SRAT: Node 1 PXM 3 [mem 0x100000000-0x13fffffff]", False, False),
        ("SRAT: Node 1 PXM 3 [mem 0x100000000-0x13fffffff] hotplug", True, False),
        ("SRAT: Node 1 PXM 3 [mem 0x100000000-0x13fffffff] ", False, False),
        ("SRAT: Node 1 PXM 3 [mem 0x100000000-0x13fffffff] Hot Pluggable", True, False),
        ("ACPI: SRAT: Node 1 PXM 3 [mem 0x100000000-0x13fffffff] non-volatile", False, True),
        ("ACPI: SRAT: Node 1 PXM 3 [mem 0x100000000-0x13fffffff] hotplug non-volatile", True, True),
    ],
)
def test_memory_entries(line: str, hot: bool, non_volatile: bool) -> None:
    """One entry in the words of seven kernels."""
    span = Span(G4, G4 + (1 << 30))
    (entry,) = parse_boot_log(line).srat_memory
    assert entry == SratMemoryLine(1, 3, span, hot, non_volatile, 0)


@pytest.mark.parametrize(
    ("line", "number", "kind"),
    [
        ("SRAT: PXM 1 -> APIC 32 -> Node 0", 32, "APIC"),
        ("SRAT: PXM 1 -> APIC 256 -> Node 0", 256, "X2APIC"),
        ("SRAT: PXM 1 -> APIC 0x20 -> Node 0", 32, "APIC"),
        ("SRAT: PXM 1 -> APIC 0x0020 -> Node 0", 32, "X2APIC"),
        ("SRAT: PXM 1 -> APIC 0x12345 -> Node 0", 0x12345, "X2APIC"),
        ("SRAT: PXM 1 -> APIC 08 -> CPU 1 -> Node 0", 8, "APIC"),
        ("ACPI: NUMA: SRAT: PXM 1 -> MPIDR 0x80100 -> Node 0", 0x80100, "MPIDR"),
    ],
)
def test_processor_entries(line: str, number: int, kind: str) -> None:
    """Processors by APIC id, whose digits show the type of the structure, or by MPIDR."""
    assert parse_boot_log(line).srat_cpus == (SratCpuLine(1, number, 0, 0, kind),)


def test_2_6_names_hot_ranges_in_lines_of_their_own() -> None:
    """A hot plug zone marks the entry of the same range."""
    log = parse_boot_log(
        "SRAT: Node 0 PXM 0 0-80000000\n"
        "SRAT: Node 0 PXM 0 100000000-200000000\n"
        "SRAT: hot plug zone found 100000000 - 200000000\n"
    )
    assert [entry.hot for entry in log.srat_memory] == [False, True]


def test_a_zero_length_entry_is_empty() -> None:
    """Base 0 length 0 prints as the whole address space and is nothing."""
    (entry,) = parse_boot_log(
        "ACPI: SRAT: Node 2 PXM 8 [mem 0x00000000-0xffffffffffffffff] hotplug"
    ).srat_memory
    assert not entry.span
