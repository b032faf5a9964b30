"""No command writes a line that is wider than the terminal, so that nothing is cut in mid-word."""

from __future__ import annotations

import re
import sys
from unittest import mock

import pytest
from rich.cells import cell_len

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
    *((name, "--help") for name in ("plan", "inspect", "lint", "why", "advise", "diff", "verify")),
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
    with mock.patch.object(sys.stdout, "isatty", return_value=True):
        run(list(words))
    lines = _CODES.sub("", capsys.readouterr().out).splitlines()
    assert lines
    assert [line for line in lines if cell_len(line.rstrip()) > terminal] == []
