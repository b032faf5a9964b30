"""A run in progress, in a SQLite file: what is known of each unit, and each judgement once.

A run that is killed leaves its file; the next one continues from there. Rows are sorted, so that
neither the order of the work nor an interruption shows in the result.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

from srat_tool.base.errors import SourceError
from srat_tool.fleet.judge import judgement_of, judgement_text
from srat_tool.fleet.row import FleetRow, Judgement
from srat_tool.fleet.survey import Surveyed, surveyed_of
from srat_tool.fleet.texts import storable
from srat_tool.fleet.unit import Unit

SCHEMA = "srattool.fleet/1"
_MAGIC = b"SQLite format 3\0"
WORK_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unit (
    unit TEXT PRIMARY KEY, top TEXT NOT NULL, members TEXT NOT NULL, state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE survey (
    unit TEXT NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL, judgement TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (unit, number)
) WITHOUT ROWID;
CREATE TABLE judgement (judgement TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
"""
_BY_PATH = """
SELECT s.body, j.body, s.unit FROM survey AS s LEFT JOIN judgement AS j
ON j.judgement = s.judgement ORDER BY s.path, s.unit, s.number
"""
_AMBIGUOUS = """
SELECT path, unit, number FROM survey
WHERE path IN (SELECT path FROM survey GROUP BY path HAVING COUNT(*) > 1)
ORDER BY path, unit, number
"""
_NOTHING = Judgement(None, None, None)


class StoredRow(NamedTuple):
    """A row, with what it was made from.

    Attributes:
        row: the row.
        unit: the key of the unit that it was read from.
        judgement: the key of its judgement.
    """

    row: FleetRow
    unit: str
    judgement: str


class Store:
    """The file of a run.

    Args:
        path: the file, made when it is not there.
        fingerprint: of the options and the version; a file with another one is begun anew.

    Raises:
        SourceError: when the file is no such database, or another run is writing it.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path = path
        self._db = connect(path)
        self._seen: set[str] = set()
        try:
            self._begin(fingerprint)
        except sqlite3.Error as error:
            self._db.close()
            raise database_error(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def _begin(self, fingerprint: str) -> None:
        db = self._db
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN EXCLUSIVE")
        if self._meta().get("options") != fingerprint:
            for name in ("meta", "unit", "survey", "judgement"):
                db.execute(f"DROP TABLE IF EXISTS {name}")
            db.commit()
            db.executescript(WORK_TABLES)
            facts = [("schema", SCHEMA), ("options", fingerprint)]
            db.executemany("INSERT INTO meta VALUES (?, ?)", facts)
        db.commit()

    def _meta(self) -> dict[str, str]:
        try:
            return dict(self._db.execute("SELECT name, value FROM meta"))
        except sqlite3.OperationalError:
            return {}

    def adopt(self, finished: Path) -> None:
        """Take over what a finished database knows, as far as it was made with these options.

        Raises:
            SourceError: when the file is not a database of a fleet.
        """
        db = self._db
        if db.execute("SELECT 1 FROM survey LIMIT 1").fetchone():
            return  # a run that was interrupted knows at least as much
        check_database(finished)
        try:
            db.execute("ATTACH DATABASE ? AS old", (f"file:{_quoted(finished)}?mode=ro",))
            same = "SELECT 1 FROM old.meta AS o JOIN meta AS n USING (name, value) WHERE name = ?"
            if db.execute(same, ("options",)).fetchone():
                for name in ("unit", "survey", "judgement"):
                    db.execute(f"INSERT INTO {name} SELECT * FROM old.{name}")  # noqa: S608
            db.commit()
            db.execute("DETACH DATABASE old")
        except sqlite3.Error as error:
            raise database_error(finished, error) from error

    def is_done(self, unit: Unit) -> bool:
        """Return whether a unit was surveyed and none of its files has changed; note it as seen."""
        query = "SELECT state FROM unit WHERE unit = ?"
        found = self._db.execute(query, (unit.key,)).fetchone()
        if found is None or not unit.state or found[0] != unit.state:
            return False
        self._seen.add(unit.key)
        return True

    def knows(self, judgement: str) -> bool:
        """Return whether a judgement is there."""
        query = "SELECT 1 FROM judgement WHERE judgement = ?"
        return self._db.execute(query, (judgement,)).fetchone() is not None

    def unjudged(self) -> list[str]:
        """Return the units with machines of which the judgement is missing."""
        query = (
            "SELECT DISTINCT unit FROM survey LEFT JOIN judgement USING (judgement) "
            "WHERE judgement != '' AND judgement.body IS NULL"
        )
        return [unit for (unit,) in self._db.execute(query)]

    def unit(self, key: str) -> Unit:
        """Return a unit that was surveyed."""
        return stored_unit(self._db, key)

    def forget(self, units: Iterable[str]) -> None:
        """Drop units, so that they are read again."""
        keys = [(unit,) for unit in units]
        self._db.executemany("DELETE FROM unit WHERE unit = ?", keys)
        self._db.executemany("DELETE FROM survey WHERE unit = ?", keys)
        self._db.commit()

    def add_unit(self, unit: Unit, surveys: Iterable[Surveyed]) -> None:
        """Keep what was read of a unit, in the place of what was known."""
        key = unit.key
        self._seen.add(key)
        self._db.execute("DELETE FROM survey WHERE unit = ?", (key,))
        members = json.dumps(unit.members)
        row = (key, storable(unit.top), members, unit.state)
        self._db.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?)", row)
        self._db.executemany(
            "INSERT INTO survey VALUES (?, ?, ?, ?, ?)",
            [(key, n, storable(one.path), one.key, one.to_json()) for n, one in enumerate(surveys)],
        )

    def add_judgement(self, key: str, judgement: Judgement) -> None:
        """Keep a judgement."""
        row = (key, judgement_text(judgement))
        self._db.execute("INSERT OR REPLACE INTO judgement VALUES (?, ?)", row)

    def commit(self) -> None:
        """Write what was added since the last time."""
        self._db.commit()

    def finish(self) -> None:
        """Drop the units that were not seen in this run, and the judgements that no row has."""
        self._db.execute("CREATE TEMP TABLE seen (unit TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.executemany("INSERT INTO seen VALUES (?)", [(key,) for key in self._seen])
        for name in ("unit", "survey"):
            self._db.execute(f"DELETE FROM {name} WHERE unit NOT IN (SELECT unit FROM seen)")  # noqa: S608
        self._db.execute("DROP TABLE seen")
        self._set_apart()
        unused = "DELETE FROM judgement WHERE judgement NOT IN (SELECT judgement FROM survey)"
        self._db.execute(unused)
        self._db.commit()

    def _set_apart(self) -> None:
        """Give each row its own path; what was named twice in two ways stays once."""
        last, files, count = "", [frozenset[str]()], 1
        for path, unit, number in list(self._db.execute(_AMBIGUOUS)):
            own = _files(stored_unit(self._db, unit))
            if path != last:
                last, files, count = path, [own], 1
            elif own in files and not number:
                self._db.execute("DELETE FROM survey WHERE unit = ?", (unit,))
            else:
                files.append(own)
                count += 1
                self._rename(unit, number, f"{path} ({count})")

    def _rename(self, unit: str, number: int, path: str) -> None:
        where = (unit, number)
        query = "SELECT body FROM survey WHERE unit = ? AND number = ?"
        ((body,),) = self._db.execute(query, where)
        row = (path, surveyed_of(body)._replace(path=path).to_json(), *where)
        update = "UPDATE survey SET path = ?, body = ? WHERE unit = ? AND number = ?"
        self._db.execute(update, row)

    def tops(self) -> set[str]:
        """Return what was named, as far as a machine was found in it."""
        query = "SELECT DISTINCT top FROM unit JOIN survey USING (unit)"
        return {top for (top,) in self._db.execute(query)}

    def rows(self) -> Iterator[StoredRow]:
        """Yield the rows by path."""
        return stored_rows(self._db)

    @property
    def database(self) -> sqlite3.Connection:
        """The open database, for copies."""
        return self._db


def _files(unit: Unit) -> frozenset[str]:
    """Return the files of a unit, the same however they were named."""
    members = unit.members or ("",)
    return frozenset(os.path.realpath(os.path.join(unit.top, one)) for one in members)  # noqa: PTH118


def stored_unit(db: sqlite3.Connection, key: str) -> Unit:
    """Return a unit as it was when it was surveyed."""
    query = "SELECT top, members, state FROM unit WHERE unit = ?"
    top, members, state = db.execute(query, (key,)).fetchone()
    return Unit(top, tuple(json.loads(members)), 0, state)


def stored_rows(db: sqlite3.Connection) -> Iterator[StoredRow]:
    """Yield the rows of a database by path."""
    for body, judgement, unit in db.execute(_BY_PATH):
        surveyed = surveyed_of(body)
        judged = _NOTHING if judgement is None else judgement_of(judgement)
        yield StoredRow(row_of(surveyed, judged), unit, surveyed.key)


def row_of(surveyed: Surveyed, judged: Judgement) -> FleetRow:
    """Put together what was read and what follows from it."""
    return FleetRow(
        path=surveyed.path,
        identity=surveyed.identity,
        tables=surveyed.tables,
        fingerprints=surveyed.fingerprints,
        plan=judged.plan,
        lint=judged.lint,
        verify=judged.verify,
        errors=(*surveyed.errors, *judged.errors),
    )


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a database.

    Raises:
        SourceError: when that is not possible.
    """
    mode = "ro" if read_only else "rwc"
    try:
        name = f"file:{_quoted(path)}?mode={mode}"
        return sqlite3.connect(name, uri=True, timeout=1.0)
    except sqlite3.Error as error:
        raise database_error(path, error) from error


def is_database(path: str) -> bool:
    """Return whether a file is an SQLite database."""
    try:
        # What is taken out of a pipe is gone for its reader.
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def check_database(path: Path) -> None:
    """Do nothing if a file is a database of a fleet.

    Raises:
        SourceError: when it is not.
    """
    db = connect(path, read_only=True)
    try:
        found = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.Error as error:
        raise SourceError(
            "is there and is not a database of srattool fleet",
            where=str(path),
            hint="another name",
        ) from error
    finally:
        db.close()
    if found != (SCHEMA,):
        raise SourceError("another schema", where=str(path), got=found, expected=SCHEMA)


def database_error(path: Path, error: sqlite3.Error) -> SourceError:
    """Return an error of the database as one of ours."""
    if "locked" in str(error):
        return SourceError("another run is writing it", where=str(path), hint="another name")
    return SourceError(f"database: {error}", where=str(path))


def _quoted(path: Path) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - few commands open a database

    return quote(str(path.absolute()), errors="surrogateescape")
