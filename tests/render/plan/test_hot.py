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


def test_few_ranges_stand_alone() -> None:
    """With offset, domain, node, addresses, size, verdict and reason."""
    assert _text(_ranges(2)).splitlines() == [
        "  at       domain  node  range                    size  verdict",
        "  +0x0030  10      0     0x000000000-0x03fffffff    1G  movable: node 0",
        "  +0x0058  11      1     0x040000000-0x07fffffff    1G  movable: node 1",
    ]


def test_reasons_stand_below_where_one_does_not_fit() -> None:
    """All of them, so that the verdicts stay in line."""
    ranges = _ranges(2)
    ranges[1] = ranges[1]._replace(because="reason " * 12)
    lines = _text(ranges, Paper(width=90)).splitlines()
    assert lines[1].endswith("movable")
    assert lines[2] == "      node 0"
    assert lines[4].startswith("      reason")


def test_many_ranges_are_joined() -> None:
    """A reason stands only where it is that of all."""
    assert _text(_ranges(16)).splitlines()[1:] == [
        "  +0x0030  10-25   0-15  0x000000000-0x3ffffffff  16 x 1G  movable"
    ]
    assert _text(_ranges(16, because="same")).endswith("movable: same\n")


def test_other_sizes_verdicts_and_gaps_in_numbers_part_groups() -> None:
    """Only what differs in nothing else is joined."""
    ranges = _ranges(12)
    ranges[3] = ranges[3]._replace(verdict="kernel-node")
    ranges[6] = ranges[6]._replace(end=ranges[6].end - 1)
    ranges[9] = ranges[9]._replace(pxm=99)
    assert [len(group.ranges) for group in grouped(ranges)] == [3, 1, 2, 1, 2, 1, 2]


def test_what_has_no_node_is_never_joined() -> None:
    """Ranges of a rejected table."""
    ranges = [hot._replace(nid=None) for hot in _ranges(10)]
    assert len(grouped(ranges)) == 10


def test_hidden_ranges_are_counted_and_shown_when_asked() -> None:
    """Ranges, not rows."""
    ranges = [hot._replace(pxm=7) for hot in _ranges(40)]
    assert _text(ranges).splitlines()[-1] == "  ... and 28 more; --ranges shows all"
    assert len(_text(ranges, everything=True).splitlines()) == 41
