"""Runs of memory blocks: split where they are asked about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.span import Span
from srat_tool.kernel.hotplug.block_runs import BlockRuns, HotRun


def _run(start: int, end: int, nid: int = 0) -> HotRun:
    return HotRun(span=Span(start, end), nid=nid, online=False, zone=None)


def test_a_range_splits_the_runs_that_reach_out_of_it() -> None:
    """What is outside keeps its answer."""
    runs = BlockRuns([_run(0, 8), _run(8, 12, nid=1)])
    assert [run.span for run in runs.within(Span(4, 10))] == [Span(4, 8), Span(8, 10)]
    assert [run.span for run in runs] == [Span(0, 4), Span(4, 8), Span(8, 10), Span(10, 12)]


def test_touching_is_no_overlap() -> None:
    """A range that begins where blocks end is free."""
    runs = BlockRuns([_run(4, 8)])
    assert runs.touches(Span(7, 9))
    assert not runs.touches(Span(8, 9))
    assert not runs.touches(Span(0, 4))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.booleans()), max_size=12))
def test_a_run_is_what_each_of_its_blocks_was_told(changes: list[tuple[int, int, bool]]) -> None:
    """Swapping and dropping parts leaves the others as they were."""
    runs = BlockRuns([_run(0, 48)])
    blocks: dict[int, bool] = dict.fromkeys(range(48), False)
    for start, size, drop in changes:
        for run in runs.within(Span(start, start + size)):
            if drop:
                runs.drop(run)
            else:
                runs.swap(run, run._replace(online=True))
        for block in range(start, start + size):
            if drop:
                blocks.pop(block, None)
            elif block in blocks:
                blocks[block] = True
    assert blocks == {block: run.online for run in runs for block in range(*run.span)}
