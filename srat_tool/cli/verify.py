"""`srattool verify`: the plan against what a kernel really did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srat_tool.cli.look import format_option
from srat_tool.cli.options import input_options

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions
    from srat_tool.sources.found import Found


@click.command("verify", epilog="Example: srattool verify --live")
@click.argument("inputs", nargs=-1, metavar="[LOG] [TABLES]...", type=click.Path())
@click.option("--live", is_flag=True, help="Verify against the running machine.")
@click.option(
    "--kernel", metavar="PROFILE", help="Kernel profile or release, when no log names it."
)
@format_option("Verification")
@click.option("-v", "--verbose", is_flag=True, help="Show the lines that are equal too.")
@input_options
def command(
    inputs: tuple[str, ...],
    *,
    live: bool,
    kernel: str | None,
    form: str,
    verbose: bool,
    read: ReadOptions,
) -> int:
    """Compare what the plan predicts with what a kernel did, and explain the first difference.

    LOG is a boot log, whole or cut; TABLES are the machine's own tables, without which the SRAT
    lines of the log stand in for them. An archive that holds both, such as a sosreport, does as
    well. With --live the running machine is both: /proc/zoneinfo, the node folders and the
    firmware's map may be read by everybody, the tables and the kernel's log by root.

    Exit status: 0 equal, 1 different, 2 cannot tell.
    """
    from srat_tool.cli.writing import write_answer
    from srat_tool.compare.reality import plan_of
    from srat_tool.compare.verified import Verdict
    from srat_tool.compare.verify import verify
    from srat_tool.plan.observed import observe
    from srat_tool.render.formats import rendered
    from srat_tool.render.look import Look

    found = _find(inputs, read, live=live)
    observed = observe(found.evidence, found.refused if live else ())
    planned = plan_of(found.tables, observed, profile=kernel)
    result = verify(planned.plan, observed, planned.srat, planned.doubts)
    write_answer(rendered(result, form, Look(verbose=verbose)), None)
    return {Verdict.EQUAL: 0, Verdict.DIFFERENT: 1, Verdict.UNKNOWN: 2}[result.verdict]


def _find(inputs: tuple[str, ...], read: ReadOptions, *, live: bool) -> Found:
    from srat_tool.api.inputs import gather_tables
    from srat_tool.base.errors import SourceError
    from srat_tool.sources.detect import gather
    from srat_tool.sources.found import Role

    if live:
        return _running(inputs, read)
    if not inputs:
        raise SourceError("nothing to verify", hint="a boot log, a sosreport, or --live")
    found = gather_tables(inputs, read)
    if not any(e.role in (Role.BOOT_LOG, Role.ZONEINFO, Role.NODE_FILE) for e in found.evidence):
        # A log whose first lines are lost is still a log when the user says so.
        found.extend(gather(inputs[:1], source="bootlog"))
    return found


def _running(inputs: tuple[str, ...], read: ReadOptions) -> Found:
    from srat_tool.api.inputs import gather_tables
    from srat_tool.sources.detect import SYSFS_TABLES, read_inputs
    from srat_tool.sources.found import NoTableError, NotPermittedError
    from srat_tool.sources.live import read_live

    found = read_live()
    if inputs:
        found.extend(gather_tables(inputs, read))
        return found
    try:
        found.extend(read_inputs([SYSFS_TABLES]))
    except NoTableError:
        pass  # a machine without ACPI tables has one node, which can be verified as well
    except NotPermittedError as error:
        if "SRAT" in error.sizes:
            raise
    return found
