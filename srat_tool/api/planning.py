"""What Linux does with a machine: plans, explanations, advice, and comparisons of plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srat_tool.base.errors import BootOptionError, SratToolError

if TYPE_CHECKING:
    from srat_tool.compare.diff import Diff
    from srat_tool.compare.plans import Effect
    from srat_tool.compare.policies import PolicyComparison
    from srat_tool.plan.advise import Advice
    from srat_tool.plan.advise_tier import TierAdvice
    from srat_tool.plan.dimm_text import PlannedDimms
    from srat_tool.plan.dimm_windows import DimmWindows
    from srat_tool.plan.explain import Step
    from srat_tool.plan.machine import Machine
    from srat_tool.plan.plan import Plan
    from srat_tool.plan.removal_overview import RemovalOverview
    from srat_tool.plan.series2013.section import SeriesWalk
    from srat_tool.plan.why import Why

_SERIES_POLICY = "movablecore=acpi"


def plan(machine: Machine) -> Plan:
    """Return what Linux does with this machine: nodes, zones, hot-pluggable memory.

    Raises:
        SratToolError: when nothing shows where RAM is, or an option is wrong.
    """
    from srat_tool.plan.pipeline import make_plan

    return make_plan(machine)


def explain(machine: Machine, target: str = "") -> Step | SeriesWalk:
    """Return how the plan of this machine comes about.

    Args:
        machine: what is planned.
        target: a node, an address or a range (`node1`, `34G`, `0x840000000-0x103fffffff`); empty
            for the walk through the 2013 series where that decides, else for all nodes.

    Raises:
        SratToolError: when `target` is none of these, or there is no plan.
    """
    from srat_tool.plan.explain import explain as explain_target
    from srat_tool.plan.explain_all import explain_all
    from srat_tool.plan.explain_target import find_target
    from srat_tool.plan.pipeline import make_plan

    made = make_plan(machine)
    if target:
        return explain_target(made, find_target(made, target))
    if made.kernel.policy == _SERIES_POLICY:
        from srat_tool.plan.series2013.walk import walk_series

        return walk_series(machine)
    return explain_all(made)


def why(machine: Machine, target: str) -> Why:
    """Return why memory can or cannot be removed, or what happens where there is none.

    Args:
        machine: what is planned.
        target: a node, an address, a range, a memory block or a memory entry (`node1`, `34G`,
            `block 17`, `entry 3`).

    Raises:
        SratToolError: when `target` is none of these, or there is no plan.
    """
    from srat_tool.plan.why import why as answer_why

    return answer_why(machine, target)


def overview(machine: Machine) -> RemovalOverview:
    """Return for each node whether it is removable now, with which options, or why never.

    Raises:
        SratToolError: when there is no plan.
    """
    from srat_tool.plan.removal_overview import removal_overview

    return removal_overview(machine)


def dimm_windows(machine: Machine, dimms: Iterable[str | PlannedDimms]) -> DimmWindows:
    """Return where the SRAT has or needs room for planned DIMMs.

    Args:
        machine: the machine without them.
        dimms: `64G`, `64G,count=4,pxm=1`, or the same as values.

    Raises:
        SratToolError: when one is malformed or has no domain, or there is no plan.
    """
    from srat_tool.plan.dimm_text import read_dimms
    from srat_tool.plan.dimm_windows import dimm_windows as find_windows

    return find_windows(machine, read_dimms(dimms))


def compare(machine: Machine) -> PolicyComparison:
    """Return this machine under each policy for movable memory, side by side.

    Raises:
        SratToolError: when there is no plan.
    """
    from srat_tool.compare.policies import compare_policies

    return compare_policies(machine)


def advise_tier(machine: Machine, nid: int) -> TierAdvice:
    """Return which numbers of the HMAT put a node into another memory tier, or what decides.

    Raises:
        SratToolError: when there is no such node or no plan.
    """
    from srat_tool.plan.advise_tier import advise_tier as answer_tier

    return answer_tier(machine, nid)


def advise(machine: Machine, removable: Iterable[int], kernel_memory: int | str = 0) -> Advice:
    """Return how nodes become hot-removable, what that costs, or why they cannot.

    Args:
        machine: what is planned.
        removable: the nodes, as Linux numbers them.
        kernel_memory: memory that the kernel must keep: bytes, or a size such as `16G`.

    Raises:
        SratToolError: when there is no such node, no such size or no plan.
    """
    from srat_tool.base.units import parse_size
    from srat_tool.plan.advise import advise as advise_nodes

    if isinstance(kernel_memory, str):
        kernel_memory = parse_size(kernel_memory, where="--kernel-memory")
    return advise_nodes(machine, list(removable), kernel_memory)


def diff(before: Machine, after: Machine, names: tuple[str, str] = ("before", "after")) -> Diff:
    """Return what differs between the tables of two machines, and between the plans for them.

    Args:
        before: the first machine.
        after: the second one.
        names: what to call them.

    Raises:
        BootOptionError: when an option is wrong.
        SratToolError: when nothing can be compared, as one has neither tables nor a plan.
    """
    from srat_tool.compare.diff import Diff
    from srat_tool.compare.tables import compare_tables

    bare = tuple(
        name for name, machine in zip(names, (before, after), strict=True) if not machine.tables
    )
    changes = () if bare else tuple(compare_tables(before.tables, after.tables))
    effects, kernel = _effects(before, after, can_be_unknown=not bare)
    return Diff(
        before=names[0],
        after=names[1],
        changes=changes,
        effects=effects,
        kernel=kernel,
        without_tables=bare,
    )


def _effects(
    before: Machine, after: Machine, *, can_be_unknown: bool
) -> tuple[tuple[Effect, ...] | None, str]:
    """Plan both; tables that cannot be planned are still compared, with the reason."""
    from srat_tool.compare.plans import compare_plans
    from srat_tool.plan.pipeline import make_plan
    from srat_tool.render.plan.facts import kernel_name, policy_name

    try:
        plans = make_plan(before), make_plan(after)
    except BootOptionError:
        raise
    except SratToolError as error:
        if not can_be_unknown:
            raise
        return None, error.message
    kernels = (plan.kernel for plan in plans)
    names = dict.fromkeys(f"{kernel_name(one)}, {policy_name(one)}" for one in kernels)
    return tuple(compare_plans(*plans)), "; then ".join(names)
