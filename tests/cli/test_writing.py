"""Writing files."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.cli.writing import table_names, write_file


def test_names_are_the_kernels() -> None:
    """Further tables of a signature are numbered; nothing in a name can leave the folder."""
    tables = [RawTable(origin=Origin(path="a"), data=s) for s in (b"SRAT", b"SRAT", b"../x", b"")]
    assert table_names(tables) == ["SRAT", "SRAT1", "___x", "NONE"]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """What cannot be written is our error, with the path."""
    with pytest.raises(SourceError, match="directory"):
        write_file(tmp_path, b"")
