"""`srattool verify`: the plan against what a kernel really did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srat_tool.api.options import ReadOptions
from srat_tool.base.errors import BootOptionError
from srat_tool.cli.look import format_option
from srat_tool.cli.options import arch_option, boot_option, input_options

if TYPE_CHECKING:
    from srat_tool.compare.verified import Verification


@click.command("verify", epilog="Example: srattool verify --live")
@click.argument("inputs", nargs=-1, metavar="[LOG] [TABLES]...", type=click.Path())
@click.option("--live", is_flag=True, help="Compare with the running machine.")
@click.option(
    "--watch",
    "watched",
    is_flag=True,
    help="With --live: compare every two seconds and show each change, until interrupted.",
)
@click.option(
    "--kernel", metavar="PROFILE", help="Kernel profile or release, when no log names it."
)
@boot_option
@format_option("Verification")
@arch_option
@click.option("-v", "--verbose", is_flag=True, help="Show equal lines too.")
@input_options
def command(
    inputs: tuple[str, ...],
    *,
    live: bool,
    watched: bool,
    form: str,
    verbose: bool,
    read: ReadOptions,
    **asked: str | None,
) -> int:
    """Compare a plan with what a kernel did, and explain the first difference.

    LOG is a boot log, whole or cut; TABLES are the machine's tables; without them the SRAT lines
    of the log are used. An archive with both, such as a sosreport, is read too. With --live both
    come from the running machine: /proc/zoneinfo, the node folders and the firmware's map can be
    read by every user, the tables and the kernel's log by root.

    Exit status: 0 equal, 1 different, 2 nothing could be compared.
    """
    from srat_tool.api.checking import verify
    from srat_tool.cli.writing import write_answer

    def answer() -> tuple[str, int]:
        return _shown(verify(inputs, live=live, read=read, **asked), form, verbose=verbose)

    if watched:
        if not live:
            raise BootOptionError("nothing changes without --live", where="--watch")
        from srat_tool.cli.watching import watch

        return watch(answer)
    text, status = answer()
    write_answer(text, None)
    return status


def _shown(result: Verification, form: str, *, verbose: bool) -> tuple[str, int]:
    """Return the text of a comparison, and its exit status."""
    from srat_tool.compare.verified import Verdict
    from srat_tool.render.formats import rendered
    from srat_tool.render.look import Look

    status = {Verdict.EQUAL: 0, Verdict.DIFFERENT: 1, Verdict.UNKNOWN: 2}[result.verdict]
    shown = rendered(result, form, Look(verbose=verbose))
    return shown if isinstance(shown, str) else "".join(shown), status
