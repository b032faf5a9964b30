"""Distances and attributes as matrices, and what they mean in words."""

from __future__ import annotations

import struct

import pytest

from srat_tool.render.inspect.matrix import MAX_SENTENCES, Grid, hmat_grids, slit_grid
from srat_tool.tables.hmat import Hmat
from srat_tool.tables.slit import Slit
from tests.render.inspect.test_record import inspected
from tests.support import table_bytes


def _slit(rows: list[list[int]], tail: bytes = b"") -> Grid:
    body = b"".join(map(bytes, rows))
    table = inspected(
        table_bytes(b"SLIT", struct.pack("<Q", len(rows)) + body + tail)
    ).decoded.table
    assert isinstance(table, Slit)
    return slit_grid(table)


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_a_sound_matrix_needs_no_words() -> None:
    """Numbers as they are."""
    grid = _slit([[10, 21], [21, 10]])
    assert _texts(grid) == [["0", "10", "21"], ["1", "21", "10"]]
    assert grid.sentences == ()


def test_faults_are_said_in_words() -> None:
    """Asymmetric, unreachable and invalid pairs, each with its numbers."""
    grid = _slit([[10, 21, 255], [31, 11, 5], [255, 5, 10]])
    assert grid.sentences == (
        "invalid: 1 to itself is 11, not 10",
        "invalid: 1 to 2 is 5, below 10",
        "invalid: 2 to 1 is 5, below 10",
        "asymmetric: 0 to 1 is 21, 1 to 0 is 31",
        "unreachable: 0 to 2",
        "unreachable: 2 to 0",
    )
    assert _texts(grid)[0][3] == "--"


def test_many_faults_are_counted() -> None:
    """The list ends, the count does not."""
    grid = _slit([[255] * 8 for _ in range(8)])
    unreachable = [text for text in grid.sentences if text.startswith("unreachable")]
    assert len(unreachable) == MAX_SENTENCES + 1
    assert unreachable[-1] == f"unreachable: and {64 - MAX_SENTENCES} more"


def test_wide_matrices_join_alike_neighbours() -> None:
    """Sixty-four domains in clusters of eight."""
    rows = [
        [10 if a == b else 12 if a // 8 == b // 8 else 30 for b in range(64)] for a in range(64)
    ]
    grid = _slit(rows)
    assert grid.columns[1:3] == ("0-7", "8-15")
    assert _texts(grid)[0][:3] == ["0-7", "10/12", "30"]
    rows[3][50] = 31
    assert len(_slit(rows).rows) > 8


def test_a_cut_matrix() -> None:
    """Whole rows are shown; the defect states what is missing."""
    table = inspected(table_bytes(b"SLIT", struct.pack("<Q", 3) + bytes((10, 20, 30, 20)))).decoded
    assert isinstance(table.table, Slit)
    assert _texts(slit_grid(table.table)) == [["0", "10", "20", "30"]]


@pytest.mark.parametrize("count", [0, 1 << 63])
def test_absurd_counts(count: int) -> None:
    """No row is whole."""
    table = inspected(table_bytes(b"SLIT", struct.pack("<Q", count) + b"\x0a")).decoded.table
    assert isinstance(table, Slit)
    assert slit_grid(table).rows == ()


def test_the_tail_is_mentioned() -> None:
    """Bytes after the matrix are counted."""
    assert _slit([[10]], bytes(63)).sentences == ("63 zero bytes follow the matrix",)
    assert _slit([[10]], b"x").sentences == ("1 bytes follow the matrix",)


def _hmat(kind: int, base: int, entries: tuple[int, ...], revision: int = 2) -> Grid:
    head = struct.pack("<HHIBBBBIIIQ", 1, 0, 44 + 2 * len(entries), 0, kind, 0, 0, 1, 2, 0, base)
    body = (
        bytes(4) + head + struct.pack("<III", 0, 0, 7) + struct.pack(f"<{len(entries)}H", *entries)
    )
    table = inspected(table_bytes(b"HMAT", body, revision=revision)).decoded.table
    assert isinstance(table, Hmat)
    (grid,) = hmat_grids(table)
    return grid


@pytest.mark.parametrize(
    ("kind", "base", "entries", "revision", "texts", "unit"),
    [
        (1, 100, (5, 15), 2, ["0.5", "1.5"], "in ns,"),
        (0, 1000, (5, 0), 2, ["5", "-"], "in ns,"),
        (3, 1024, (10, 0xFFFF), 2, ["10240", "--"], "in MB/s,"),
        (0, 1, (10, 11), 1, ["1", "2"], "in ns as Linux reads revision 1"),
        (6, 1, (3, 4), 2, ["3", "4"], "in an unknown unit"),
        (1, 1000, (3,), 2, ["3", "?"], "in ns,"),
    ],
)
def test_hmat_units(  # noqa: PLR0917 - columns of a table
    kind: int, base: int, entries: tuple[int, ...], revision: int, texts: list[str], unit: str
) -> None:
    """Picoseconds become nanoseconds; rates stay; revision 1 is read as Linux reads it."""
    grid = _hmat(kind, base, entries, revision)
    assert [cell.text for cell in grid.rows[0][1:]] == texts
    assert unit in grid.heading
    assert grid.columns == ("from\\to", "0", "7")


def test_nobody_reads_a_thousand_columns() -> None:
    """The numbers are left out, what is wrong with them is reported all the same."""
    rows = [[10 if a == b else 20 + (a * b) % 7 for b in range(300)] for a in range(300)]
    rows[5][6] = 99
    grid = _slit(rows)
    assert grid.rows == ()
    assert "--format json has it" in grid.heading
    assert grid.sentences == ("asymmetric: 5 to 6 is 99, 6 to 5 is 22",)


def test_values_are_coloured_by_rank() -> None:
    """Low latencies and high bandwidths are near; the sentences state it in words."""
    latency, rate = _hmat(0, 1000, (10, 90)), _hmat(3, 1, (10, 90))
    near, far = (cell.style for cell in latency.rows[0][1:])
    assert near != far
    assert [cell.style for cell in rate.rows[0][1:]] == [far, near]
    assert latency.sentences == ("best 10 from 0 to 0, worst 90 from 0 to 7",)
    assert rate.sentences == ("best 90 from 0 to 7, worst 10 from 0 to 0",)


def test_what_is_not_there_has_no_rank() -> None:
    """One number alone is neither good nor bad; a cut structure has no best pair."""
    grid = _hmat(0, 1000, (10, 0xFFFF))
    assert grid.sentences == ("unreachable: 1 of 2 pairs",)
    assert grid.rows[0][1].style == ""
    assert grid.rows[0][2].style != ""
    assert _hmat(0, 1000, (10,)).sentences == ()
    assert _hmat(0, 1000, (0, 0)).sentences == ("not provided: 2 of 2 pairs",)
