"""Parquet and SQL by DuckDB."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from srat_tool.base.errors import PeerError, SourceError
from srat_tool.fleet.as_value import row_value
from srat_tool.fleet.duck import COLUMN_TYPES, run_sql, write_parquet
from srat_tool.fleet.rows import fleet
from tests.fleet.asked import ALONE, question
from tests.fleet.fleets import make_fleet

try:
    import duckdb
except ImportError:
    duckdb = None  # the extra is not installed

needs_duckdb = pytest.mark.skipif(duckdb is None, reason="the extra srattool[fleet] is missing")


@needs_duckdb
def test_parquet_has_every_row_and_column(tmp_path: Path) -> None:
    """With the values of JSON Lines."""
    make_fleet(tmp_path / "f", machines=8, configurations=4, drifts=0, broken=1, reports=1)
    rows = list(fleet(tmp_path / "f", ALONE))
    target = tmp_path / "x.parquet"
    write_parquet(iter(rows), target)
    answer = run_sql("SELECT * FROM machine ORDER BY path", str(target))
    assert answer.columns == tuple(COLUMN_TYPES)
    values = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert values == [{name: row_value(row)[name] for name in COLUMN_TYPES} for row in rows]
    assert list(tmp_path.glob("*.new")) == list(tmp_path.glob(".*.new")) == []


@needs_duckdb
def test_sql_over_a_database(tmp_path: Path) -> None:
    """Its tables by their names."""
    make_fleet(tmp_path, machines=6, configurations=2, drifts=0, broken=0)
    with question(tmp_path) as one:
        answer = run_sql(
            "SELECT product, SUM(n.ram_bytes) AS ram FROM machine JOIN node AS n USING (path) "
            "GROUP BY product ORDER BY product",
            one.database,
        )
    assert answer.columns == ("product", "ram")
    assert [row[0] for row in answer.rows] == ["Model 0", "Model 1"]


@needs_duckdb
def test_a_wrong_query_is_one_line(tmp_path: Path) -> None:
    """Nor can a folder be a Parquet file."""
    make_fleet(tmp_path / "f", machines=1, configurations=1, drifts=0, broken=0)
    with question(tmp_path / "f") as one, pytest.raises(SourceError, match="--sql") as caught:
        run_sql("SELECT nonsense FROM nowhere", one.database)
    assert "\n" not in caught.value.message
    (tmp_path / "d").mkdir()
    with pytest.raises(SourceError):
        write_parquet(iter(()), tmp_path / "d")


def test_without_the_extra_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to get it."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(PeerError, match=r"srattool\[fleet\]"):
        write_parquet(iter(()), tmp_path / "x.parquet")
