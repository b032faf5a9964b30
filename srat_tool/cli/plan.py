"""`srattool plan`: what Linux makes of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import PlanOptions, plan_options

if TYPE_CHECKING:
    from srat_tool.plan.plan import Plan

FORMATS = ("text", "json", "dmesg")


@click.command(
    "plan",
    epilog="Example: srattool plan --boot-log /var/log/dmesg --movable-node SRAT.bin SLIT.bin",
)
@plan_options
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write the answer to a file.")
@input_options
def command(options: PlanOptions, style: str, output: str | None) -> None:
    """Say what Linux makes of a machine: nodes, hot-pluggable memory, zones.

    TABLES are files or folders with ACPI tables, in any form that inspect
    reads. With none, and no boot log, the running machine is read.
    """
    from srat_tool.cli.machine import read_machine
    from srat_tool.cli.writing import write_answer
    from srat_tool.plan.pipeline import make_plan

    write_answer(render(make_plan(read_machine(options)), style), output)


def render(plan: Plan, style: str) -> str:
    """Return a plan in one of the formats."""
    if style == "json":
        from srat_tool.render.as_json import plan_json

        return plan_json(plan)
    if style == "dmesg":
        from srat_tool.render.as_dmesg import plan_dmesg

        return plan_dmesg(plan)
    import sys

    from srat_tool.render.console import paint, paper_for
    from srat_tool.render.plan import plan_lines

    paper = paper_for(sys.stdout)
    return paint(plan_lines(plan, paper), paper).rstrip("\n")
