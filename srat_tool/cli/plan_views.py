"""The views of a plan: the layout itself, how it came about, and policies side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from srat_tool.base.errors import BootOptionError
from srat_tool.cli.look import Look

if TYPE_CHECKING:
    from srat_tool.plan.machine import Machine
    from srat_tool.plan.plan import Plan
    from srat_tool.render.paper.console import Line, Paper

SERIES_POLICY = "movablecore=acpi"


def layout(machine: Machine, look: Look) -> str:
    """Return the plan of a machine in one of its formats."""
    from srat_tool.plan.pipeline import make_plan

    plan = make_plan(machine)
    if look.style == "json":
        from srat_tool.render.plan.as_json import plan_json

        return plan_json(plan)
    if look.style == "dmesg":
        from srat_tool.render.plan.as_dmesg import plan_dmesg

        return plan_dmesg(plan)
    if look.style == "markdown":
        from srat_tool.render.plan.as_markdown import plan_markdown

        return plan_markdown(plan, look.paper, everything=look.everything)
    from srat_tool.render.plan.plan import plan_lines

    return look.draw(
        lambda paper: plan_lines(plan, paper, everything=look.everything), "srattool plan"
    )


def explanation(machine: Machine, what: str, look: Look) -> str:
    """Return how the plan came about.

    Args:
        machine: what is planned.
        what: a node, an address or a range; empty for the walk through the series of 2013 where
            that decides, and for every node where it does not.
        look: how it is to look.

    Raises:
        SratToolError: when `what` is none of these, or the format cannot show it.
    """
    from srat_tool.plan.pipeline import make_plan

    plan = make_plan(machine)
    if not what and plan.kernel.policy == SERIES_POLICY:
        return _walk(machine, look)
    return _chain(plan, what, look)


def _walk(machine: Machine, look: Look) -> str:
    from srat_tool.plan.series2013.walk import walk_series
    from srat_tool.render.plan.series_walk import walk_json, walk_lines

    sections = walk_series(machine)
    if look.style == "json":
        return walk_json(sections)
    return _drawn(lambda paper: walk_lines(sections, paper), look, "srattool plan --explain")


def _chain(plan: Plan, what: str, look: Look) -> str:
    from srat_tool.plan.explain import explain, explain_all, find_target
    from srat_tool.render.plan.explain import explain_json, explain_lines

    chain = explain(plan, find_target(plan, what)) if what else explain_all(plan)
    if look.style == "json":
        return explain_json(chain)
    title = f"srattool plan --explain {what}".strip()
    return _drawn(
        lambda paper: explain_lines(chain, paper, everything=look.everything), look, title
    )


def comparison(machine: Machine, look: Look) -> str:
    """Return the machine under every policy, side by side."""
    from srat_tool.compare.policies import compare_policies
    from srat_tool.render.plan.policies import policies_json, policies_lines

    compared = compare_policies(machine)
    if look.style == "json":
        return policies_json(compared)
    return _drawn(lambda paper: policies_lines(compared, paper), look, "srattool plan --compare")


def _drawn(lines: Callable[[Paper], list[Line]], look: Look, title: str) -> str:
    """Return lines in a format for eyes.

    Raises:
        BootOptionError: when the format is for plans only.
    """
    if look.style == "markdown":
        from srat_tool.render.paper.console import paint
        from srat_tool.render.plan.as_markdown import fenced

        return fenced(paint(lines(look.paper), look.paper))
    if look.style in {"json", "dmesg"}:
        raise BootOptionError(
            "this view has no such form", where="--format", got=look.style, expected="text"
        )
    return look.draw(lines, title)
