"""The command line as a whole: exit status, streams, start-up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from srat_tool.cli.main import COMMANDS, run
from tests.support import table_bytes


def test_help_imports_no_command() -> None:
    """--help lists every command without importing construct or rich."""
    code = (
        "import sys; from srat_tool.cli.main import run; run(['--help']);"
        "sys.exit(any(m in sys.modules for m in ('construct', 'rich')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)


def test_version_is_printed() -> None:
    """--version answers on standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "srat_tool", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("srattool 0.")


def test_unknown_command_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """A word that is no command exits 2."""
    assert run(["frobnicate"]) == 2
    assert "frobnicate" in capsys.readouterr().err


def test_missing_file_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A path that does not exist is named in one line, exit 2."""
    assert run(["inspect", str(tmp_path / "none.bin")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_that_goes_is_no_failure(tmp_path: Path) -> None:
    """A closed pipe ends in exit status 0 and silence: 1 would be the answer no."""
    table = tmp_path / "SLIT"
    table.write_bytes(table_bytes(b"SLIT", (256).to_bytes(8, "little") + bytes(1 << 16)))
    command = [sys.executable, "-m", "srat_tool", "inspect", "--hex", str(table)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["lint", "--explain", "SRAT001"]])
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    """An answer that cannot be written is no answer, and no traceback either."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "srat_tool", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "srattool: standard output: no space left on device\n"
