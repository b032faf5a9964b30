"""An explanation begins with what became of the memory."""

from __future__ import annotations

import pytest

from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.plan.explain_conclusion import conclusion
from srat_tool.plan.explain_target import find_target
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan


@pytest.fixture(scope="module")
def riser() -> Plan:
    """Two sockets, a removable riser, movable_node."""
    return make_plan(load("example:two-sockets-removable-riser", PlanOptions(movable_node=True)))


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("node0", "node 0: 32G of RAM in zones DMA, DMA32 and Normal"),
        (
            "node1",
            (
                "node 1: 32G of RAM in zone Movable; "
                "hot-pluggable, movable: ZONE_MOVABLE of node 1 begins at 0x840000000"
            ),
        ),
        ("5G", "0x140000000: RAM in zone Normal of node 0"),
        ("3.5G", "0xe0000000: no RAM"),
        ("4G+1G", "0x100000000-0x13fffffff (1G): 1G of RAM in zone Normal of node 0"),
        (
            "0-200G",
            (
                "0x0-0x31ffffffff (200G): 128G of RAM in zone DMA of node 0, zone DMA32 of node 0, "
                "zone Normal of node 0 and zone Movable of nodes 1-2; "
                "2 hot-pluggable ranges, movable"
            ),
        ),
    ],
)
def test_the_conclusion(riser: Plan, target: str, wanted: str) -> None:
    """RAM and its zones, then the verdict on hot-pluggable ranges; an address has no size."""
    assert conclusion(riser, find_target(riser, target)) == wanted


def test_where_memory_can_be_added() -> None:
    """A window has no RAM yet."""
    plan = make_plan(load("example:cxl-window"))
    assert conclusion(plan, find_target(plan, "node2")) == "node 2: no RAM, memory can be added"
    assert "hot-pluggable, no-ram: " in conclusion(plan, find_target(plan, "64G"))
