"""`srattool plan`: what Linux makes of the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from srat_tool.cli.look import Look, look_options
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import PlanOptions, plan_options

if TYPE_CHECKING:
    from srat_tool.plan.plan import Plan

FORMATS = ("text", "json", "dmesg", "svg", "html", "markdown")


@click.command(
    "plan",
    epilog="Example: srattool plan --boot-log /var/log/dmesg --movable-node SRAT.bin SLIT.bin",
)
@plan_options
@click.option(
    "--explain",
    "what",
    is_flag=False,
    flag_value="",
    metavar="[NODE|ADDRESS|RANGE]",
    help="Show instead how it came about: for one node, address or range (node1, 34G, "
    "0x840000000-0x103fffffff) the chain from table offset to zone; alone, for every node.",
)
@look_options(*FORMATS)
@input_options
def command(options: PlanOptions, what: str | None, look: Look) -> None:
    """Say what Linux makes of a machine: nodes, hot-pluggable memory, zones.

    TABLES are files or folders with ACPI tables, in any form that inspect
    reads. With none, and no boot log, the running machine is read.
    """
    from srat_tool.cli.machine import read_machine
    from srat_tool.cli.writing import write_answer
    from srat_tool.plan.pipeline import make_plan

    options, what = _sorted_out(options, what)
    plan = make_plan(read_machine(options))
    answer = render(plan, look) if what is None else explained(plan, what, look)
    write_answer(answer, look.output)


def _sorted_out(options: PlanOptions, what: str | None) -> tuple[PlanOptions, str | None]:
    """Give the word behind `--explain` back to TABLES when it reads as a path."""
    from srat_tool.plan.explain import is_target

    if not what or is_target(what):
        return options, what
    return replace(options, tables=(what, *options.tables)), ""


def render(plan: Plan, look: Look) -> str:
    """Return a plan in one of the formats."""
    if look.style == "json":
        from srat_tool.render.as_json import plan_json

        return plan_json(plan)
    if look.style == "dmesg":
        from srat_tool.render.as_dmesg import plan_dmesg

        return plan_dmesg(plan)
    if look.style == "markdown":
        from srat_tool.render.as_markdown import plan_markdown

        return plan_markdown(plan, look.paper, everything=look.everything)
    from srat_tool.render.plan import plan_lines

    return look.draw(
        lambda paper: plan_lines(plan, paper, everything=look.everything), "srattool plan"
    )


def explained(plan: Plan, what: str, look: Look) -> str:
    """Return the chain of reasons for one node, address or range.

    Raises:
        SratToolError: when `what` is none of these, or the format cannot show a chain.
    """
    from srat_tool.plan.explain import explain, explain_all, find_target
    from srat_tool.render.explain import explain_json, explain_lines, explain_markdown

    chain = explain(plan, find_target(plan, what)) if what else explain_all(plan)
    if look.style == "json":
        return explain_json(chain)
    if look.style == "markdown":
        return explain_markdown(chain, look.paper)
    if look.style == "dmesg":
        look = replace(look, style="text")
    title = f"srattool plan --explain {what}"
    return look.draw(
        lambda paper: explain_lines(chain, paper, everything=look.everything), title.strip()
    )
