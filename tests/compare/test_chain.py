"""The chain from the table's entry to the zone."""

from __future__ import annotations

from srat_tool.compare.chain import chain
from srat_tool.grammar.registry import decode
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.tables.srat import Srat
from tests.compare.sample import PLAN

ENTRY = bytes([1, 40]) + (1).to_bytes(4, "little") + bytes(2)
ENTRY += (0x80000000).to_bytes(8, "little") + (0x40000000).to_bytes(8, "little") + bytes(4)
ENTRY += (3).to_bytes(4, "little") + bytes(8)
TABLE = b"SRAT" + (88).to_bytes(4, "little") + b"\x03" + bytes(39) + ENTRY


def _srat() -> Srat:
    table = decode(TABLE).table
    assert isinstance(table, Srat)
    return table


def test_from_offset_to_zone() -> None:
    """Entry, node, RAM with its flags, zone, in this order."""
    mine = "  node   1: [mem 0x0000000080000000-0x00000000bfffffff]"
    theirs = "  node   1: [mem 0x0000000080001000-0x00000000bfffffff]"
    assert chain(PLAN, mine, theirs, _srat()) == (
        "SRAT+0x0030: memory [mem 0x80000000-0xbfffffff] in domain 1, hot-pluggable",
        "node 1 of domain 1: block [mem 0x80000000-0xbfffffff]",
        "memblock.memory: [mem 0x80000000-0xbfffffff] node 1 HOTPLUG",
        "node 1 zone Movable: pfn 524288 to 786432",
    )


def test_domains_of_revision_1_have_eight_bits() -> None:
    """What is in the reserved bytes is no part of the domain, as Linux reads it."""
    entry = ENTRY[:2] + (0x101).to_bytes(4, "little") + ENTRY[6:]
    table = decode(TABLE[:8] + b"\x01" + TABLE[9:48] + entry).table
    assert isinstance(table, Srat)
    first, *_ = chain(PLAN, "", "[mem 0x80000000-0x80000fff]", table)
    assert first.endswith(" in domain 1, hot-pluggable")


def test_addresses_that_nobody_has() -> None:
    """A range outside everything is reported as such at each link."""
    links = chain(PLAN, "", "  node   1: [mem 0x900000000-0x9ffffffff]", _srat())
    assert links == (
        "SRAT: no enabled memory entry holds 0x900000000",
        "no node has 0x900000000; nodes come from srat",
        "memblock.memory: no RAM at 0x900000000",
    )


def test_lines_without_addresses() -> None:
    """Words alone are explained by where the nodes come from."""
    assert chain(PLAN, "a", "No NUMA configuration found") == ("nodes come from srat",)


def test_a_logs_lines_stand_in_for_the_table() -> None:
    """Without a table the line of the log is the first link."""
    log = parse_boot_log("x\nACPI: SRAT: Node 1 PXM 1 [mem 0x80000000-0xbfffffff] hotplug\n")
    theirs = "  node   1: [mem 0x0000000080001000-0x00000000bfffffff]"
    assert chain(PLAN, "", theirs, None, log)[0] == (
        "SRAT entry in line 2 of the log: memory [mem 0x80000000-0xbfffffff] in domain 1, "
        "hot-pluggable"
    )
