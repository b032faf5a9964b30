"""Inputs of commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.inputs import read_spec, read_tables
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
