"""Which memory blocks of the boot can go offline, and the reason why not."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.plan.block_values import BlocksAlike
from tests.machines import cpu, mem, srat
from tests.plan.support import plan

HOT = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))


def _at(address: int, **fields: object) -> BlocksAlike:
    cmdline = str(fields.pop("cmdline", "nokaslr"))
    runs = plan(HOT, cmdline, **fields).blocks.runs
    return next(run for run in runs if run.start <= address < run.end)


def test_reasons_come_in_the_order_in_which_the_kernel_checks() -> None:
    """Two zones, then a hole, then what the boot put there, then the zone itself."""
    assert _at(0).why == "it is in 2 zones: DMA and DMA32"
    assert _at(2 * GIB - MIB).why == "0x7ffdf000-0x7fffffff of it is not RAM"
    assert _at(0, kernel_image=Span(GIB, GIB + 64 * MIB)).offline == "no"
    assert _at(GIB, kernel_image=Span(GIB, GIB + 64 * MIB)).why == "it holds kernel image"
    assert _at(GIB).offline == "maybe"


def test_hot_memory_under_movable_node_can_go() -> None:
    """No boot allocation is ever put there."""
    run = _at(5 * GIB, cmdline="nokaslr movable_node")
    assert (run.start, run.end) == (5 * GIB, 6 * GIB)
    assert (run.nid, run.zones, run.offline) == (1, ("Movable",), "yes")


def test_sized_movable_memory_holds_boot_allocations_at_its_top() -> None:
    """NODE_DATA goes to the top of a node, whatever its zone."""
    top = _at(6 * GIB - MIB, cmdline="nokaslr movablecore=1G")
    assert top.offline == "no"
    assert top.why.startswith("it holds NODE_DATA of node 1")
    below = _at(5 * GIB + 640 * MIB, cmdline="nokaslr movablecore=1G")
    assert (below.zones, below.offline) == (("Movable",), "yes")


def test_an_initrd_is_given_back_before_anybody_asks() -> None:
    """Its reservation is no reason to refuse."""
    assert _at(GIB, initrd=Span(GIB, GIB + 64 * MIB)).offline == "maybe"
