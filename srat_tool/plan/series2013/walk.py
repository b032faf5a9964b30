"""The thirteen patches of the 2013 series, in the order in which they act, on one machine."""

from __future__ import annotations

from srat_tool.base.errors import BootOptionError
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.inputs import read_machine
from srat_tool.plan.machine import Machine
from srat_tool.plan.series2013.run import run_series
from srat_tool.plan.series2013.section import Section, SeriesWalk
from srat_tool.plan.series2013.walk_early import EARLY
from srat_tool.plan.series2013.walk_late import LATE, documentation, reservations
from srat_tool.plan.series2013.walk_local import LOCAL


def walk_series(machine: Machine) -> SeriesWalk:
    """Walk through the series on a machine.

    Raises:
        BootOptionError: when the machine's kernel is not one that carries the series.
    """
    inputs = read_machine(machine)
    if inputs.profile.series is None:
        raise BootOptionError(
            "only a kernel with the series of 2013 can be explained patch by patch",
            where="--explain",
            got=f"the profile {inputs.profile.name}",
            hint="--movablecore=acpi, or --explain with a range, a node or an address",
        )
    run = run_series(inputs, early_memory(inputs))
    sections = [step(run) for step in (*EARLY, *LOCAL, *reservations)]
    if run.state.panic is None:
        sections += [step(run) for step in LATE]
    else:
        last_words = f"kernel panic: {run.state.panic.strip()}"
        sections.append(Section((), "This boot ends here", (last_words,)))
    return SeriesWalk((*sections, documentation()))
