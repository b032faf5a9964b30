"""The lines about the direct map."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.direct_map import Part
from srat_tool.kernel.history_series2013 import ACPI2013
from srat_tool.kernel.printk import log_lines
from srat_tool.kernel.series2013.events import BrkTaken, GbPages, RamMapped, RunMapped


def test_the_lines_of_a_mapped_run() -> None:
    """Width 16 for the run, 10 for pieces, and the largest page of each part."""
    parts = (
        Part(0, 2 * MIB, frozenset()),
        Part(2 * MIB, GIB, frozenset({2 * MIB})),
        Part(GIB, 2 * GIB, frozenset({2 * MIB, GIB})),
    )
    events = (
        RunMapped(1, Span(0, 2 * GIB)),
        GbPages(),
        RamMapped(Span(0, 2 * GIB), parts),
        BrkTaken(Span(0x2400000, 0x2401000)),
    )
    assert log_lines(events, ACPI2013) == (
        "Node 1: [mem 0x00000000000000-0x0000007fffffff]",
        "Using GB pages for direct mapping",
        "init_memory_mapping: [mem 0x00000000-0x7fffffff]",
        " [mem 0x00000000-0x001fffff] page 4k",
        " [mem 0x00200000-0x3fffffff] page 2M",
        " [mem 0x40000000-0x7fffffff] page 1G",
        "BRK [0x02400000, 0x02400fff] PGTABLE",
    )
