"""`srattool inspect` from the outside."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from srat_tool.cli.main import cli
from tests.support import table_bytes


def test_a_file_is_decoded(tmp_path: Path) -> None:
    """A raw table given by name is printed."""
    path = tmp_path / "SLIT"
    path.write_bytes(table_bytes(b"SLIT", b"\x01" + bytes(7) + b"\x0a"))
    result = CliRunner().invoke(cli, ["inspect", str(path)])
    assert result.exit_code == 0
    assert "SLIT" in result.stdout
