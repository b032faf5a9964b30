"""Inputs that could not be read reach every command."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.cli.missed import MissedInputs
from srat_tool.sources.found import Refusal
from tests.sources.samples import slit, srat

Capture = pytest.CaptureFixture[str]


def _cut(folder: Path) -> str:
    """Return an archive that ends within its SRAT."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in (("SLIT.bin", slit(4)), ("APIC.bin", b""), ("SRAT.bin", srat())):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    path = folder / "cut.tar"
    path.write_bytes(packed.getvalue()[: packed.getvalue().index(b"SRAT.bin") + 550])
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        ["plan", "--assume-memory", "4G"],
        ["plan", "--format", "json", "--assume-memory", "4G"],
        ["advise", "--removable", "0", "--assume-memory", "4G"],
        ["inspect"],
        ["extract", "--list"],
        ["decompile"],
        ["lint", "--isolated"],
        ["qemu"],
        ["boot"],
        ["override", "-o", "/dev/null"],
        ["edit", "--renumber", "1=2", "-o", "/dev/null"],
    ],
)
def test_every_command_names_it_and_has_no_full_answer(
    command: list[str], tmp_path: Path, capsys: Capture
) -> None:
    """The archive is named, and the status is 2."""
    assert run([*command, _cut(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "cut.tar" in said.err + ("" if command[0] != "lint" else said.out)
    assert "ends inside SRAT.bin" in said.err + said.out


def test_a_comparison_names_it(tmp_path: Path, capsys: Capture) -> None:
    """Two equal halves are no proof that nothing changed."""
    cut = _cut(tmp_path)
    assert run(["diff", "--assume-memory", "4G", cut, cut]) == 2
    assert capsys.readouterr().err.count("ends inside SRAT.bin") == 1


def test_the_end_of_a_table_is_missed(tmp_path: Path, capsys: Capture) -> None:
    """The plan is that of fewer ranges; a table without an end is a finding of lint."""
    path = tmp_path / "SRAT.bin"
    path.write_bytes(srat()[:-50])
    assert run(["plan", str(path)]) == 2
    assert "the last 50 bytes of the table are not there" in capsys.readouterr().err
    assert run(["lint", "--isolated", str(path)]) == 1


def test_a_plan_lists_it_among_its_assumptions(tmp_path: Path, capsys: Capture) -> None:
    """Who reads the answer alone learns of it as well."""
    run(["plan", "--assume-memory", "4G", _cut(tmp_path)])
    assert "was not read: archive ends inside SRAT.bin" in capsys.readouterr().out


def test_many_are_counted(capsys: Capture) -> None:
    """A thousand refusals are no thousand lines, and none is printed twice."""
    missed = MissedInputs()
    assert missed.status(1) == 1
    refusals = [Refusal(f"file{n}", "no permission") for n in range(1000)]
    missed(refusals)
    missed(refusals)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 11
    assert "990 more" in lines[-1]
    assert missed.status(1) == 2
