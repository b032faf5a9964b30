"""`srattool edit`."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.golden.fixtures import FIXTURES

SRAT = FIXTURES / "bin" / "two-sockets-removable-riser" / "SRAT.bin"


def test_an_edited_table_is_written(tmp_path: Path) -> None:
    """The flag is set in the copy, the original stays."""
    before = SRAT.read_bytes()
    out = tmp_path / "SRAT.bin"
    assert run(["edit", str(SRAT), "--clear-hotplug", "1", "-o", str(out)]) == 0
    assert len(out.read_bytes()) == len(before)
    assert out.read_bytes() != before == SRAT.read_bytes()


def test_no_change_is_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written when nothing would change."""
    assert run(["edit", str(SRAT), "--set-hotplug", "1", "-o", str(tmp_path / "x")]) == 2
    assert "changes nothing" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
