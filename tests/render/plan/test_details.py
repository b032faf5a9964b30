"""The sections below the picture: what is equal is one row, what is left out is counted."""

from __future__ import annotations

from dataclasses import replace

from rich.text import Text

from srat_tool.base.span import Span
from srat_tool.plan.plan import MovableStart, NodePlan, Plan, Region
from srat_tool.render.paper.console import Paper
from srat_tool.render.plan.details import (
    capped,
    hidden_sections,
    hot_add_lines,
    local_lines,
    node_rows,
    piece_lines,
    reserved_lines,
)
from srat_tool.render.plan.pieces import node_pieces
from tests.render.samples import laptop, two_sockets

GIB = 1 << 30


def _machine(count: int, *, movable: frozenset[int] = frozenset()) -> Plan:
    nodes = tuple(
        NodePlan(
            nid=nid,
            pxm=nid + 4,
            cpus=(2 * nid, 2 * nid + 1),
            ranges=(Span(nid * GIB, (nid + 1) * GIB),),
            memoryless=False,
            kernel_node=False,
            kernel_node_because=(),
        )
        for nid in range(count)
    )
    starts = tuple(MovableStart(nid, nid * GIB) for nid in sorted(movable))
    return replace(two_sockets(), nodes=nodes, movable_start=starts)


def _rows(plan: Plan, *, everything: bool = False) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in node_rows(plan, 9, everything=everything)]


def test_equal_nodes_are_one_row() -> None:
    """Neighbours with as many processors and the same answer about ZONE_MOVABLE."""
    assert _rows(_machine(8, movable=frozenset({4, 5, 6, 7}))) == [
        ["0-3", "4-7", "2 each", "-"],
        ["4-7", "8-11", "2 each", "its first byte"],
    ]


def test_a_zone_that_begins_inside_a_node_is_a_row_of_its_own() -> None:
    """Its address is different from that of any other node."""
    plan = _machine(3)
    plan = replace(plan, movable_start=(MovableStart(1, GIB + 4096),))
    assert [row[0] for row in _rows(plan)] == ["0", "1", "2"]
    assert _rows(plan)[1][3] == "0x040001000"


def test_one_node_needs_no_table() -> None:
    """The headline has it; the details have it even so."""
    assert _rows(_machine(1)) == []
    assert len(_rows(_machine(1), everything=True)) == 1


def test_rows_beyond_the_limit_are_counted() -> None:
    """And none is left out on demand."""
    rows = [[str(number)] for number in range(20)]
    lines = capped((), rows, Paper(), everything=False)
    assert lines[-1].plain == "  ... and 8 more; --details shows all"
    assert len(capped((), rows, Paper(), everything=True)) == 20


def test_sections_name_exact_addresses() -> None:
    """First and last byte of every piece, window, reservation and datum."""
    plan = two_sockets()
    paper = Paper(width=150)
    lines: list[Text] = [
        *piece_lines(node_pieces(plan), paper),
        *hot_add_lines(plan, paper, 9, everything=True),
        *local_lines(plan, paper, 9),
        *reserved_lines(plan, paper, 9),
    ]
    page = "\n".join(line.plain for line in lines)
    for group in (plan.hot_add, plan.reserved):
        for item in group:
            assert f"{item.end - 1:x}" in page


def test_only_what_is_there_is_promised() -> None:
    """The hint at the end names no empty section."""
    region = Region(0, 4096, None)
    assert "early reservations" not in hidden_sections(replace(laptop(), reserved=()))
    assert "early reservations" in hidden_sections(replace(laptop(), reserved=(region,)))
