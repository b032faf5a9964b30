"""Memory blocks as text."""

from __future__ import annotations

from srat_tool.base.units import GIB, MIB
from srat_tool.plan.block_values import NO_BLOCKS, BlocksAlike, MemoryBlocks
from srat_tool.plan.offline_reason import OfflineBecause, OfflineReason
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.blocks import blocks_lines, summary

PAPER = Paper(width=120)
BLOCKS = MemoryBlocks(
    size=128 * MIB,
    runs=(
        BlocksAlike(
            0,
            128 * MIB,
            0,
            ("DMA", "DMA32"),
            "no",
            OfflineReason(OfflineBecause.ZONES, zones=("DMA", "DMA32")),
        ),
        BlocksAlike(
            128 * MIB, GIB, 0, ("DMA32",), "maybe", OfflineReason(OfflineBecause.KERNEL_ZONE)
        ),
        BlocksAlike(GIB, 2 * GIB, 1, ("Movable",), "yes", OfflineReason(OfflineBecause.MOVABLE)),
    ),
)


def test_the_sums_come_first() -> None:
    """How much can go, and how much cannot."""
    assert summary(BLOCKS) == (
        "16 memory blocks of 128M: 1G can go offline, 896M while no kernel page is in it, "
        "128M cannot"
    )


def test_blocks_have_the_numbers_of_sysfs() -> None:
    """A row names its first and last block as /sys/devices/system/memory does."""
    lines = paint(blocks_lines(BLOCKS, PAPER), PAPER).splitlines()
    words = "0 0x00000000-0x07ffffff 128M 0 DMA,DMA32 no it is in 2 zones: DMA and DMA32"
    assert " ".join(lines[3].split()) == words
    assert [line.split()[0] for line in lines[3:] if line[2] != " "][-1] == "8-15"


def test_a_machine_without_blocks_has_no_table() -> None:
    """One line replaces it."""
    assert paint(blocks_lines(NO_BLOCKS, PAPER), PAPER).splitlines() == ["no memory blocks"]
