"""`srattool diff`: what changed between two firmware versions, and what that changes."""

from __future__ import annotations

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import kernel_options, loaded


@click.command("diff", epilog="Example: srattool diff --movable-node old-firmware/ new-firmware/")
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path())
@kernel_options
@look_options("Diff", ranges=False)
@input_options
def command(before: str, after: str, options: PlanOptions, sheet: Sheet, read: ReadOptions) -> int:
    """Compare two sets of tables, and the nodes and zones that follow from them.

    BEFORE and AFTER are anything that holds tables: a file, a folder, an acpidump, an archive, a
    firmware image, a spec. Ranges that moved, domains with another number, flags, processors,
    entries and header fields are described in words. Both sets are then planned for one kernel.

    Exit status: 0 no difference, 1 differences, 2 the command failed.
    """
    from srat_tool.api.planning import diff

    left, right = (loaded((path,), options, read) for path in (before, after))
    found = diff(left, right, (before, after))
    sheet.write(found, f"{before} and {after}")
    return 1 if found.differs else 0
