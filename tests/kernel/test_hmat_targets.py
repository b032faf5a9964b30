"""Memory of the SRAT as the HMAT's code reserves it."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB
from srat_tool.kernel.hmat_targets import memory_targets
from srat_tool.kernel.late_events import TargetNotReserved
from tests.machines import mem, srat


def test_domains_in_table_order() -> None:
    """Each once; a disabled entry is no memory."""
    table = srat(mem(3, 0, GIB), mem(1, GIB, 2 * GIB), mem(3, 4 * GIB, 5 * GIB))
    assert memory_targets(table) == ((3, 1), ())


@pytest.mark.parametrize(("start", "end"), [
    (GIB, 2 * GIB), (GIB // 2, GIB + 1), (3 * GIB - 1, 5 * GIB), (0, 8 * GIB),
    (2 * GIB, 2 * GIB + 1),
    (6 * GIB, 6 * GIB),
])  # fmt: skip
def test_memory_that_cannot_be_reserved(start: int, end: int) -> None:
    """What overlaps memory of the same domain, or has no length, wherever it is."""
    table = srat(mem(0, GIB, 2 * GIB), mem(0, 2 * GIB, 3 * GIB), mem(0, start, end))
    assert memory_targets(table).events == (TargetNotReserved(0, start, end - start),)


def test_no_length_at_address_zero_is_all_memory() -> None:
    """It is reserved where it comes first, and nothing after it is; seen with 6.16."""
    first = srat(mem(3, 0, 0), mem(3, GIB, 2 * GIB))
    assert memory_targets(first).events == (TargetNotReserved(3, GIB, GIB),)
    second = srat(mem(3, GIB, 2 * GIB), mem(3, 0, 0))
    assert memory_targets(second).events == (TargetNotReserved(3, 0, 0),)


def test_memory_of_others_is_no_matter() -> None:
    """Ranges that meet, and those of another domain."""
    table = srat(mem(0, GIB, 2 * GIB), mem(0, 0, GIB), mem(0, 2 * GIB, 3 * GIB), mem(1, 0, 3 * GIB))
    assert memory_targets(table).events == ()
