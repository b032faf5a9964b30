"""Matrices of the HMAT in numbers."""

from __future__ import annotations

import pytest

from srat_tool.kernel.hmat_locality import Locality, hmat_normalize
from srat_tool.tables.hmat import DataType
from tests.hmats import latency

READ = DataType.READ_LATENCY


@pytest.mark.parametrize(
    ("entry", "base", "data_type", "revision", "value"),
    [
        (10, 1000, READ, 2, 10),
        (1, 1, READ, 2, 1),
        (1001, 1, READ, 2, 2),
        (7, 100, DataType.READ_BANDWIDTH, 2, 700),
        (99, 1, READ, 1, 10),
        (9, 1, READ, 1, 0),
        (0, 5, READ, 2, 0),
        (0xFFFF, 5, READ, 2, 0),
        (0xFFFE, 1 << 20, READ, 2, 0),
    ],
)
def test_normalized(entry: int, base: int, data_type: int, revision: int, value: int) -> None:
    """Ps become ns, rounded up; revision 1 counts in tenths; 32 bits are the limit."""
    assert hmat_normalize(entry, base, data_type, revision) == value


def test_rows_are_computed_when_asked_for() -> None:
    """A row per initiator, as often as it is asked for."""
    rows = Locality(latency(1, 2, 3, 4, 5, 6, initiators=(0, 1)), 2).values
    assert [list(row) for row in rows] == [[1, 2, 3], [4, 5, 6]]
    assert rows[0:2][1] == [4, 5, 6]
    assert len(rows) == 2


def test_a_matrix_that_is_cut() -> None:
    """What is missing is not given."""
    whole = latency(1, 2, 3, 4, 5, 6, initiators=(0, 1))
    cut = Locality(whole._replace(entries=whole.entries[:4]), 2)
    assert cut.towards(0, (0, 1)) == [1, 4]
    assert cut.towards(2, (0, 1)) == [3, 0]
    assert cut.written(1, 2) is None
    assert cut.towards(9, (0, 1)) == [0, 0]
    assert [list(row) for row in cut.values] == [[1, 2, 3], [4]]


def test_the_best_number() -> None:
    """The least latency that is given."""
    one = Locality(latency(1, 2, 3), 2)
    assert one.best([0, 7, 3]) == 3
    assert one.best([0, 0]) == 0
