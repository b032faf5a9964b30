"""Inputs of commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.inputs import one_machine, read_spec, read_tables, repeated_tables
from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import OriginKind


def test_specs_are_built_on_the_way(tmp_path: Path) -> None:
    """A folder may hold specs and tables; both give tables."""
    (tmp_path / "m.toml").write_text("[srat]\nentries = 'mem 0 0+1G'\n")
    (table,) = read_tables([str(tmp_path)]).tables
    assert table.signature == b"SRAT"
    assert table.origin.kind is OriginKind.BUILT
    assert table.origin.path == str(tmp_path)


def test_nothing_found_is_said(tmp_path: Path) -> None:
    """A spec without a table is no table."""
    (tmp_path / "m.toml").write_text("[machine]\n")
    with pytest.raises(SourceError):
        read_tables([str(tmp_path)])


@pytest.mark.parametrize("data", [None, b"[srat]\n\xff\xfe"])
def test_what_cannot_be_read(data: bytes | None, tmp_path: Path) -> None:
    """A missing file and one that is no text are our errors."""
    path = tmp_path / "a.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.toml"):
        read_spec(str(path))


def test_a_table_given_twice_is_of_one_machine(tmp_path: Path) -> None:
    """It may be named next to its folder; a table of other bytes is another machine's."""
    from srat_tool.grammar.registry import encode
    from tests.machines import cpu, mem, srat
    from tests.shapes import slit

    table, other = encode(srat(cpu(0, 0), mem(0, 0, 1 << 30))), encode(srat(mem(0, 0, 1 << 31)))
    folder, elsewhere = tmp_path / "tables", tmp_path / "more"
    for where in (folder, elsewhere):
        where.mkdir()
    (folder / "SRAT.dat").write_bytes(table)
    (folder / "SLIT.dat").write_bytes(slit(1))
    (elsewhere / "SRAT.dat").write_bytes(table)
    words = [str(folder), str(elsewhere / "SRAT.dat")]
    found = read_tables(words)
    assert {raw.signature for raw in one_machine(found, words).tables} == {b"SRAT", b"SLIT"}
    assert [Path(label).name for label in repeated_tables(found)] == ["SRAT.dat"]
    (elsewhere / "SRAT.dat").write_bytes(other)
    with pytest.raises(SourceError, match="tables of 2 machines"):
        one_machine(read_tables(words), words)
