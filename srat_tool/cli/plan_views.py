"""The views of a plan: how it came about, and policies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srat_tool.compare.policies import PolicyComparison
    from srat_tool.plan.explain import Step
    from srat_tool.plan.machine import Machine
    from srat_tool.plan.series2013.section import SeriesWalk

SERIES_POLICY = "movablecore=acpi"


def explanation(machine: Machine, what: str) -> Step | SeriesWalk:
    """Return how the plan came about.

    Args:
        machine: what is planned.
        what: a node, an address or a range; empty for the walk through the series of 2013 where
            that decides, and for every node where it does not.

    Raises:
        SratToolError: when `what` is none of these.
    """
    from srat_tool.plan.explain import explain, explain_all, find_target
    from srat_tool.plan.pipeline import make_plan

    plan = make_plan(machine)
    if what:
        return explain(plan, find_target(plan, what))
    if plan.kernel.policy == SERIES_POLICY:
        from srat_tool.plan.series2013.walk import walk_series

        return walk_series(machine)
    return explain_all(plan)


def comparison(machine: Machine) -> PolicyComparison:
    """Return the machine under every policy, side by side."""
    from srat_tool.compare.policies import compare_policies

    return compare_policies(machine)
