"""The thirteen patches of the 2013 series, in the order in which they act, on one machine."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.errors import BootOptionError
from srat_tool.base.words import joined
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.machine import Machine
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.series2013.released import no_released_kernel
from srat_tool.plan.series2013.run import SeriesRun, run_series
from srat_tool.plan.series2013.section import Section, SeriesWalk
from srat_tool.plan.series2013.walk_early import EARLY
from srat_tool.plan.series2013.walk_late import LATE, documentation, reservations
from srat_tool.plan.series2013.walk_local import LOCAL

_STARTS = 4
_DECISIVE = {(7,), (10,)}
"""The patches that name kernel nodes, and that reserve hot-pluggable ranges."""


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
    note = no_released_kernel(inputs).why
    return SeriesWalk((*sections, documentation()), (*_outcome(run, sections), note))


def _outcome(run: SeriesRun, sections: list[Section]) -> Iterator[str]:
    """Yield whether it boots, where ZONE_MOVABLE starts, and the first point of what decides it."""
    if run.state.panic is not None:
        yield f"This boot ends in a kernel panic: {run.state.panic.strip()}"
    elif run.starts:
        starts = [f"node {nid} at {start:#x}" for nid, start in run.starts.items()]
        rest = [f"{len(starts) - _STARTS} more"] if len(starts) > _STARTS else []
        yield f"ZONE_MOVABLE starts on {joined([*starts[:_STARTS], *rest])}."
    else:
        yield "No node has a ZONE_MOVABLE that follows from the SRAT."
    yield from (section.points[0] for section in sections if section.patches in _DECISIVE)
