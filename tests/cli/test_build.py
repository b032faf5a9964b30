"""`srattool build`."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.build import PACKINGS
from srat_tool.cli.main import run
from srat_tool.sources.detect import read_inputs
from srat_tool.sources.examples import find_example
from tests.support import ROOT

RISER = find_example("two-sockets-removable-riser")


def test_tables_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each table of the spec becomes a file of its name."""
    assert run(["build", str(RISER), "-o", str(tmp_path / "new")]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["SLIT.bin", "SRAT.bin"]
    assert "SRAT.bin: " in capsys.readouterr().out


def test_bad_spec(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error names file and line, and the status is 2."""
    spec = tmp_path / "bad.toml"
    spec.write_text("[srat]\nentries = '''\nmem 0 4G\n'''\n")
    assert run(["build", str(spec), "-o", str(tmp_path)]) == 2
    assert f"{spec}:3: not a range in 'mem 0 4G', got '4G'" in capsys.readouterr().err


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_firmware_image(packing: str, tmp_path: Path) -> None:
    """Wrapped tables are found again in the image, byte for byte."""
    assert run(["build", str(RISER), "-o", str(tmp_path), "--wrap", packing]) == 0
    found = {table.data for table in read_inputs([str(tmp_path / "firmware.fd")]).tables}
    folder = ROOT / "fixtures" / "bin" / RISER.stem
    assert found == {path.read_bytes() for path in folder.iterdir()}


def test_a_spec_without_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to build, and no folder is made."""
    spec = tmp_path / "empty.toml"
    spec.write_text("")
    assert run(["build", str(spec), "-o", str(tmp_path / "new")]) == 2
    assert "describes no table" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
