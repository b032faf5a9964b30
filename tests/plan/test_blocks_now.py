"""Planned memory blocks, corrected by a running kernel."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.kernel.hotplug.occupants import Content
from srat_tool.observe.seen_blocks import SeenBlocks, SeenRun
from srat_tool.plan.block_values import BlocksAlike, MemoryBlocks
from srat_tool.plan.blocks_now import blocks_now, seen_sentences
from srat_tool.plan.explain_target import Target
from srat_tool.plan.offline_reason import OfflineBecause, OfflineReason, holding

B = 128 * MIB
TWO_ZONES = OfflineReason(OfflineBecause.ZONES, zones=("DMA", "DMA32"))
NODE_DATA = holding(OfflineBecause.HOLDS, [Content("NODE_DATA", 0)])
PLANNED = (
    BlocksAlike(0, B, 0, ("DMA", "DMA32"), "no", TWO_ZONES, (0,)),
    BlocksAlike(B, 8 * B, 0, ("Normal",), "maybe", OfflineReason(OfflineBecause.KERNEL_ZONE), (0,)),
    BlocksAlike(8 * B, 9 * B, 0, ("Normal",), "no", NODE_DATA, (0,)),
)


def _now(*runs: SeenRun, whole: bool = True) -> list[tuple[int, int, str, str]]:
    seen = SeenBlocks(source="lsmem", size=B, runs=runs, whole=whole)
    found = blocks_now(PLANNED, seen, B)
    return [(run.start // B, run.end // B, run.offline, run.why) for run in found]


def test_without_a_running_kernel_it_is_the_plan() -> None:
    """Nothing changes."""
    assert blocks_now(PLANNED, None, B) == PLANNED


def test_what_is_as_planned_keeps_its_answer() -> None:
    """Several zones are none in sysfs."""
    same = _now(SeenRun(Span(0, B), 0, True, ()), SeenRun(Span(B, 9 * B), 0, True, ("Normal",)))
    assert [row[2] for row in same] == ["no", "maybe", "no"]
    assert same[0][3] == PLANNED[0].why


def test_another_zone_decides() -> None:
    """But an allocation of the boot stays where it is, whatever the zone is called."""
    rows = _now(SeenRun(Span(0, B), 0, True, ()), SeenRun(Span(B, 9 * B), 0, True, ("Movable",)))
    assert rows[1] == (1, 8, "yes", "ZONE_MOVABLE on the running machine")
    assert rows[2] == (8, 9, "no", "it holds NODE_DATA of node 0")


def test_blocks_that_came_went_or_are_offline() -> None:
    """Added memory counts, what is gone does not, offline is as good as gone."""
    rows = _now(
        SeenRun(Span(B, 4 * B), 0, False, ("Normal", "Movable")),
        SeenRun(Span(32 * B, 34 * B), 1, True, ("Normal",)),
        SeenRun(Span(34 * B, 35 * B), 1, True, None),
    )
    assert rows[0] == (1, 4, "yes", "offline already")
    assert [row[:3] for row in rows[1:]] == [(32, 34, "maybe"), (34, 35, "maybe")]
    assert "in Normal on the running machine" in rows[1][3]


def test_zones_alone_take_no_block_away() -> None:
    """Spans of another node do not concern a block."""
    rows = _now(SeenRun(Span(B, 8 * B), 1, True, ("Movable",)), whole=False)
    assert [row[:3] for row in rows] == [(0, 1, "no"), (1, 8, "maybe"), (8, 9, "no")]
    rows = _now(SeenRun(Span(B, 8 * B), 0, True, ("Movable",)), whole=False)
    assert rows[1][2] == "yes"


def test_sentences_about_a_node_and_a_range() -> None:
    """One for equal blocks; a block size that was not planned is reported."""
    runs = (
        SeenRun(Span(0, 2 * B), 1, True, ("Normal",)),
        SeenRun(Span(2 * B, 3 * B), 1, False, ("Normal", "Movable")),
        SeenRun(Span(3 * B, 4 * B), 0, True, ()),
    )
    seen = SeenBlocks(source="lsmem", size=B, runs=runs)
    node = seen_sentences(seen, MemoryBlocks(size=2 * B, runs=()), Target("node 1", 1, ()))
    assert node == (
        "lsmem: memory blocks have 128M, not 256M as planned",
        "lsmem: memory blocks 0 to 1 of node 1: online, Normal",
        "lsmem: memory block 2 of node 1: offline (Normal and Movable)",
    )
    there = Target("", None, (Span(3 * B, 3 * B + 1),))
    assert seen_sentences(seen, MemoryBlocks(size=B, runs=()), there) == (
        "lsmem: memory block 3 of node 0: online, no single zone",
    )
