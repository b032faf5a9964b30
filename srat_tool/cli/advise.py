"""`srattool advise`: what makes nodes hot-removable, or puts one into another memory tier."""

from __future__ import annotations

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.base.numerals import whole
from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import input_options
from srat_tool.cli.plan_options import loaded, plan_options

_MAX_NODE = 9999


@click.command(
    "advise",
    epilog="Example: srattool advise --removable 1,2 --kernel-memory 16G --kernel 6.1 SRAT.bin",
)
@click.option(
    "--removable",
    metavar="NODES",
    help="Nodes by their Linux numbers, such as 1,3-5; without it, a row for each node.",
)
@click.option(
    "--tier",
    metavar="NODE",
    type=click.IntRange(0, _MAX_NODE),
    help="What would put this node into another memory tier, in place of all else.",
)
@click.option("--kernel-memory", metavar="SIZE", help="Memory that must remain for the kernel.")
@click.option(
    "--dimm",
    "dimms",
    multiple=True,
    metavar="SIZE[,count=N][,pxm=N]",
    help="DIMMs that are to be added one day, 64G,count=4,pxm=1: where the SRAT needs room for "
    "them, and how much; may be repeated.",
)
@look_options("Advice", "RemovalOverview", "DimmWindows", "TierAdvice", ranges=False)
@plan_options
@input_options
def command(
    *,
    tables: tuple[str, ...],
    options: PlanOptions,
    read: ReadOptions,
    removable: str | None,
    tier: int | None,
    kernel_memory: str | None,
    dimms: tuple[str, ...],
    sheet: Sheet,
) -> int:
    """Find the boot options or SRAT changes that make nodes hot-removable, and their cost.

    Boot options are tried first, then changes of the SRAT's Hot Pluggable
    bits. Options for movable memory that are on the command line are ignored.

    Without --removable, each node is listed: removable now, removable with
    which options and at what cost, or why never.

    With --dimm, the question is another one: the hot-pluggable ranges that the
    SRAT must have so that Linux takes these DIMMs, with the rules that they
    follow from.

    With --tier, the latencies and bandwidths are listed that put a node into
    another memory tier, or what decides in their place.

    Exit status: 0 possible, 1 not possible, 2 the command failed.
    """
    from srat_tool.api.planning import advise, advise_tier, dimm_windows, overview

    _demand_one_question(removable or kernel_memory, dimms=dimms, tier=tier)
    machine = loaded(tables, options, read)
    if dimms:
        windows = dimm_windows(machine, dimms)
        sheet.write(windows, "ranges for planned DIMMs")
        return 0 if windows.possible else 1
    if tier is not None:
        answer = advise_tier(machine, tier)
        sheet.write(answer, f"memory tier of node {tier}")
        return 0 if answer.moves else 1
    if removable is None:
        sheet.write(overview(machine), "removability of each node")
        return 0
    advice = advise(machine, node_numbers(removable), kernel_memory or 0)
    sheet.write(advice, f"what makes nodes {removable} removable")
    return 0 if advice.possible else 1


def _demand_one_question(removal: str | None, *, dimms: tuple[str, ...], tier: int | None) -> None:
    """Refuse options of several questions.

    Raises:
        BootOptionError: when there are such options.
    """
    from srat_tool.base.errors import BootOptionError

    if sum((bool(removal), bool(dimms), tier is not None)) > 1:
        name = "--dimm" if dimms else "--tier"
        raise BootOptionError("two questions at once", where=name, expected=f"{name} alone")


def node_numbers(text: str) -> list[int]:
    """Read `1,3-5`.

    Raises:
        BootOptionError: when it is not a list of nodes.
    """
    from srat_tool.base.errors import BootOptionError

    nodes: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first, last if dash else first)
        numbers = [n for n in map(whole, ends) if n is not None and n <= _MAX_NODE]
        if len(numbers) < 2 or numbers[0] > numbers[1]:
            raise BootOptionError(
                "not a list of nodes", where="--removable", got=repr(text), expected="1,3-5"
            )
        nodes += range(numbers[0], numbers[1] + 1)
    return nodes
