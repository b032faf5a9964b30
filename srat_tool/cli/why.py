"""`srattool why`: why memory can or cannot go."""

from __future__ import annotations

from pathlib import Path

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import loaded, plan_options


@click.command("why", epilog="Example: srattool why node1 --boot-log /var/log/dmesg SRAT.bin")
@click.argument("target")
@plan_options
@look_options("Why")
@input_options
def command(
    *,
    target: str,
    tables: tuple[str, ...],
    options: PlanOptions,
    sheet: Sheet,
    read: ReadOptions,
) -> None:
    """Explain why memory can or cannot be removed, and what happens where there is none.

    TARGET is a node (node1), an address (34G), a range
    (0x840000000-0x103fffffff, 1T+64G), a memory block (block 17) or a memory
    entry of the SRAT (entry 3, +0x0058). The conclusion comes first, then the
    remedy, then the chain from table offset to zone.
    """
    from srat_tool.api.planning import why

    if not tables and (target.startswith("example:") or Path(target).exists()):
        raise click.UsageError(
            f"TARGET is missing: {target} is an input; try srattool why node0 {target}"
        )
    machine = loaded(tables, options, read)
    sheet.write(why(machine, target), f"srattool why {target}")
