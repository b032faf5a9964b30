"""From a plan to pieces: every byte of RAM is in one piece of its node."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, TIB
from srat_tool.plan.plan import HotAdd, Region, ZonePlan
from srat_tool.render.plan.pieces import HOT_ADD, NO_ZONE, PicturePiece, node_pieces
from tests.render.samples import SAMPLES, Node, plan_of, sparse, two_sockets


@pytest.mark.parametrize("name", SAMPLES)
def test_pieces_add_up_to_the_memory(name: str) -> None:
    """Pieces are sorted, disjoint, and together as large as memblock.memory."""
    plan = SAMPLES[name]()
    nodes = node_pieces(plan)
    assert sum(node.size for node in nodes) == sum(r.end - r.start for r in plan.memory)
    for node in nodes:
        spans = [piece.span for piece in node.pieces]
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_zones_hot_and_local_cut_memory() -> None:
    """A hot-pluggable node with node-local data: marked in both zones, local only where it is."""
    node = node_pieces(two_sockets())[1]
    border = 33 * GIB + 512 * MIB
    assert node.pieces == (
        PicturePiece(Span(33 * GIB, border), "Normal", hot=True, local=True),
        PicturePiece(Span(border, 65 * GIB), "Movable", hot=True, local=False),
    )
    assert node.movable == 65 * GIB - border


def test_windows_are_pieces_without_ram() -> None:
    """A hot-add window is drawn, but is no memory; one without a node is not drawn."""
    node = node_pieces(sparse())[1]
    assert (node.pieces[-1].zone, node.size) == (HOT_ADD, TIB)
    nobody = HotAdd(TIB, 2 * TIB, None, "Normal", "Movable", aligned=True)
    plan = replace(plan_of(Node(Span(0, GIB))), hot_add=(nobody,))
    assert [p.zone for p in node_pieces(plan)[0].pieces] == ["DMA", "DMA32"]


def test_mirrored_memory_stays_out_of_movable() -> None:
    """Under kernelcore=mirror zones overlap: the flag of the region decides."""
    plan = plan_of(Node(Span(4 * GIB, 12 * GIB)))
    page = 4096
    plan = replace(
        plan,
        memory=(Region(4 * GIB, 6 * GIB, 0, ("MIRROR",)), Region(6 * GIB, 12 * GIB, 0)),
        zones=(
            ZonePlan(0, "Normal", 4 * GIB // page, 12 * GIB // page, 1, 1),
            ZonePlan(0, "Movable", 4 * GIB // page, 12 * GIB // page, 1, 1),
        ),
    )
    zones = [(p.zone, p.span.size) for p in node_pieces(plan)[0].pieces]
    assert zones == [("Normal", 2 * GIB), ("Movable", 6 * GIB)]


def test_memory_outside_every_zone_is_shown() -> None:
    """A boot that does not get as far as zones still has memory."""
    plan = replace(plan_of(Node(Span(0, GIB))), zones=())
    assert [p.zone for p in node_pieces(plan)[0].pieces] == [NO_ZONE]
