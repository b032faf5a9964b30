"""`srattool plan`: what Linux does with the tables."""

from __future__ import annotations

import os
from pathlib import Path

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import loaded, plan_options


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
    help="Explain the result instead: for one node, address or range (node1, 34G, "
    "0x840000000-0x103fffffff) the chain from table offset to zone; alone, the walk through the "
    "patches of the 2013 series, or without that series the chains of all nodes.",
)
@click.option("--compare", is_flag=True, help="Show all policies side by side on this machine.")
@click.option("--policy", type=click.Choice(["all"]), help="The same as --compare.")
@click.option(
    "--blocks",
    is_flag=True,
    help="Show instead the boot memory by memory block: node, zone, and whether it can go offline.",
)
@look_options("Plan", "Step", "SeriesWalk", "PolicyComparison", "MemoryBlocks")
@input_options
def command(
    *,
    tables: tuple[str, ...],
    options: PlanOptions,
    what: str | None,
    compare: bool,
    policy: str | None,
    blocks: bool,
    sheet: Sheet,
    read: ReadOptions,
) -> None:
    """Predict how Linux will use a machine's memory: nodes, hot-pluggable ranges, zones.

    TABLES are files or folders with ACPI tables, in any form that inspect
    reads; a kernel's log among them is taken as --boot-log. With none, and no
    boot log, the running machine is read.
    """
    from srat_tool.api.planning import compare as compare_policies
    from srat_tool.api.planning import explain, plan

    tables, what = _sorted_out(tables, what)
    machine = loaded(tables, options, read)
    if compare or policy:
        sheet.write(compare_policies(machine), "srattool plan --compare")
    elif blocks:
        sheet.write(plan(machine).memory_blocks, "srattool plan --blocks")
    elif what is not None:
        sheet.write(explain(machine, what), f"srattool plan --explain {what}".strip())
    else:
        sheet.write(plan(machine), "srattool plan")


def _sorted_out(tables: tuple[str, ...], what: str | None) -> tuple[tuple[str, ...], str | None]:
    """Give the word after `--explain` back to TABLES when it is an input and no question."""
    if not what:
        return tables, what
    from srat_tool.plan.explain_target import is_target

    if is_target(what) or not _is_input(what):
        return tables, what
    return (what, *tables), ""


def _is_input(word: str) -> bool:
    """Return whether a word names an input: a path that exists or reads as one, or an example."""
    return os.path.sep in word or word == "-" or word.startswith("example:") or Path(word).exists()
