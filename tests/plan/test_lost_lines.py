"""Logs that admit to missing lines are completed; others are left alone."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.lost_lines import lost_entries, whole_map
from srat_tool.tables.memmap import MapEntry

MAP = """\
BIOS-e820: [mem 0x0000000000099c00-0x000000000009ffff] reserved
BIOS-e820: [mem 0x0000000000100000-0x00000000d7f9ffff] usable
BIOS-e820: [mem 0x00000000d7fb0000-0x00000000d7ffffff] reserved
BIOS-e820: [mem 0x00000000dc000000-0x00000000efffffff] reserved
BIOS-e820: [mem 0x0000000100000000-0x0000000827ffffff] usable
"""
SRAT = "ACPI: SRAT: Node 1 PXM 1 [mem 0x428000000-0x827ffffff]\n"
ADMITTED = "# the first line was not seen\n"


def test_the_lost_first_line_of_a_map() -> None:
    """Conventional memory begins at 0; without a comment nothing is added."""
    found = whole_map(parse_boot_log(ADMITTED + MAP))
    assert found is not None
    assert found.entries[0] == MapEntry(0, 0x99C00, 1)
    log = parse_boot_log(MAP + ADMITTED)
    assert whole_map(log) == log.memory_map


def test_the_lost_entries_of_a_node() -> None:
    """The missing number has the RAM of no other, in the ranges that boards describe."""
    lost = lost_entries(parse_boot_log(ADMITTED + MAP + SRAT))
    assert [(line.nid, line.pxm) for line in lost] == [(0, 0)] * 3
    assert [line.span for line in lost] == [
        Span(0, 0xA0000),
        Span(0x100000, 0xD8000000),
        Span(0x100000000, 0x428000000),
    ]


def test_nothing_is_made_up() -> None:
    """No comment, no missing number, or no RAM that lacks an entry: nothing is added."""
    assert lost_entries(parse_boot_log(MAP + SRAT)) == ()
    assert lost_entries(parse_boot_log(ADMITTED + MAP + SRAT.replace("Node 1", "Node 0"))) == ()
    assert lost_entries(parse_boot_log(ADMITTED + SRAT)) == ()
    absurd = SRAT.replace("Node 1", "Node 4000000000")
    assert lost_entries(parse_boot_log(ADMITTED + MAP + absurd)) == ()
    whole = SRAT.replace("0x428000000", "0x00000000")
    assert lost_entries(parse_boot_log(ADMITTED + MAP + whole)) == ()
