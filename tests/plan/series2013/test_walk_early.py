"""Patches 3, 2, 4, 5, 8 and 7 on one machine."""

from __future__ import annotations

from srat_tool.base.units import GIB, PAGE_SIZE
from srat_tool.plan.series2013.section import Section
from srat_tool.plan.series2013.walk_early import EARLY
from tests.machines import mem, srat
from tests.plan.series import series_run


def _section(patch: int, **fields: object) -> Section:
    run = series_run(**fields)  # type: ignore[arg-type]
    return next(s for s in (step(run) for step in EARLY) if patch in s.patches)


def test_patch_3_tells_every_option() -> None:
    """Stored, switched, not read."""
    section = _section(3, cmdline="movablecore=2G movablecore=acpi movablecore=1G kernelcore")
    assert [row[1] for row in section.rows] == [
        "stored as 524288 pages, not used: the switch has priority",
        "turns the switch on",
        "not read as a size: the switch is on already",
        "malformed: it needs a value",
    ]
    assert "off" in _section(3, cmdline="movablecore=2G").points[0]


def test_patch_2_quotes_the_lines() -> None:
    """Blank at the end or `Hot Pluggable`."""
    lines = _section(2).verbatim
    assert lines[0] == "SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff] "
    assert lines[1].endswith("] Hot Pluggable")


def test_patches_4_and_5_tell_merges_and_what_stays_apart() -> None:
    """Through which hole, because of which neighbour, with which mark."""
    table = srat(
        mem(0, 0, 2 * GIB),
        mem(0, 4 * GIB, 5 * GIB),
        mem(1, 5 * GIB, 6 * GIB, hot=True),
        mem(1, 7 * GIB, 8 * GIB, hot=True),
        mem(0, 6 * GIB, 7 * GIB),
        mem(2, 8 * GIB, 14 * GIB, hot=True),
        mem(2, 13 * GIB, 20 * GIB),
        mem(2, 20 * GIB, 21 * GIB),
    )
    text = " ".join(_section(5, table=table).points)
    assert "node 0 0x0-0x7fffffff and 0x100000000-0x13fffffff merged through the hole" in text
    assert "are not merged: node 0 0x180000000-0x1bfffffff is between" in text
    assert "overlap with different marks" in text
    assert "one is hot-pluggable, the other is not" in text
    assert "is cut at the end of RAM" in text
    assert "is above the end of RAM" in text


def test_patch_8_finds_what_lies_outside_all_blocks() -> None:
    """A few pages of RAM that no entry covers count as the first block's node."""
    table = srat(mem(1, 0, 2 * GIB), mem(0, 4 * GIB, 14 * GIB - 16 * PAGE_SIZE))
    section = _section(8, table=table)
    assert ("RAM", "0x37fff0000-0x37fffffff", "64K", "node 0") in section.rows
    assert "Here all RAM" in _section(8).points[1]


def test_patch_7_names_the_reservations() -> None:
    """By node, with what is there; as posted no node is marked."""
    rows = _section(7).rows
    assert ("node 0", "kernel image (0x1000000-0x2ffffff)") in rows
    posted = _section(7, profile="acpi2013-v2-posted")
    assert "No node is known" in posted.points[0]
    assert {row[0] for row in posted.rows} == {"no node"}


def test_patch_7_tells_of_reservations_across_blocks() -> None:
    """Such a reservation marks no node."""
    table = srat(mem(0, 0, 24 << 20), mem(1, 24 << 20, 14 * GIB))
    assert "Not inside one block" in " ".join(_section(7, table=table).points)


def test_a_rejected_table_is_told_first() -> None:
    """The clean-up is where tables are thrown away."""
    table = srat(mem(0, 0, 8 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))
    assert _section(5, table=table).points[0].startswith("The SRAT is not used")
