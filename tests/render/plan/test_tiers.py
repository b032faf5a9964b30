"""Memory tiers and distances as text."""

from __future__ import annotations

from srat_tool.plan.plan import Plan
from srat_tool.render.paper.console import Paper
from srat_tool.render.plan.tiers import tier_lines
from tests.cxl import cxl_plan, device
from tests.hmats import bandwidth, latency
from tests.plan.support import plan
from tests.plan.test_explain_tier import TABLE, planned
from tests.plan.test_soft_memory import soft_plan


def text(made: Plan, *, everything: bool = False) -> str:
    lines = tier_lines(made, Paper(width=120), everything=everything)
    return "\n".join(line.plain.rstrip() for line in lines)


def test_which_node_is_in_which_tier() -> None:
    """A row a node, fastest tier first; 7.2 weighs nodes."""
    shown = text(planned(latency(10, 20), bandwidth(10240, 5120), kernel="7.2"))
    assert shown == (
        "\n"
        "memory tiers and distances:\n"
        "  tier  node  abstract distance  latency   bandwidth  from    demoted to\n"
        "     4     0                576    10 ns  10240 MB/s  node 0  node 1\n"
        "    18     1               2304    20 ns   5120 MB/s  node 0  nowhere\n"
        "  tiers: DRAM node 0 is the reference\n"
        "  nothing is promoted out of node 0\n"
        "  weights of interleaving: node 0: 21, node 1: 10\n"
        "  order of nodes to allocate from: 0: 0 1; 1: 1 0"
    )


def test_a_table_that_is_not_used() -> None:
    """The reason is given."""
    assert "HMAT: not used, the structure of type 1 at 0x28" in text(
        planned(latency(10, 20)._replace(length=40))
    )


def test_soft_reserved_memory() -> None:
    """Who has it, as what, and why."""
    shown = text(soft_plan("6.12.117"))
    assert "memory set apart for a purpose:" in shown
    assert "hmem: system-ram, Normal  2G usable  kmem makes memory of it" in shown


def test_regions() -> None:
    """Their numbers, and the tiers after them."""
    shown = text(cxl_plan(device()))
    assert "d0: 0x400000000-0x41fffffff, node 2, 202/302 ns, 5120 MB/s (" in shown
    assert "memory tiers after all events:" in shown
    assert "226     2" in shown


def test_plain_machines_have_no_such_section() -> None:
    """There is nothing that others do not have."""
    assert text(plan(TABLE)) == ""
