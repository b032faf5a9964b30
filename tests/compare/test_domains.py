"""Domains are known by what belongs to them."""

from __future__ import annotations

import itertools
import sys

from srat_tool.compare.domains import renumbering
from tests.compare.samples import cpu, decoded, memory, srat


def test_swapped_numbers_are_two_renumberings() -> None:
    """Memory and processors keep together under other numbers."""
    before = decoded(srat(cpu(0, 0), memory(0, 0, 4), cpu(1, 1), memory(1, 4, 4)))
    after = decoded(srat(cpu(1, 0), memory(1, 0, 4), cpu(0, 1), memory(0, 4, 4)))
    assert renumbering(before, after) == {0: 1, 1: 0}


def test_processors_that_move_do_not_renumber() -> None:
    """Memory decides: a domain that keeps its memory keeps its number."""
    before = decoded(srat(cpu(0, 0), memory(0, 0, 4), cpu(1, 1), memory(1, 4, 4)))
    after = decoded(srat(cpu(1, 0), memory(0, 0, 4), cpu(0, 1), memory(1, 4, 4)))
    assert renumbering(before, after) == {}


def test_domain_without_memory_is_known_by_its_processors() -> None:
    """There is nothing else to know it by."""
    before = decoded(srat(memory(0, 0, 4), cpu(2, 1), cpu(2, 2)))
    after = decoded(srat(memory(0, 0, 4), cpu(7, 1), cpu(7, 2)))
    assert renumbering(before, after) == {2: 7}


def test_a_range_that_changes_hands_is_no_renumbering() -> None:
    """Both domains still have some of their own."""
    before = decoded(srat(memory(0, 0, 4), memory(0, 4, 4), memory(1, 8, 4)))
    after = decoded(srat(memory(0, 0, 4), memory(1, 4, 4), memory(1, 8, 4)))
    assert renumbering(before, after) == {}


def _calls(entries: int) -> int:
    """Count what comparing two tables of so many processors calls."""
    before = decoded(srat(*(cpu(n % 200, n % 256) for n in range(entries))))
    after = decoded(srat(*(cpu(n % 200 + 1, n % 256) for n in range(entries))))
    count = itertools.count()
    sys.setprofile(lambda _frame, _event, _what: next(count))
    try:
        renumbering(before, after)
    finally:
        sys.setprofile(None)
    return next(count)


def test_work_grows_with_the_entries_only() -> None:
    """Four times the entries take about four times as many calls: not every pair is compared."""
    assert 2000 < _calls(8000) < 6 * _calls(2000)
