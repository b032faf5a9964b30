"""Who does the work: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.pool import in_order, usable_cores
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.work import FleetTask, TaskResult, lost_task, work_on


def results(tasks: Iterator[FleetTask], options: FleetOptions) -> Iterator[TaskResult]:
    """Yield what comes of tasks, in their order.

    Raises:
        SratToolError: when the executor that the options name cannot be used.
    """
    jobs = usable_cores() if options.jobs is None else options.jobs
    return in_order(work_on, tasks, jobs=jobs, lost=lost_task)
