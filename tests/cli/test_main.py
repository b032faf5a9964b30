"""The command line as a whole: exit status, streams, start-up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
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


def test_a_misspelt_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The commands that the word resembles are offered."""
    assert run(["plann"]) == 2
    assert capsys.readouterr().err.endswith("No such command 'plann'. Did you mean plan?\n")


def test_no_command_at_all_prints_the_help_once(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, as nothing was done; the status is 2."""
    assert run([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("Usage:") == 1
    assert captured.err.startswith("Usage: srattool [OPTIONS] COMMAND")


def test_missing_file_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A path that does not exist is named in one line, exit 2."""
    assert run(["inspect", str(tmp_path / "none.bin")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_that_goes_is_no_failure(tmp_path: Path) -> None:
    """A closed pipe ends in silence, and in the status of any filter that it ends."""
    table = tmp_path / "SLIT"
    table.write_bytes(table_bytes(b"SLIT", (256).to_bytes(8, "little") + bytes(1 << 16)))
    command = [sys.executable, "-m", "srat_tool", "inspect", "--hex", str(table)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["lint", "--explain", "SRAT001"]])
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    """Output that cannot be written is a failure without a traceback."""
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


@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-", "2> >(true)"])
@pytest.mark.parametrize(
    ("machine", "status"), [("two-sockets-removable-riser", 0), ("bad-checksum", 1)]
)
def test_messages_that_cannot_be_written_change_nothing(
    redirection: str, machine: str, status: int
) -> None:
    """The status reports what was found, whatever happens to standard error."""
    tables = Path(__file__).parents[2] / "fixtures" / "bin" / machine
    line = f'exec "{sys.executable}" -m srat_tool lint --isolated "{tables}" {redirection}'
    for unbuffered in ("", "1"):
        environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(
            ["bash", "-c", line], stdout=subprocess.PIPE, env=environment, check=False
        )
        assert done.returncode == status
        assert (b"checksum" in done.stdout) is (status == 1)


class _Broken(click.Command):
    """A command with a fault."""

    def __init__(self, error: BaseException) -> None:
        super().__init__("plan")
        self._error = error

    def invoke(self, ctx: click.Context) -> None:
        """Fail."""
        raise self._error


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (ValueError("seven\x1b[2J"), 2, "internal error at test_main.py:"),
        (RecursionError("too deep"), 2, "RecursionError: too deep"),
        (MemoryError(), 2, "out of memory"),
        (KeyboardInterrupt(), 130, ""),
        (OSError(5, "Input/output error", "a.bin"), 2, "a.bin: input/output error"),
    ],
)
def test_no_fault_is_a_traceback(
    error: BaseException,
    status: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever a command raises ends in one line, safe for a terminal, and a status."""
    monkeypatch.setattr("srat_tool.cli.plan.command", _Broken(error))
    monkeypatch.setattr("srat_tool.cli.main._drop_output", lambda: None)
    assert run(["plan"]) == status
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert "\x1b" not in said
    assert said.count("\n") <= 1


def test_a_fault_can_be_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mends it gets the whole of it."""
    monkeypatch.setattr("srat_tool.cli.plan.command", _Broken(ValueError("seven")))
    monkeypatch.setenv("SRATTOOL_TRACEBACK", "1")
    with pytest.raises(ValueError, match="seven"):
        run(["plan"])


@pytest.mark.parametrize(
    ("closed", "status", "words"),
    [(">&-", 2, "standard output: bad file descriptor"), ("2>&-", 0, ""), ("<&-", 0, "")],
)
def test_closed_streams(closed: str, status: int, words: str, tmp_path: Path) -> None:
    """Closed standard output is a failure; other closed streams change nothing."""
    table = tmp_path / "SLIT"
    table.write_bytes(table_bytes(b"SLIT", (1).to_bytes(8, "little") + b"\n"))
    command = f"{sys.executable} -m srat_tool inspect {table} {closed}"
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
