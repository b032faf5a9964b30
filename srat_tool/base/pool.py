"""Work on many items by several processes: in order, in bounded memory, each item apart.

Processes are forked, so they share what the caller has read and imported. Where none can be
started, or one is asked for, the caller does the work itself.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items that are submitted for each process before their results are needed."""


def usable_cores() -> int:
    """Return how many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Return whether `in_order` can use more than one process on this system."""
    return hasattr(os, "fork")


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield what some work gives for each item, in the order of the items.

    An item is the unit that is sent to a process: group small ones. At most `AHEAD` items for each
    process are taken from `items` before their results are taken.

    Args:
        work: any callable: it and what it refers to are there in a forked process, never pickled.
            What it raises is raised here.
        items: what it is called with, one after another; these and the results are pickled.
        jobs: the number of processes; 1 does the work in this one.
        lost: gives the result of an item whose process was killed, out of memory for example, when
            another process that has this item alone is killed as well.
    """
    if jobs <= 1 or not can_fork() or not _can_start(work):
        yield from map(work, items)
        return
    yield from through(lambda count: _forked(work, count), _work_on, items, jobs=jobs, lost=lost)


def _can_start(work: Callable[[Item], Result]) -> bool:
    """Return whether a process can be started: limits may forbid it, or semaphores be missing."""
    try:
        with _forked(work, 1) as executor:
            executor.submit(os.getpid).result()
    except (OSError, ImportError):
        return False
    return True


def through(
    start: Callable[[int], Executor],
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Yield results as `in_order` does, from executors that `start` makes for a number of workers.

    A broken executor is replaced: what was not finished is done again, an item at a time. `work`
    has to be what such an executor takes, a function of a module for most.
    """
    left = iter(items)
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    executor = start(jobs)
    try:
        while True:
            for item in islice(left, AHEAD * jobs - len(waiting)):
                waiting.append((item, _submitted(executor, work, item)))
            if not waiting:
                return
            if _is_broken(waiting[0][1]):
                executor.shutdown()
                yield from _one_by_one(start, work, waiting, lost)
                executor = start(jobs)
                continue
            yield waiting.popleft()[1].result()
    finally:
        _stop(executor, abandoned=bool(waiting))


def _submitted(executor: Executor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    from concurrent.futures import BrokenExecutor, Future  # noqa: PLC0415

    try:
        return executor.submit(work, item)
    except BrokenExecutor as error:
        refused: Future[Result] = Future()
        refused.set_exception(error)
        return refused


def _is_broken(future: Future[Result]) -> bool:
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415

    return isinstance(future.exception(), BrokenExecutor)


def _one_by_one(
    start: Callable[[int], Executor],
    work: Callable[[Item], Result],
    waiting: deque[tuple[Item, Future[Result]]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """Empty the queue of a broken executor: which of the items broke it is unknown."""
    while waiting:
        item, future = waiting.popleft()
        if _is_broken(future):
            with start(1) as executor:
                future = _submitted(executor, work, item)
                yield lost(item) if _is_broken(future) else future.result()
        else:
            yield future.result()


def _forked(work: Callable[[Item], Result], jobs: int) -> Executor:
    # Most commands need no pool.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(work,))


_inherited: Callable[[Any], Any]
"""The work of a forked process."""


def _work_on(item: Any) -> Any:
    return _inherited(item)


def _begin(work: Callable[[Any], Any]) -> None:
    """Prepare a new process: an interrupt is the caller's to handle, whose end is ours as well."""
    import multiprocessing  # noqa: PLC0415
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    global _inherited  # noqa: PLW0603 - a process has one work
    _inherited = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the caller undoes when it is ended is the caller's.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    caller = multiprocessing.parent_process()

    def follow() -> None:
        if caller is not None:
            caller.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _stop(executor: Executor, *, abandoned: bool) -> None:
    """Shut an executor down; terminate its workers when their results are no longer needed."""
    workers = dict(getattr(executor, "_processes", None) or {})
    executor.shutdown(wait=False, cancel_futures=True)
    for worker in workers.values() if abandoned else ():
        worker.terminate()
    executor.shutdown()
