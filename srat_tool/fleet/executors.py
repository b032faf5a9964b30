"""Executors of a run: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from srat_tool.base.errors import BootOptionError
from srat_tool.base.pool import in_order, through, usable_cores
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.work import FleetTask, TaskResult, lost_task, work_on

Item = TypeVar("Item")
Result = TypeVar("Result")

DASK = "dask:"


def results(tasks: Iterator[FleetTask], options: FleetOptions) -> Iterator[TaskResult]:
    """Yield what comes of tasks, in their order.

    Raises:
        SratToolError: when the executor that the options name cannot be used.
    """
    return mapped(work_on, tasks, options, lost_task)


def mapped(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    options: FleetOptions,
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield what a function gives for each item, in their order.

    Args:
        work: can be pickled, as all that it takes and gives.
        items: are taken as they are needed.
        options: name the executor, or the number of processes.
        lost: gives the result of an item whose worker was killed again and again.

    Raises:
        SratToolError: when the executor that the options name cannot be used.
    """
    if options.executor is None:
        jobs = usable_cores() if options.jobs is None else options.jobs
        return in_order(work, items, jobs=jobs, lost=lost)
    if not options.executor.startswith(DASK):
        raise BootOptionError(
            "no such executor", where="--executor", got=options.executor, expected="dask:ADDRESS"
        )
    from srat_tool.fleet.cluster import Cluster, Remote  # noqa: PLC0415 - Dask is an extra

    cluster = Cluster(options.executor.removeprefix(DASK))
    jobs = cluster.workers() if options.jobs is None else options.jobs
    remote = Remote.here(work)
    return through(lambda _: cluster.executor(), remote, items, jobs=jobs, lost=lost)
