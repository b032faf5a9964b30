"""Specs as inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.cli.specs import read_spec


@pytest.mark.parametrize("data", [None, b"\xff\xfe"])
def test_what_cannot_be_read(data: bytes | None, tmp_path: Path) -> None:
    """A missing file and one that is no text are our errors."""
    path = tmp_path / "a.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.toml"):
        read_spec(str(path))
