"""A guest for given memory."""

from __future__ import annotations

import pytest

from srat_tool.authoring.guest import (
    Guest,
    guest_argv,
    guest_for,
    guest_initrd,
    guest_madt,
    kernel_command_line,
)
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.grammar.registry import decode
from srat_tool.tables.madt import LocalApic, Madt


def test_ram_on_both_sides_of_the_hole() -> None:
    """Below 4 GiB the border is the map's; above it RAM reaches to the map's end."""
    ram = [Span(0x1000, 0x9FC00), Span(MIB, 3 * GIB), Span(4 * GIB, 9 * GIB)]
    assert guest_for(ram) == Guest(3 * GIB, 5 * GIB, ())


def test_holes_are_kept_from_the_kernel() -> None:
    """Where the map has no RAM, memmap= takes QEMU's away."""
    guest = guest_for([Span(0, 2 * GIB), Span(6 * GIB, 8 * GIB)])
    assert guest.holes == (Span(4 * GIB, 6 * GIB),)
    assert "memmap=0x80000000$0x100000000" in kernel_command_line(guest, ["movable_node"])


@pytest.mark.parametrize(
    ("ram", "message"),
    [
        ([Span(0, 64 * MIB)], "too little RAM"),
        ([Span(4 * GIB, 8 * GIB)], "too little RAM"),
        ([Span(0, GIB), Span(2 << 40, 3 << 40)], "beyond"),
    ],
)
def test_machines_that_qemu_cannot_be(ram: list[Span], message: str) -> None:
    """Too little low memory, and too high addresses, are reported."""
    with pytest.raises(SpecError, match=message):
        guest_for(ram)


def test_the_guest_lists_its_processors() -> None:
    """APIC ids count from 0, one a processor, whatever the SRAT names."""
    table = decode(guest_madt(2).data).table
    assert isinstance(table, Madt)
    assert [entry.apic_id for entry in table.entries if isinstance(entry, LocalApic)] == [0, 1]


def test_the_command_line_is_plain() -> None:
    """Sizes are whole mebibytes, and no tables mean no archive."""
    assert "6144M" in guest_argv(Guest(2 * GIB, 4 * GIB, ()))
    assert guest_initrd([]) == b""
