"""Verdicts: every range is shown, joined with its neighbours, or counted."""

from __future__ import annotations

from srat_tool.plan.plan import HotRange
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.hot import grouped, hot_lines

GIB = 1 << 30


def _ranges(count: int, *, because: str = "") -> list[HotRange]:
    return [
        HotRange(
            n * GIB, (n + 1) * GIB, n, n + 10, "movable", because or f"node {n}", 0x30 + 40 * n
        )
        for n in range(count)
    ]


def _text(ranges: list[HotRange], paper: Paper | None = None, *, everything: bool = False) -> str:
    paper = paper or Paper(width=150)
    return paint(hot_lines(ranges, 9, paper, everything=everything), paper)


def test_different_ranges_stand_alone() -> None:
    """With offset, domain, node, addresses, size, verdict and reason."""
    ranges = _ranges(2)
    ranges[1] = ranges[1]._replace(verdict="reserved")
    assert _text(ranges).splitlines() == [
        "  at       domain  node  range                    size  verdict",
        "  +0x0030  10      0     0x000000000-0x03fffffff    1G  movable: node 0",
        "  +0x0058  11      1     0x040000000-0x07fffffff    1G  reserved: node 1",
    ]


def test_equal_ranges_are_one_line() -> None:
    """Two or many; the reason is that of all, in words that hold for all, or none."""
    assert _text(_ranges(2)).splitlines()[1:] == [
        "  +0x0030  10-11   0-1   0x000000000-0x07fffffff  2 x 1G  movable: the node"
    ]
    assert _text(_ranges(16, because="same")).endswith("movable: same\n")
    ranges = _ranges(8)
    ranges[2] = ranges[2]._replace(because="another reason")
    assert _text(ranges).endswith("8 x 1G  movable\n")


def test_equal_ranges_of_every_second_node_are_one_line() -> None:
    """Where the reason is the same too; the numbers are those of the ranges."""
    ranges = _ranges(16)[::2]
    (row,) = _text(ranges).splitlines()[1:]
    domains, nodes = "10,12,14 and 5 more", "0,2,4 and 5 more"
    assert row.startswith(f"  +0x0030  {domains}  {nodes}  0x000000000-0x3bfffffff  ")
    assert row.endswith("  8 x 1G  movable: the node")
    ranges[1] = ranges[1]._replace(because="another reason")
    assert [len(group.ranges) for group in grouped(ranges)] == [1, 1, 6]


def test_equal_ranges_of_one_node_are_one_line() -> None:
    """Eight modules of memory, each with an entry."""
    ranges = [hot._replace(nid=1, pxm=1, because="node 1") for hot in _ranges(8)]
    assert [len(group.ranges) for group in grouped(ranges)] == [8]


def test_other_sizes_verdicts_and_gaps_in_numbers_part_groups() -> None:
    """Only what differs in nothing else is joined."""
    ranges = _ranges(12)
    ranges[3] = ranges[3]._replace(verdict="kernel-node")
    ranges[6] = ranges[6]._replace(end=ranges[6].end - 1)
    ranges[9] = ranges[9]._replace(pxm=99)
    assert [len(group.ranges) for group in grouped(ranges)] == [3, 1, 2, 1, 2, 1, 2]


def test_what_has_no_node_is_joined_with_its_like_only() -> None:
    """Ranges of a rejected table, and one that has a node."""
    ranges = [hot._replace(nid=None) for hot in _ranges(10)]
    ranges[9] = ranges[9]._replace(nid=9)
    assert [len(group.ranges) for group in grouped(ranges)] == [9, 1]


def test_hidden_ranges_are_counted_and_shown_when_asked() -> None:
    """Ranges, not rows."""
    ranges = [hot._replace(pxm=3 * hot.pxm) for hot in _ranges(40)]
    assert _text(ranges).splitlines()[-1] == "  ... and 28 more; --details shows all"
    assert len(_text(ranges, everything=True).splitlines()) == 41
