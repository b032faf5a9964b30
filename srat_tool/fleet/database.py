"""The finished database: one table a subject, for SQL; written whole, or not at all.

Equal rows give equal files, byte by byte, for any executor and any number of interruptions.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from srat_tool.base.errors import SourceError
from srat_tool.fleet.row import FleetRow
from srat_tool.fleet.store import (
    WORK_TABLES,
    Store,
    StoredRow,
    check_database,
    connect,
    database_error,
    stored_rows,
    stored_unit,
)
from srat_tool.fleet.texts import storable
from srat_tool.fleet.unit import Unit

TABLES = """
CREATE TABLE machine (
    path TEXT PRIMARY KEY, status TEXT NOT NULL, host TEXT, vendor TEXT, product TEXT,
    bios_version TEXT, bios_date TEXT, oem TEXT, fingerprint_raw TEXT NOT NULL,
    fingerprint_topology TEXT NOT NULL, fingerprint_input TEXT NOT NULL, kernel TEXT, release TEXT,
    architecture TEXT, policy TEXT, numa TEXT, rejected TEXT, crash TEXT, nodes INTEGER,
    ram_bytes INTEGER, movable_bytes INTEGER, removable_bytes INTEGER, windows INTEGER,
    tiers INTEGER, memory_block_bytes INTEGER, stranded_bytes INTEGER, lint_errors INTEGER,
    lint_warnings INTEGER, lint_infos INTEGER, verify TEXT, unit TEXT NOT NULL
) WITHOUT ROWID;
CREATE VIEW machine_family AS SELECT *, COALESCE(product, oem) AS family FROM machine;
CREATE TABLE acpi_table (
    path TEXT NOT NULL, number INTEGER NOT NULL, signature TEXT NOT NULL, bytes INTEGER NOT NULL,
    md5 TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (path, number)
) WITHOUT ROWID;
CREATE TABLE node (
    path TEXT NOT NULL, nid INTEGER NOT NULL, pxm INTEGER, cpus INTEGER NOT NULL,
    ram_bytes INTEGER NOT NULL, movable_bytes INTEGER NOT NULL, removable_bytes INTEGER NOT NULL,
    removable TEXT, PRIMARY KEY (path, nid)
) WITHOUT ROWID;
CREATE TABLE hot_window (
    path TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL, start_hex TEXT NOT NULL,
    end_hex TEXT NOT NULL, bytes INTEGER NOT NULL, nid INTEGER, ram_bytes INTEGER NOT NULL,
    stranded_bytes INTEGER NOT NULL, PRIMARY KEY (path, number)
) WITHOUT ROWID;
CREATE TABLE lint_rule (
    path TEXT NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (path, rule)
) WITHOUT ROWID;
CREATE TABLE error (
    path TEXT NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (path, number)
) WITHOUT ROWID;
"""
_COUNTS = """
SELECT COUNT(*), COUNT(DISTINCT NULLIF(fingerprint_topology, '')), SUM(status != 'ok'),
    SUM(lint_errors > 0), SUM(verify = 'different')
FROM machine
"""
_LARGEST = (1 << 63) - 1


class FleetCounts(NamedTuple):
    """How many machines there are.

    Attributes:
        machines: all of them.
        topologies: different ones.
        unread: with errors: not read or not planned, at least in part.
        faulty: with errors of lint.
        different: on which a kernel did something else than planned.
    """

    machines: int
    topologies: int
    unread: int | None
    faulty: int | None
    different: int | None

    @property
    def status(self) -> int:
        """The exit status that this means."""
        return 2 if self.unread or not self.machines else int(bool(self.faulty or self.different))


class Database:
    """A finished database, to read.

    Raises:
        SourceError: when the file is not a database of a fleet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        check_database(path)
        self._db = connect(path, read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def rows(self) -> Iterator[StoredRow]:
        """Yield the rows by path."""
        return stored_rows(self._db)

    def unit(self, key: str) -> Unit:
        """Return the files that a row was read from."""
        return stored_unit(self._db, key)

    def query(self, sql: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield what a query gives."""
        return iter(self._db.execute(sql, values))

    def counts(self) -> FleetCounts:
        """Return how many machines there are, and how many of them are not good."""
        (values,) = self._db.execute(_COUNTS)
        return FleetCounts(*values)


def write_database(store: Store, target: Path) -> None:
    """Write the rows of a run as a database, in the place of an older one.

    Raises:
        SourceError: when it cannot be written.
    """
    part = target.with_name(f".{target.name}.new")
    try:
        part.unlink(missing_ok=True)
        _fill(store, part)
        _synchronize(part)
        part.replace(target)
    except sqlite3.Error as error:
        raise database_error(target, error) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(reason, where=str(target)) from error
    finally:
        part.unlink(missing_ok=True)


def _fill(store: Store, part: Path) -> None:
    db = connect(part)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(WORK_TABLES + TABLES)
        db.execute("BEGIN")
        for name in ("meta", "unit", "survey", "judgement"):
            _copy(store.database, db, name)
        for stored in store.rows():
            _insert(db, stored)
        db.commit()
    finally:
        db.close()


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, name: str) -> None:
    rows = source.execute(f"SELECT * FROM {name} ORDER BY 1, 2")  # noqa: S608
    marks = ", ".join("?" * len(rows.description))
    target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608


def _insert(db: sqlite3.Connection, stored: StoredRow) -> None:
    row = stored.row
    _add(db, "machine", [(*machine_values(row), stored.unit)])
    path = row.path
    _add(db, "acpi_table", [(path, n, *one) for n, one in enumerate(row.tables)])
    _add(db, "error", [(path, n, text) for n, text in enumerate(row.errors)])
    rules = row.lint.rules if row.lint is not None else ()
    _add(db, "lint_rule", [(path, rule) for rule in rules])
    if row.plan is None:
        return
    _add(db, "node", [(path, *node) for node in row.plan.nodes])
    _add(
        db,
        "hot_window",
        [
            (path, n, w.source, hex(w.start), hex(w.end), w.end - w.start, *w[3:])
            for n, w in enumerate(row.plan.windows)
        ],
    )


def _add(db: sqlite3.Connection, name: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows; an integer that is too large for SQLite becomes its largest."""
    for row in rows:
        values = [_stored(value) for value in row]
        db.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", values)  # noqa: S608


def _stored(value: Any) -> Any:
    if isinstance(value, int):
        return min(value, _LARGEST)
    return storable(value) if isinstance(value, str) else value


COLUMNS = (
    "path",
    "status",
    "host",
    "vendor",
    "product",
    "bios_version",
    "bios_date",
    "oem",
    "fingerprint_raw",
    "fingerprint_topology",
    "fingerprint_input",
    "kernel",
    "release",
    "architecture",
    "policy",
    "numa",
    "rejected",
    "crash",
    "nodes",
    "ram_bytes",
    "movable_bytes",
    "removable_bytes",
    "windows",
    "tiers",
    "memory_block_bytes",
    "stranded_bytes",
    "lint_errors",
    "lint_warnings",
    "lint_infos",
    "verify",
)


def machine_values(row: FleetRow) -> tuple[Any, ...]:
    """Return the values of `COLUMNS` for a row; None for what is not known."""
    return (row.path, row.status, *row.identity, *row.fingerprints, *_planned(row), *_checked(row))


def _planned(row: FleetRow) -> tuple[Any, ...]:
    plan = row.plan
    if plan is None:
        return (None,) * 15
    return (
        *plan.kernel,
        plan.numa,
        plan.rejected,
        plan.crash,
        len(plan.nodes),
        plan.ram_bytes,
        plan.movable_bytes,
        plan.removable_bytes,
        len(plan.windows),
        len(plan.tiers),
        plan.memory_block_bytes,
        plan.stranded_bytes,
    )


def _checked(row: FleetRow) -> tuple[Any, ...]:
    counts = (None, None, None) if row.lint is None else row.lint[:3]
    return (*counts, None if row.verify is None else row.verify.verdict)


def _synchronize(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
