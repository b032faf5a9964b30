"""Guests on boards with firmware: where their RAM is, and what they are started with."""

from __future__ import annotations

import pytest

from srat_tool.authoring.board_guest import board_guest, board_ram
from srat_tool.base.architecture import AARCH64, LOONGARCH64, RISCV64
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB


def test_the_board_says_where_its_ram_is() -> None:
    """In one range, or around a window of devices."""
    assert board_ram(AARCH64, 2 * GIB) == (Span(GIB, 3 * GIB),)
    assert board_ram(LOONGARCH64, 256 * MIB) == (Span(0, 256 * MIB),)
    assert board_ram(LOONGARCH64, GIB) == (
        Span(0, 256 * MIB),
        Span(2 * GIB, 2 * GIB + 768 * MIB),
    )


def test_a_guest_has_the_ram_that_the_tables_have() -> None:
    """As many bytes, from where the board begins."""
    guest = board_guest(AARCH64, (Span(GIB, 2 * GIB), Span(2 * GIB, 3 * GIB)))
    assert guest.argv[guest.argv.index("-m") + 1] == "2048M"
    assert "memblock=debug" in guest.options


def test_what_no_board_has_is_refused() -> None:
    """RAM elsewhere, and less than firmware needs."""
    with pytest.raises(SpecError, match="no RAM there"):
        board_guest(RISCV64, (Span(0, GIB),))
    with pytest.raises(SpecError, match="too little RAM"):
        board_guest(AARCH64, (Span(GIB, GIB + 256 * MIB),))
