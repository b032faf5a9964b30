"""Every command on a real terminal: its lines fit, and no word is cut."""

from __future__ import annotations

import re
from functools import cache

import pytest
from rich.cells import cell_len

from srat_tool.cli.main import COMMANDS as ALL
from tests.cli.terminal import shown_on_terminal

WIDTHS = (60, 80, 120, 200)
_WIDE = 1000
_MARKS = re.compile(r"[,:;.()'\"]+$|^[('\"]+")
RISER, CXL = "example:two-sockets-removable-riser", "example:cxl-window"
LOG = "fixtures/boots/all-hotpluggable/6.12.96+deb13-cloud-amd64.log"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("plan", CXL),
    ("plan", "fixtures/bin/overlap-two-domains", "--details"),
    ("plan", RISER, "--compare"),
    ("plan", RISER, "--blocks"),
    ("plan", RISER, "--explain", "node1"),
    ("plan", RISER, "--movablecore=acpi", "--explain"),
    ("inspect", "fixtures/bin/cxl-window"),
    ("lint", "fixtures/bin/overlap-two-domains", "--show", "info"),
    ("lint", "--verdicts", "fixtures/bin/overlap-two-domains"),
    ("verify", LOG),
    ("diff", RISER, CXL),
    ("advise", RISER),
    ("why", "node1", RISER),
    ("kernels",),
    ("kernels", "--details"),
    ("kernels", "--kernel", "6.1.0-31-amd64"),
    ("glossary",),
    ("glossary", "tier"),
    ("fleet", "fixtures/bin"),
    ("report", RISER, "-o", "/dev/null"),
    ("extract", "--list", "fixtures/bin/cxl-window"),
    ("decompile", RISER),
    ("why", "banana", RISER),
    *((name, "--help") for name in ALL),
)
_PLAIN = frozenset(("decompile",))
"""Commands whose output is a file's, which no terminal may change."""
_PICTURES = frozenset(COMMANDS[:2])
"""Their bars have shorter labels where they are narrow."""


@cache
def _lines(width: int) -> dict[tuple[str, ...], list[str]]:
    return dict(zip(COMMANDS, shown_on_terminal(COMMANDS, width), strict=True))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_line_fits(width: int) -> None:
    """Measured in cells."""
    wide = {
        " ".join(words): [line for line in lines if cell_len(line) > width]
        for words, lines in _lines(width).items()
        if words[0] not in _PLAIN
    }
    assert {words: lines for words, lines in wide.items() if lines} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_cut(width: int) -> None:
    """Every word is one of those on a terminal on which nothing is folded."""
    whole = _lines(_WIDE)
    cut = {
        " ".join(command): _words(lines) - _words(whole[command])
        for command, lines in _lines(width).items()
        if command not in _PICTURES
    }
    assert {command: words for command, words in cut.items() if words} == {}


def _words(lines: list[str]) -> set[str]:
    """Return the words without marks around them: the cells of a table may become a sentence."""
    return {_MARKS.sub("", word) for line in lines for word in line.split()}
