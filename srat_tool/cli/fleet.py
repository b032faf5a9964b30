"""`srattool fleet`: many machines, one table."""

from __future__ import annotations

from pathlib import Path

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.base.limits import Budget
from srat_tool.cli.options import arch_option, limit_options
from srat_tool.render.paper.progress import progress_line

_FORMATS = ("table", "jsonl", "csv")
_DATABASES = (".sqlite", ".sqlite3", ".db")


@click.command("fleet", epilog="Example: srattool fleet sosreports/ -o fleet.sqlite")
@click.argument("paths", nargs=-1, metavar="PATHS...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="Write the rows in this format. Default: table, or as the name of the file ends.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the rows to a file: a database where its name ends in .sqlite, which a later run "
    "brings up to date, reading only what has changed.",
)
@click.option("--kernel", metavar="PROFILE", help="Plan this kernel profile or release everywhere.")
@click.option("--cmdline", metavar="TEXT", help="Plan with this kernel command line everywhere.")
@click.option("--movable-node", is_flag=True, help="Boot option: hot-pluggable memory is movable.")
@arch_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Work with this many processes. Default: one for each processor.",
)
@limit_options
def command(
    paths: tuple[str, ...],
    *,
    form: str | None,
    output: str | None,
    jobs: int | None,
    budget: Budget,
    **asked: object,
) -> int:
    """Plan and lint many machines, one row each.

    PATHS are files and folders: tables, dumps, archives such as sosreports, kernel logs, in any
    number and depth, or the database of an earlier run. A machine that cannot be read is a row with
    its errors.

    Exit status: 0 every machine is good; 1 lint found errors, or a kernel did something else than
    planned; 2 a machine could not be read or planned.
    """
    from srat_tool.cli.writing import write_answer
    from srat_tool.fleet.formats import FORMATS, counts_line
    from srat_tool.fleet.options import FleetOptions
    from srat_tool.fleet.rows import opened_fleet

    options = FleetOptions(plan=PlanOptions(**asked), budget=budget, jobs=jobs)  # type: ignore[arg-type]
    database = output if output is not None and output.endswith(_DATABASES) else None
    read = ReadOptions(progress=progress_line())
    with read.steps("fleet") as step, opened_fleet(paths, options, step, database) as whole:
        if database is None or form is not None:
            chosen = form or _form_of(output)
            write_answer(
                FORMATS[chosen](one.row for one in whole.rows()), None if database else output
            )
        counts = whole.counts()
    click.echo(f"srattool: {counts_line(counts)}", err=True)
    return counts.status


def _form_of(output: str | None) -> str:
    ending = Path(output or "").suffix.removeprefix(".")
    return ending if ending in _FORMATS else _FORMATS[0]
