"""Which entries a person reads as one line."""

from __future__ import annotations

import time

from srat_tool.render.inspect.runs import EntryRun, join_runs
from srat_tool.tables.srat import MemoryAffinity, ProcessorAffinity


def _cpu(apic: int, *, domain: int = 0, clock: int = 0, offset: int = 0) -> ProcessorAffinity:
    return ProcessorAffinity(offset, 0, 16, domain, apic, 1, 0, b"\0\0\0", clock)


def _shape(entries: list[object], apart: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    return [(run.number, run.size) for run in join_runs(entries, apart)]


def test_counting_processors_join() -> None:
    """Ids that go up evenly, in one domain."""
    assert _shape([_cpu(0), _cpu(1), _cpu(2), _cpu(0, domain=1)]) == [(0, 3), (3, 1)]
    assert _shape([_cpu(0), _cpu(2), _cpu(4), _cpu(5)]) == [(0, 3), (3, 1)]


def test_a_clock_domain_may_count_along() -> None:
    """Some boards number clock domains as they number processors."""
    assert _shape([_cpu(0, clock=0), _cpu(1, clock=1), _cpu(2, clock=2)]) == [(0, 3)]
    assert _shape([_cpu(0, clock=0), _cpu(1, clock=5), _cpu(2, clock=6)]) == [(0, 2), (2, 1)]


def test_equal_entries_join() -> None:
    """Filler that repeats itself is one line."""
    filler = MemoryAffinity(0, 1, 40, 0, 0, 0, 0, 0, 0, 0)
    assert _shape([filler] * 28) == [(0, 28)]
    assert _shape([filler, filler._replace(reserved1=1)]) == [(0, 1), (1, 1)]


def test_what_is_wrong_stands_alone() -> None:
    """An entry with a defect is never swallowed by its neighbours."""
    entries = [_cpu(at, offset=16 * at) for at in range(5)]
    assert _shape(list(entries), (32,)) == [(0, 2), (2, 1), (3, 2)]


def test_nothing_joins_to_nothing() -> None:
    """No entries, no runs."""
    assert _shape([]) == []


def test_counted_text() -> None:
    """First, last, and the step unless it is one."""
    assert EntryRun(0, _cpu(3), _cpu(3), 1).counted("apic_id") == "3"
    assert EntryRun(0, _cpu(0), _cpu(7), 8).counted("apic_id") == "0-7"
    assert EntryRun(0, _cpu(0), _cpu(14), 8).counted("apic_id") == "0-14 step 2"


def test_time_is_linear() -> None:
    """Fifty thousand entries are no burden."""
    start = time.process_time()
    assert (
        sum(run.size for run in join_runs((_cpu(at % 200) for at in range(50_000)), ())) == 50_000
    )
    assert time.process_time() - start < 5
