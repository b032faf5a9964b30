"""Parquet files and SQL by DuckDB; an extra, `srattool[fleet]`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from srat_tool.base.errors import PeerError, SourceError
from srat_tool.fleet.as_value import row_value
from srat_tool.fleet.database import Database
from srat_tool.fleet.row import FleetRow

_TEXT = (
    *("schema", "path", "status", "host", "vendor", "product", "bios_version", "bios_date", "oem"),
    *("numa", "rejected", "crash", "tiers_algorithm", "tiers_why"),
)
_NUMBERS = ("ram_bytes", "movable_bytes", "removable_bytes", "memory_block_bytes", "stranded_bytes")
_NESTED = {
    "tables": 'STRUCT(signature VARCHAR, "bytes" BIGINT, md5 VARCHAR, sha256 VARCHAR)[]',
    "fingerprints": 'STRUCT(raw VARCHAR, topology VARCHAR, "input" VARCHAR)',
    "kernel": "STRUCT(profile VARCHAR, release VARCHAR, architecture VARCHAR, policy VARCHAR)",
    "nodes": (
        "STRUCT(nid BIGINT, pxm BIGINT, cpus BIGINT, ram_bytes UBIGINT, movable_bytes UBIGINT, "
        "removable_bytes UBIGINT, removable VARCHAR)[]"
    ),
    "windows": (
        'STRUCT(source VARCHAR, "start" UBIGINT, start_hex VARCHAR, "end" UHUGEINT, '
        "end_hex VARCHAR, nid BIGINT, ram_bytes UBIGINT, stranded_bytes UBIGINT)[]"
    ),
    "tiers": "STRUCT(number BIGINT, nids BIGINT[])[]",
    "assumptions": "VARCHAR[]",
    "alternatives": "VARCHAR[]",
    "lint": 'STRUCT(errors BIGINT, warnings BIGINT, infos BIGINT, "rules" VARCHAR[])',
    "verify": 'STRUCT(verdict VARCHAR, "different" VARCHAR[], why VARCHAR)',
    "errors": "VARCHAR[]",
}
COLUMN_TYPES = {
    **dict.fromkeys(_TEXT, "VARCHAR"),
    **dict.fromkeys(_NUMBERS, "UBIGINT"),
    **_NESTED,
}
_TABLES = ("machine", "acpi_table", "node", "hot_window", "lint_rule", "error")
_DUCK_TYPES = {"TEXT": "VARCHAR", "INTEGER": "BIGINT"}


class SqlAnswer(NamedTuple):
    """What a query gave.

    Attributes:
        columns: their names.
        rows: their values.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def _duckdb() -> Any:
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise PeerError("DuckDB is not installed", hint="pip install 'srattool[fleet]'") from error
    return duckdb


def write_parquet(rows: Iterator[FleetRow], target: Path) -> None:
    """Write rows as a Parquet file with the columns of `srattool.fleet/1`, whole or not at all.

    Raises:
        PeerError: when DuckDB is not installed.
        SourceError: when the file cannot be written.
    """
    duckdb = _duckdb()
    part = target.with_name(f".{target.name}.new")
    with tempfile.TemporaryDirectory(prefix="srattool-") as folder:
        lines = Path(folder, "rows.jsonl")
        with lines.open("w", encoding="utf-8") as stream:
            for row in rows:
                stream.write(json.dumps(row_value(row)) + "\n")
        columns = ", ".join(f"{_quoted(n)}: {_quoted(t)}" for n, t in COLUMN_TYPES.items())
        source = f"read_json({_quoted(str(lines))}, format = 'nd', columns = {{{columns}}})"
        copy = f"COPY (SELECT * FROM {source}) TO {_quoted(str(part))} (FORMAT parquet)"  # noqa: S608
        try:
            with duckdb.connect() as connection:
                connection.execute(copy)
            part.replace(target)
        except duckdb.Error as error:
            raise SourceError(_first_line(error), where=str(target)) from error
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SourceError(reason, where=str(target)) from error
        finally:
            part.unlink(missing_ok=True)


def run_sql(sql: str, source: Database | str) -> SqlAnswer:
    """Return what a query gives.

    Args:
        sql: the query.
        source: a database, whose tables it finds by their names; or a Parquet file, which it
            finds as `machine`.

    Raises:
        PeerError: when DuckDB is not installed.
        SourceError: when the query is wrong.
    """
    duckdb = _duckdb()
    with duckdb.connect() as connection, tempfile.TemporaryDirectory(prefix="srattool-") as folder:
        try:
            if isinstance(source, str):
                view = f"CREATE VIEW machine AS FROM read_parquet({_quoted(source)})"
                connection.execute(view)
            else:
                for name in _TABLES:
                    _load(connection, source, name, Path(folder, name))
            result = connection.execute(sql)
            columns = tuple(column[0] for column in result.description or ())
            return SqlAnswer(columns, result.fetchall() if columns else [])
        except duckdb.Error as error:
            raise SourceError(_first_line(error), where="--sql") from error


def _load(connection: Any, database: Database, name: str, file: Path) -> None:
    """Copy a table of SQLite; DuckDB's own reader of such files is not part of its wheel."""
    described = list(database.query(f"PRAGMA table_info({name})"))
    columns = {column[1]: _DUCK_TYPES[column[2]] for column in described}
    with file.open("w", encoding="utf-8") as stream:
        for row in database.query(f"SELECT * FROM {name}"):  # noqa: S608 - a name of ours
            stream.write(json.dumps(dict(zip(columns, row, strict=True))) + "\n")
    types = ", ".join(f"{_quoted(n)}: {_quoted(t)}" for n, t in columns.items())
    source = f"read_json({_quoted(str(file))}, format = 'nd', columns = {{{types}}})"
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {source}")  # noqa: S608


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
