"""`srattool override`."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources.detect import read_inputs
from tests.golden.fixtures import FIXTURES

RISER = FIXTURES / "bin" / "two-sockets-removable-riser"


def test_an_archive_and_how_to_use_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The archive contains the tables; how to boot with it is on standard error."""
    out = tmp_path / "acpi.cpio"
    assert run(["override", str(RISER), "-o", str(out)]) == 0
    assert {table.signature for table in read_inputs([str(out)]).tables} == {b"SRAT", b"SLIT"}
    assert f"cat {out} /boot/initrd.img" in capsys.readouterr().err


def test_ids_are_taken_over(tmp_path: Path) -> None:
    """With --like the table replaces that of the machine."""
    out = tmp_path / "acpi.cpio"
    like = FIXTURES / "bin" / "epyc-8-nodes"
    assert run(["override", str(RISER), "--like", str(like), "-o", str(out)]) == 0
    assert {table.data[10:16] for table in read_inputs([str(out)]).tables} == {b"ALASKA"}
