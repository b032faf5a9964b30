"""Work on many items by several processes."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.base.pool import AHEAD, in_order, usable_cores


def _lost(item: int) -> tuple[int, int]:
    return item, -1


def _square(item: int) -> tuple[int, int]:
    return item * item, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    """Whatever the number of processes; with one the caller does the work itself."""
    results = list(in_order(_square, range(40), jobs=jobs, lost=_lost))
    assert [one for one, _ in results] == [n * n for n in range(40)]
    here = {pid == os.getpid() for _, pid in results}
    assert here == {jobs == 1}


def test_what_work_refers_to_is_not_pickled() -> None:
    """A closure over something that cannot be pickled works in other processes."""
    with Path(os.devnull).open() as stream:
        assert list(in_order(lambda _: stream.name, [1, 2], jobs=2, lost=str)) == [os.devnull] * 2


def test_items_are_taken_as_results_are() -> None:
    """An endless source is read only so far ahead."""
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = in_order(_square, source(), jobs=2, lost=_lost)
    for _ in range(5):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken <= 5 + 2 * AHEAD


def test_an_error_is_raised_in_the_caller() -> None:
    """With its facts; no process is left then."""

    def fails(item: int) -> tuple[int, int]:
        if item == 3:
            raise SourceError("cannot be read", where="here", hint="another")
        return item, 0

    with pytest.raises(SourceError) as error:
        list(in_order(fails, range(9), jobs=2, lost=_lost))
    assert error.value.message == "here: cannot be read; try another"
    assert error.value.hint == "another"


def _killed_at_seven(item: int) -> tuple[int, int]:
    if item == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return item, 0


def test_a_killed_process_costs_its_item_only() -> None:
    """The others are done by other processes, in order."""
    results = list(in_order(_killed_at_seven, range(30), jobs=2, lost=_lost))
    assert results == [(n, -1 if n == 7 else 0) for n in range(30)]


_CALLER = """
import os, time
from srat_tool.base.pool import in_order

def slow(item):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

list(in_order(slow, range(4), jobs=2, lost=str))
"""


def _gone(pid: int) -> bool:
    """Return whether a process has ended, a zombie of a caller that is gone included."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to see processes in")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_their_caller(number: signal.Signals) -> None:
    """However the caller ends, nothing of it goes on."""
    with subprocess.Popen(
        [sys.executable, "-c", _CALLER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as caller:
        assert caller.stdout is not None
        workers = [int(caller.stdout.readline()) for _ in range(2)]
        caller.send_signal(number)
        caller.wait(30)
        end = time.monotonic() + 20
        while not all(map(_gone, workers)) and time.monotonic() < end:
            time.sleep(0.05)
        assert all(map(_gone, workers))


def test_without_processes_the_caller_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on processes costs time, not the answer."""

    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    results = list(in_order(_square, range(9), jobs=2, lost=_lost))
    assert results == [(n * n, os.getpid()) for n in range(9)]


def test_usable_cores() -> None:
    """At least the one that this runs on."""
    assert usable_cores() >= 1
