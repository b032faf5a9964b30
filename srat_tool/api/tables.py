"""Tables themselves: decode them, take them out of what holds them, build and edit them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srat_tool.api.options import READ_DEFAULTS, Paths, ReadOptions, path_words
from srat_tool.base.errors import SpecError

if TYPE_CHECKING:
    import os

    from srat_tool.authoring.spec import Spec
    from srat_tool.base.rawtable import RawTable
    from srat_tool.render.inspect.record import Inspection
    from srat_tool.sources.found import Found


def extract(paths: Paths, read: ReadOptions = READ_DEFAULTS) -> Found:
    """Return the tables that files, dumps, archives or firmware images hold, as bytes.

    Raises:
        SratToolError: when an input cannot be read, or holds no table.
    """
    from srat_tool.api.inputs import read_tables

    return read_tables(path_words(paths), read)


def inspect(paths: Paths = (), read: ReadOptions = READ_DEFAULTS) -> Inspection:
    """Return tables decoded: each field, and what is malformed.

    Args:
        paths: anything that holds tables; with none, those of the running machine.
        read: how inputs are read.

    Raises:
        SratToolError: when an input cannot be read, or holds no table.
    """
    from srat_tool.sources.detect import SYSFS_TABLES

    return inspection_of(extract(path_words(paths) or (SYSFS_TABLES,), read))


def inspection_of(found: Found) -> Inspection:
    """Return the tables of inputs that were read already, decoded."""
    from srat_tool.grammar.registry import decode
    from srat_tool.render.inspect.record import Inspected, Inspection

    tables = tuple(Inspected(raw, decode(raw.data)) for raw in found.tables)
    return Inspection(tables, tuple(found.account()))


def build(spec: str | os.PathLike[str] | Spec) -> tuple[RawTable, ...]:
    """Return the tables that a spec describes, with right lengths and checksums.

    Args:
        spec: the path of a spec in TOML, or a parsed one.

    Raises:
        SratToolError: when it cannot be read, or is wrong.
    """
    from srat_tool.api.inputs import read_spec
    from srat_tool.authoring.assemble import assemble
    from srat_tool.authoring.spec import Spec

    if isinstance(spec, Spec):
        return tuple(assemble(spec))
    (path,) = path_words(spec)
    tables = tuple(assemble(read_spec(path)))
    if not tables:
        raise SpecError("describes no table", where=path, expected="a section such as [srat]")
    return tables


def edit(
    table: str | os.PathLike[str] | RawTable,
    *,
    set_hotplug: Iterable[str] = (),
    clear_hotplug: Iterable[str] = (),
    renumber: Iterable[str] = (),
    drop: Iterable[str] = (),
    read: ReadOptions = READ_DEFAULTS,
) -> RawTable:
    """Return a table with changes; its length and checksum are right again.

    Args:
        table: the table, or the path of what holds this one table.
        set_hotplug: proximity domains and ranges (`1`, `4G+30G`) that become hot-pluggable.
        clear_hotplug: those that stop being so.
        renumber: `OLD=NEW` for each proximity domain that gets another number.
        drop: numbers of entries, and ranges, that are left out.
        read: how inputs are read.

    Raises:
        SratToolError: when the table cannot be read, or a change does not fit it.
    """
    from srat_tool.authoring.edit import Edits, read_renumber, read_target
    from srat_tool.authoring.edit import edit as edited
    from srat_tool.base.rawtable import RawTable

    edits = Edits(
        set_hotplug=tuple(map(read_target, set_hotplug)),
        clear_hotplug=tuple(map(read_target, clear_hotplug)),
        renumber=dict(map(read_renumber, renumber)),
        drop=tuple(map(read_target, drop)),
    )
    raw = table if isinstance(table, RawTable) else _only(path_words(table), read)
    return raw._replace(data=edited(raw.data, edits))


def _only(paths: tuple[str, ...], read: ReadOptions) -> RawTable:
    """Return the one table of a kind that can be edited."""
    from srat_tool.grammar.registry import CODECS

    found = [raw for raw in extract(paths, read).tables if raw.signature in CODECS]
    if len(found) != 1:
        raise SpecError("not one table", where=" ".join(paths), got=f"{len(found)} of them")
    return found[0]
