"""`srattool diff`: what changed between two firmware versions, and what that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import kernel_options

if TYPE_CHECKING:
    from srat_tool.compare.plans import Effect
    from srat_tool.plan.machine import Machine


@click.command("diff", epilog="Example: srattool diff --movable-node old-firmware/ new-firmware/")
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path())
@kernel_options
@look_options("Diff", ranges=False)
@input_options
def command(before: str, after: str, options: PlanOptions, sheet: Sheet, read: ReadOptions) -> int:
    """Say what changed between two sets of tables, and what that changes in nodes and zones.

    BEFORE and AFTER are anything that holds tables: a file, a folder, an acpidump, an archive, a
    firmware image, a spec. Ranges that moved, domains with another number, flags, processors,
    entries and header fields are told in words; both sets are then planned for the same kernel.

    Exit status: 0 no difference, 1 differences, 2 no answer.
    """
    from srat_tool.api.machine import read_machine
    from srat_tool.compare.tables import compare_tables

    left, right = (read_machine(options._replace(tables=(path,)), read) for path in (before, after))
    changes = tuple(compare_tables(left.tables, right.tables))
    effects, kernel = _effects(left, right)
    from srat_tool.compare.diff import Diff

    diff = Diff(before=before, after=after, changes=changes, effects=effects, kernel=kernel)
    sheet.write(diff, f"{before} and {after}")
    return 1 if changes else 0


def _effects(left: Machine, right: Machine) -> tuple[tuple[Effect, ...] | None, str]:
    """Plan both; tables without an answer are still compared, and why there is none is said."""
    from srat_tool.base.errors import BootOptionError, SratToolError
    from srat_tool.compare.plans import compare_plans
    from srat_tool.plan.pipeline import make_plan
    from srat_tool.render.plan.facts import kernel_name, policy_name

    try:
        plans = make_plan(left), make_plan(right)
    except BootOptionError:
        raise
    except SratToolError as error:
        return None, error.message
    kernel = plans[1].kernel
    return tuple(compare_plans(*plans)), f"{kernel_name(kernel)}, {policy_name(kernel)}"
