"""`srattool decompile`."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources.examples import find_example
from tests.support import ROOT

RISER = find_example("two-sockets-removable-riser")


def test_there_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Building what was decompiled gives the same files."""
    run(["build", str(RISER), "-o", str(tmp_path / "a")])
    capsys.readouterr()
    assert run(["decompile", str(tmp_path / "a")]) == 0
    spec = tmp_path / "spec.toml"
    spec.write_text(capsys.readouterr().out)
    assert run(["build", str(spec), "-o", str(tmp_path / "b")]) == 0
    for name in ("SRAT.bin", "SLIT.bin"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_output_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With -o the spec goes to a file and nothing to standard output."""
    run(["build", str(RISER), "-o", str(tmp_path)])
    capsys.readouterr()
    assert run(["decompile", str(tmp_path / "SRAT.bin"), "-o", str(tmp_path / "s.toml")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "s.toml").read_text().startswith("[srat]\n")


def test_a_whole_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a log the spec holds the memory map and the kernel too, and can be planned."""
    log = tmp_path / "dmesg"
    log.write_text(
        "Linux version 6.1.0-9-amd64 (x)\nCommand line: ro movable_node\n"
        "BIOS-provided physical RAM map:\n"
        "BIOS-e820: [mem 0x0000000000000000-0x00000000bfffffff] usable\n"
        "BIOS-e820: [mem 0x0000000100000000-0x000000203fffffff] usable\n"
    )
    tables = str(ROOT / "fixtures" / "bin" / RISER.stem)
    assert run(["decompile", tables, "--boot-log", str(log)]) == 0
    spec = tmp_path / "machine.toml"
    spec.write_text(capsys.readouterr().out)
    assert 'ram = ["0+3G", "4G+125G"]' in spec.read_text()
    assert run(["plan", str(spec)]) == 0
