"""The rows of a fleet: from files and folders, or from the database of an earlier run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from srat_tool.api.options import Paths, path_words
from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.base.errors import BootOptionError, SourceError
from srat_tool.fleet.database import Database, write_database
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import FleetRow
from srat_tool.fleet.run import Watch, run_fleet
from srat_tool.fleet.store import Store, is_database
from srat_tool.kernel.profiles import profile_for

FLEET_DEFAULTS = FleetOptions()
PARTIAL = ".partial"


def fleet(
    paths: Paths, options: FleetOptions = FLEET_DEFAULTS, watch: Watch | None = None
) -> Iterator[FleetRow]:
    """Yield one row for each machine in files and folders, by path.

    Nothing about a machine raises: what could not be read or planned is in the row's `errors`. Rows
    come once all machines are done.

    Args:
        paths: files and folders, or the database of an earlier run.
        options: how they are read, and which kernel is planned.
        watch: called with the name of each machine as it is read.

    Raises:
        SratToolError: when nothing is named, or the executor cannot be used.
    """
    with opened_fleet(path_words(paths), options, watch) as whole:
        for stored in whole.rows():
            yield stored.row


@contextmanager
def opened_fleet(
    paths: Sequence[str],
    options: FleetOptions = FLEET_DEFAULTS,
    watch: Watch | None = None,
    output: str | None = None,
) -> Iterator[Database]:
    """Provide the finished database of a fleet.

    Args:
        paths: files and folders, or the database of an earlier run.
        options: how they are read, and which kernel is planned.
        watch: called with the name of each machine as it is read.
        output: the file of the database; None for no file. A run that was interrupted left
            `output.partial`, and continues from there.

    Raises:
        SratToolError: when nothing is named, an option is wrong, a file is not a database, or
            cannot be written.
    """
    if options.plan.kernel is not None:
        check_kernel(options.plan.kernel)
    if not paths:
        raise SourceError("no files and folders to read", hint="srattool fleet FOLDER")
    if len(paths) == 1 and output is None and is_database(paths[0]):
        with Database(Path(paths[0])) as database:
            yield database
        return
    _no_database_among(paths)
    if output is not None:
        _write(paths, options, watch, Path(output), Path(output + PARTIAL))
        with Database(Path(output)) as database:
            yield database
        return
    with tempfile.TemporaryDirectory(prefix="srattool-") as folder:
        target = Path(folder, "fleet.sqlite")
        _write(paths, options, watch, target, Path(folder, "partial"))
        with Database(target) as database:
            yield database


def _no_database_among(paths: Sequence[str]) -> None:
    """Refuse to read a database as if it were a machine, and to write over it what came of that.

    Raises:
        SourceError: when one is among them.
    """
    for path in paths:
        if is_database(path):
            raise SourceError(
                "a database is read alone, and into no other one",
                where=path,
                hint="the files and folders that it was made from",
            )


def check_kernel(name: str) -> None:
    """Do nothing if some architecture has such a kernel: its machines can be planned.

    Raises:
        BootOptionError: when none has.
    """
    wrong: BootOptionError | None = None
    for arch in ARCHITECTURES:
        try:
            profile_for(name, arch)
        except BootOptionError as error:
            wrong = wrong or error
        else:
            return
    if wrong is not None:
        raise wrong


def _write(
    paths: Sequence[str], options: FleetOptions, watch: Watch | None, target: Path, partial: Path
) -> None:
    with Store(partial, options.fingerprint) as store:
        if target.exists():
            store.adopt(target)
        run_fleet(paths, options, store, watch)
        write_database(store, target)
    partial.unlink()
