"""Width, colour, drawing characters and escaping: one test a rule."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

from srat_tool.cli.main import KILLED_BY_PIPE
from srat_tool.render.paper.console import (
    ASCII,
    PIPE_WIDTH,
    UNICODE,
    Paper,
    fold,
    grid,
    paint,
    paper_for,
    sentence,
    styled,
)


class Terminal(io.StringIO):
    """A stream that claims to be a terminal but has no size to ask for."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_pipe_is_120_wide() -> None:
    """Not a terminal and no COLUMNS: 120."""
    assert paper_for(io.StringIO(), {}).width == PIPE_WIDTH


@pytest.mark.parametrize(("columns", "width"), [("77", 77), ("", 120), ("0", 120), ("x", 120)])
def test_columns_sets_the_width(columns: str, width: int) -> None:
    """COLUMNS counts where it is a positive number, in a pipe too."""
    assert paper_for(io.StringIO(), {"COLUMNS": columns}).width == width


def test_asked_width_beats_columns() -> None:
    """--width wins, and lines are folded at it."""
    paper = paper_for(io.StringIO(), {"COLUMNS": "77"}, width=99)
    assert (paper.width, paper.folds) == (99, True)


def test_terminal_without_a_size_is_80_wide() -> None:
    """A terminal without a size gets 80 columns."""
    assert paper_for(Terminal(), {}).width == 80


def test_terminal_is_asked_for_its_size() -> None:
    """A real terminal's own width is used."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as stream:
        import fcntl
        import struct
        import termios

        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 133, 0, 0))
        assert paper_for(stream, {}).width == 133
    os.close(leader)


def test_pictures_stay_between_60_and_250_columns() -> None:
    """However narrow or wide the terminal is."""
    assert Paper(width=20).picture_width == 60
    assert Paper(width=4000).picture_width == 250


@pytest.mark.parametrize(
    ("env", "color"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm"}, "standard"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, None),
        ({"TERM": "xterm", "NO_COLOR": ""}, "standard"),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, None),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, None),
    ],
)
def test_color_of_a_terminal(env: dict[str, str], color: str | None) -> None:
    """NO_COLOR and TERM=dumb take colours away, COLORTERM gives more of them."""
    assert paper_for(Terminal(), env).color == color


def test_pipe_has_color_only_when_forced() -> None:
    """FORCE_COLOR=1 colours a pipe; FORCE_COLOR=0 does not."""
    assert paper_for(io.StringIO(), {}).color is None
    assert paper_for(io.StringIO(), {"FORCE_COLOR": "0"}).color is None
    assert paper_for(io.StringIO(), {"FORCE_COLOR": "1"}).color == "standard"


@pytest.mark.parametrize(("encoding", "drawn"), [("ascii", ASCII), ("latin-1", ASCII)])
def test_encoding_picks_the_drawing(encoding: str, drawn: object) -> None:
    """An encoding without the drawing characters gets ASCII ones."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert paper_for(stream, {}).glyphs == drawn
    assert paper_for(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), {}).glyphs == UNICODE


def test_ascii_glyphs_are_ascii() -> None:
    """And each replaces one drawn character of the same kind."""
    assert "".join(ASCII).isascii()
    assert [len(a) for a in ASCII[:-2]] == [len(u) for u in UNICODE[:-2]]


def test_tables_are_drawn_in_ascii_where_needed() -> None:
    """A rich table on ASCII paper has an ASCII box."""
    table = Table("a")
    table.add_row(styled("[mem 0x0-0x9ffff]"))
    painted = paint([table], Paper(unicode=False))
    assert painted.isascii()
    assert "[mem 0x0-0x9ffff]" in painted


def test_long_lines_are_not_folded_by_painting() -> None:
    """What is longer than the width stays one line."""
    for color in (None, "truecolor"):
        line = styled("word " * 100)
        assert paint([line], Paper(width=60, color=color)).count("\n") == 1


def test_environment_does_not_reach_the_painter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the paper decides: rich's own switches are out of its reach."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "10")
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint([styled("red", "red")], Paper()) == "red\n"
    assert "\x1b[31m" in paint([styled("red", "red")], Paper(color="standard"))


HOSTILE = "[red]x[/red] [/nope] :smile: \x1b[31m\x07\u202e\u200b\x9b1m [mem 0x0-0x9ffff]"


@pytest.mark.parametrize("color", [None, "standard"])
def test_hostile_text_is_shown_not_obeyed(color: None) -> None:
    """Markup stays, escapes and bidirectional marks are spelled out, in text and in tables."""
    table = Table("a")
    table.add_row(styled(HOSTILE))
    lines: list[Text | Table] = [styled(HOSTILE), sentence("a", (HOSTILE, "")), *grid([[HOSTILE]])]
    for line in [*lines, table]:
        painted = paint([line], Paper(width=200, color=color))
        assert "[red]x[/red] [/nope] :smile: \\x1b[31m\\x07\\u202e" in painted
        assert "[mem 0x0-0x9ffff]" in painted
        assert "\u202e" not in painted
        assert "\x1b[31m" not in painted


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab \x1b[/]"), max_size=60), st.integers(10, 40))
def test_folding_loses_no_word(text: str, width: int) -> None:
    """Every word of a sentence is in its folded form, in order."""
    lines = fold(styled(text), Paper(width=width), hanging=2)
    assert " ".join(line.plain for line in lines).split() == styled(text).plain.split()


def test_folding_hangs_and_keeps_colours() -> None:
    """Further lines are indented, and a styled word stays styled."""
    lines = fold(sentence("one two ", ("three four five six", "red")), Paper(width=22), hanging=2)
    assert [line.plain for line in lines] == ["one two three four", "  five six"]
    assert lines[1].spans[0].style == "red"


def test_papers_for_grep_do_not_fold() -> None:
    """In a pipe a sentence is one line."""
    assert len(fold(styled("word " * 60), Paper(width=60, folds=False))) == 1


def test_grid_lines_up_its_columns() -> None:
    """Numbers are at the right, words at the left, the last cell is not padded."""
    lines = grid([["a", "1", "x"], ["bbb", "22", "yy"]], right=[1])
    assert [line.plain for line in lines] == ["a     1  x", "bbb  22  yy"]


def test_grid_without_rows() -> None:
    """No rows, no lines."""
    assert grid([]) == []


def test_plain_lines_lose_trailing_blanks() -> None:
    """They are invisible, and would only clutter goldens."""
    assert paint([Text("a  ")], Paper()) == "a\n"


def test_closed_pipe_is_quiet() -> None:
    """A reader that goes away (`| head`) is no error and no noise."""
    code = (
        "import sys\nfrom srat_tool.render.paper.console import *\n"
        "from srat_tool.cli import main\n"
        "import click\n"
        "main.cli.main = lambda *a, **k: click.echo(paint([styled('x' * 99)] * 20000, Paper()))\n"
        "from srat_tool.__main__ import _buffer_output\n"
        "_buffer_output()\n"
        "sys.exit(main.run([]))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == KILLED_BY_PIPE
        assert process.stderr.read() == b""


def test_a_long_list_is_broken_after_its_commas() -> None:
    """A word wider than a line is not cut by the terminal where it is a list."""
    numbers = ",".join(map(str, range(1, 60, 2)))
    lines = [
        line.plain for line in fold(styled(f"nodes {numbers} (2T)"), Paper(width=40), hanging=2)
    ]
    assert all(len(line) <= 40 for line in lines)
    assert "".join(lines).replace(" ", "") == f"nodes{numbers}(2T)"
    assert all(line.endswith(",") for line in lines[1:-1])


def test_a_range_of_the_kernel_is_one_word() -> None:
    """It is not torn after its bracket."""
    line = styled("entry 4 overlaps entry 3 at [mem 0x100000000-0x1bfffffff], which is refused")
    folded = [part.plain for part in fold(line, Paper(width=40))]
    assert folded == [
        "entry 4 overlaps entry 3 at",
        "[mem 0x100000000-0x1bfffffff], which is",
        "refused",
    ]
