"""`srattool report`: everything about a machine on one page for a browser."""

from __future__ import annotations

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import plan_options
from srat_tool.cli.writing import write_answer


@click.command("report", epilog="Example: srattool report tables/ -o machine.html")
@plan_options
@click.option(
    "-o", "--output", metavar="FILE", help="Write the page to a file; default: standard output."
)
@click.option("--title", metavar="TEXT", help="Title of the page; by default the inputs.")
@input_options
def command(
    *,
    tables: tuple[str, ...],
    options: PlanOptions,
    output: str | None,
    title: str | None,
    read: ReadOptions,
) -> None:
    """Write one HTML page about a machine: layout, tables with their bytes, findings, reasons.

    The page needs no network, loads nothing and works from a file: open it in a browser, mail it,
    or print it. It shows the layout with zoom, each table field by field, distances, latencies and
    bandwidths as heat maps, memory tiers, findings and the reasons for each node.
    """
    from dataclasses import replace

    from srat_tool.api.report import report
    from srat_tool.render.formats import rendered

    answer = report(tables, options, read)
    if title is not None:
        answer = replace(answer, title=title)
    write_answer(rendered(answer, "html"), output)
