"""No command writes a line that is wider than the terminal, so that nothing is cut in mid-word."""

from __future__ import annotations

import re
import sys
from unittest import mock

import pytest
from rich.cells import cell_len

from srat_tool.cli.main import COMMANDS as ALL
from srat_tool.cli.main import run
from tests.golden.fixtures import SPECS

WIDTHS = (60, 80, 120, 200)
_CODES = re.compile(r"\x1b\[[0-9;]*m")
RISER, CXL, BIG = "example:two-sockets-removable-riser", "example:cxl-window", "example:32-nodes"
COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("plan", f"example:{path.stem}") for path in SPECS),
    ("plan", RISER, "--details"),
    ("plan", BIG, "--details", "--movable-node"),
    ("plan", RISER, "--compare"),
    ("plan", BIG, "--compare"),
    ("plan", RISER, "--blocks"),
    ("plan", RISER, "--explain", "node1"),
    ("plan", RISER, "--movablecore=acpi", "--explain"),
    ("plan", "example:hot-add-window", "--add", "dimm:5G+1G,pxm=1"),
    ("why", "node1", RISER),
    ("advise", RISER),
    ("advise", RISER, "--removable", "1"),
    ("diff", RISER, CXL),
    ("inspect", RISER),
    ("inspect", CXL),
    ("inspect", RISER, "--hex"),
    ("inspect", BIG),
    ("inspect", "fixtures/bin/cut-in-entry"),
    ("lint", "fixtures/bin/slit-bad-diagonal"),
    ("lint", "fixtures/bin/overlap-two-domains", "--show", "info"),
    ("lint", "--verdicts", "fixtures/bin/overlap-two-domains"),
    ("lint", "--explain", "SRAT001"),
    ("lint", "--list-rules"),
    ("extract", "--list", "fixtures/bin/cxl-window"),
    ("kernels",),
    ("kernels", "--kernel", "6.1.0-31-amd64"),
    ("glossary",),
    ("glossary", "kernel node"),
    ("verify", "fixtures/boots/all-hotpluggable/6.12.96+deb13-cloud-amd64.log"),
    ("fleet", "fixtures/bin"),
    ("fleet", "--report", "clusters", "fixtures/bin"),
    ("fleet", "--report", "removable", "fixtures/bin"),
    ("fleet", "--report", "lost", "fixtures/bin"),
    ("fleet", "--report", "kernels", "3.9", "7.3", "fixtures/bin"),
    ("fleet", "--report", "rollout", "fixtures/bin/cxl-window", "fixtures/bin/all-disabled"),
    ("qemu", RISER),
    ("--help",),
    *((name, "--help") for name in ALL),
)

ERRORS: tuple[tuple[str, ...], ...] = (
    ("plan", RISER, "--explain=banana"),
    ("plan", RISER, "--explain=0x840000000-0x100000000"),
    ("plan", "example:two-sockets-removable-risers-that-nobody-has"),
    ("plan", "fixtures/bin/all-disabled"),
    ("plan", RISER, "--kernel", "no-such-kernel-as-this-one"),
    ("plan", RISER, "--no-such-option-as-this-one-which-has-a-long-name-of-its-own"),
    ("plan", RISER, "--format", "nothing"),
    ("plan", RISER, "--width", "3"),
    ("why", "banana", RISER),
    ("advise", RISER, "--removable", "77"),
    ("verify", RISER),
    ("lint", "fixtures/README.md"),
    ("extract", "fixtures/README.md", "-o", "/no/such/folder/anywhere"),
    ("boot", RISER, "--kernel-image", "/no/such/kernel"),
    ("fleet", "--report", "rollout", "fixtures/bin"),
    ("glossary", "no such term"),
    ("kernels", "--kernel", "banana"),
    ("build", "fixtures/README.md", "-o", "/no/such/folder"),
    ("edit", "fixtures/bin/all-disabled/SRAT.bin", "--set-hotplug", "77", "-o", "/dev/null"),
)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """Set a terminal's width and colours, as far as the environment can."""
    width: int = request.param
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("FORCE_COLOR", "1")  # as if every stream were a terminal
    monkeypatch.setenv("TERM", "xterm-256color")
    return width


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("terminal", WIDTHS, indirect=True)
def test_every_line_fits(
    words: tuple[str, ...], terminal: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Measured in cells, without the codes of colours."""
    out, err = _shown(words, capsys)
    assert out
    assert [line for line in out if cell_len(line.rstrip()) > terminal] == []
    assert _too_wide(err, terminal) == []


@pytest.mark.parametrize("words", ERRORS, ids=" ".join)
@pytest.mark.parametrize("terminal", WIDTHS, indirect=True)
def test_every_error_fits(
    words: tuple[str, ...], terminal: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Our errors, those of the command line, and the notes next to an answer."""
    _, err = _shown(words, capsys)
    assert err
    assert _too_wide(err, terminal) == []


def test_an_error_is_one_line_where_no_terminal_reads_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the width of the terminal would be."""
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["plan", RISER, "--explain=banana"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def _shown(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> tuple[list[str], list[str]]:
    with (
        mock.patch.object(sys.stdout, "isatty", return_value=True),
        mock.patch.object(sys.stderr, "isatty", return_value=True),
    ):
        run(list(words))
    captured = capsys.readouterr()
    # What was erased is not there: lines of progress, which are cut to fit.
    kept = (line.rpartition("\x1b[K")[2] for line in captured.err.split("\n"))
    return (
        _CODES.sub("", captured.out).splitlines(),
        _CODES.sub("", "\n".join(kept)).splitlines(),
    )


def _too_wide(lines: list[str], width: int) -> list[str]:
    """Return the lines that a terminal would cut, except for those of one long word."""
    wide = [line for line in lines if cell_len(line.rstrip()) > width]
    return [line for line in wide if " " in line.strip()]
