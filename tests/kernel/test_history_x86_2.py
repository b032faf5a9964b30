"""The rows of x86 in 2.6."""

from __future__ import annotations

from srat_tool.kernel.history_x86_2 import V2_6


def test_zones_are_printed_from_2_6_19_and_zone_movable_from_2_6_23_on() -> None:
    """Neither is there before."""
    assert next(p.name for p in V2_6 if p.printk.zone_lines) == "2.6.19"
    assert next(p.name for p in V2_6 if p.printk.movable_line) == "2.6.23"
