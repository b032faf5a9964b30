"""`srattool verify`: the plan against what a kernel really did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srat_tool.api.options import ReadOptions
from srat_tool.base.errors import BootOptionError
from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import arch_option, boot_option, input_options, kernel_option

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
@kernel_option("Kernel profile or release, when no log names it.", metavar="PROFILE")
@boot_option
@look_options("Verification", ranges=False)
@arch_option
@click.option("-v", "--verbose", is_flag=True, help="Show equal lines too.")
@input_options
def command(
    inputs: tuple[str, ...],
    *,
    live: bool,
    watched: bool,
    sheet: Sheet,
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

    sheet = sheet._replace(look=sheet.look._replace(verbose=verbose))
    title = "verify --live" if live else f"verify {' '.join(inputs)}"

    def answer() -> Verification:
        return verify(inputs, live=live, read=read, **asked)

    if watched:
        if not live:
            raise BootOptionError("nothing changes without --live", where="--watch")
        if sheet.output is not None:
            raise BootOptionError("it goes to standard output", where="--watch", got="-o")
        from srat_tool.cli.watching import watch

        def answered() -> tuple[str, int]:
            result = answer()
            return sheet.text(result, title), _status(result)

        return watch(answered)
    result = answer()
    sheet.write(result, title)
    return _status(result)


def _status(result: Verification) -> int:
    from srat_tool.compare.verified import Verdict

    return {Verdict.EQUAL: 0, Verdict.DIFFERENT: 1, Verdict.UNKNOWN: 2}[result.verdict]
