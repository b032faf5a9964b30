"""Why memory can or cannot go: the conclusion first."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.observe.seen_blocks import SeenBlocks, SeenRun
from srat_tool.plan.why import Why, why
from tests.plan.support import machine
from tests.plan.test_removal_overview import HOT


def _why(text: str, cmdline: str = "nokaslr memhp_default_state=online") -> Why:
    return why(machine(HOT, cmdline), text)


def test_a_node() -> None:
    """Conclusion, remedy, and the chain from the table on."""
    answer = _why("node1")
    assert answer.conclusion.startswith("Node 1 cannot be removed (1G): memory block 47")
    assert answer.remedy == "boot with movable_node"
    assert answer.chain.steps
    assert _why("node1", "movable_node").conclusion.startswith("Node 1 can be removed (1G): all")
    assert _why("node1", "movable_node").remedy == "none needed"
    assert _why("node0").remedy.startswith("none: ")


def test_an_address_and_its_block() -> None:
    """Both are answered by the memory block."""
    assert _why("0x0").conclusion == (
        "Memory block 0 of node 0 cannot go offline: it is in 2 zones: DMA and DMA32."
    )
    assert _why("block 0").conclusion == _why("memory0").conclusion == _why("0x0").conclusion


def test_an_entry_by_its_number_or_offset() -> None:
    """Numbers count memory entries from 0."""
    answer = _why("entry 1", "movable_node")
    assert answer.conclusion.startswith("Memory blocks 40 to 47 of node 1 can go offline")
    with pytest.raises(SratToolError, match="entry 0 to entry 1"):
        _why("entry 7")


def test_where_nothing_is_the_answer_is_what_happens_to_added_memory() -> None:
    """The node, the zone and the cost."""
    assert _why("64G").conclusion == (
        "Nothing is at 0x1000000000-0x1007ffffff yet. Memory that is added there without a PXM "
        "joins node 0 (the device has no PXM; address 0x1000000000 counts as node 0), online, "
        "zone Normal; its memory map takes 2M."
    )


def test_what_runs_is_in_the_answer() -> None:
    """Its zones decide, and its size of a memory block is the plan's."""
    seen = SeenBlocks(
        source="lsmem",
        size=256 * MIB,
        runs=(
            SeenRun(Span(0, 5 * GIB), 0, True, ("Normal",)),
            SeenRun(Span(5 * GIB, 6 * GIB), 1, True, ("Movable",)),
        ),
    )
    answer = why(machine(HOT, "nokaslr memhp_default_state=online", seen_blocks=seen), "block 20")
    assert answer.conclusion == (
        "Memory block 20 of node 1 can go offline: ZONE_MOVABLE on the running machine."
    )
    assert answer.seen == ("lsmem: memory blocks 20 to 23 of node 1: online, Movable",)


def test_where_nothing_covers_the_remedy_is_a_range() -> None:
    """A node of choice needs one in the SRAT; a range may be written by its size."""
    answer = _why("1T+64G")
    assert answer.conclusion.startswith("Nothing is at 0x10000000000-0x10fffffffff yet.")
    assert "advise --dimm SIZE,pxm=N" in answer.remedy


@pytest.mark.parametrize("text", ["0x10000000000000000", "16E+1G", "8E+9E", "4G+0", "", "1T+"])
def test_what_is_no_target_names_the_argument(text: str) -> None:
    """Addresses have 64 bits."""
    with pytest.raises(SratToolError, match="TARGET: "):
        _why(text)
