"""Tables fit the paper at every width, and lose no word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from srat_tool.render.paper.console import Paper
from srat_tool.render.paper.tables import TableText, table

HEADS = ("at", "size", "why")
ROWS = [
    ["+0x0110", "64G", "no RAM is in it, and memory can be added there later"],
    ["+0x0138", "4 x 128G", ""],
]
_WORDS = st.text("abcdefghij0123456789", min_size=1, max_size=14)
_CELL = st.lists(_WORDS, max_size=9).map(" ".join)


def _plain(width: int, heads: tuple[str, ...] = HEADS) -> list[str]:
    return [line.plain for line in table(heads, ROWS, Paper(width=width), right=(1,))]


def test_columns_where_there_is_room() -> None:
    """One line a row, under its heads."""
    assert _plain(80) == [
        "  at           size  why",
        "  +0x0110       64G  no RAM is in it, and memory can be added there later",
        "  +0x0138  4 x 128G  ",
    ]


def test_the_last_column_is_folded_in_its_place() -> None:
    """Where it has room for prose."""
    assert _plain(50)[1:3] == [
        "  +0x0110       64G  no RAM is in it, and memory",
        "                     can be added there later",
    ]


def test_prose_goes_below_its_row() -> None:
    """Where its place is too narrow."""
    assert _plain(40)[2:5] == [
        "  +0x0110       64G",
        "      no RAM is in it, and memory can be",
        "      added there later",
    ]


def test_prose_goes_below_its_row_where_that_is_shorter() -> None:
    """A long reason in a narrow column would be a tower of words."""
    rows = [["+0x0110", "64G", "a word of it and another one " * 8], ["+0x0138", "4G", "-"]]
    rows[1][0] = "+0x0138 and more"
    lines = [line.plain for line in table(HEADS, rows, Paper(width=52), right=(1,))]
    assert lines[2] == "  +0x0110            64G"
    assert lines[3].startswith("      a word of it and another one a word")


def test_a_few_words_are_folded_in_their_place() -> None:
    """Columns are easier to read than sentences, as long as each word has room."""
    rows = [["6.1.80", "6.1.80 to 6.1.177", "boots, source"], ["6.2", "6.2 to 6.5.11", "logs"]]
    lines = table(("profile", "releases", "evidence"), rows, Paper(width=38))
    assert [line.plain.rstrip() for line in lines] == [
        "  profile  releases           evidence",
        "  6.1.80   6.1.80 to 6.1.177  boots,",
        "                              source",
        "  6.2      6.2 to 6.5.11      logs",
    ]


def test_rows_become_sentences_at_last() -> None:
    """Each cell is named by its head then."""
    rows = [["0x1000000000-0x1fffffffff", "0x2000000000-0x2fffffffff", "Normal"]]
    lines = table(("from", "to", "zone"), rows, Paper(width=40))
    assert " ".join(" ".join(line.plain for line in lines).split()) == (
        "from 0x1000000000-0x1fffffffff, to 0x2000000000-0x2fffffffff, zone Normal"
    )


def test_a_pipe_gets_one_line_a_row() -> None:
    """Whatever the width."""
    assert len(table(HEADS, ROWS, Paper(width=20, folds=False))) == 3


def test_a_column_without_words_is_left_out() -> None:
    """Together with its head."""
    rows = [["a", "", "c"]]
    assert table(HEADS, rows, Paper())[0].plain.split() == ["at", "why"]


@given(rows=st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_line_is_too_wide_and_no_word_is_lost(rows: list[list[str]]) -> None:
    """Whatever the cells contain, if each word fits a line."""
    lines = table(("a", "b", "c"), rows, Paper(width=60), right=(1,))
    assert all(cell_len(line.plain.rstrip()) <= 60 for line in lines)
    words = [word.rstrip(",") for line in lines for word in line.plain.split()]
    for row in rows:
        for word in " ".join(row).split():
            assert word in words


def test_notes_stay_below_their_row() -> None:
    """In columns, in sentences, and in the last cell of a table that stays one."""
    notes = [["a note"], []]
    wide = [line.plain for line in table(HEADS, ROWS, Paper(width=80), notes=notes)]
    assert wide[2] == "      a note"
    narrow = [line.plain for line in table(HEADS, ROWS, Paper(width=20), notes=notes)]
    assert "      a note" in narrow
    (kept,) = table(HEADS, ROWS, Paper(keeps_tables=True), notes=notes)
    assert isinstance(kept, TableText)
    assert [str(row[-1]).endswith("; a note") for row in kept.rows] == [True, False]


def test_a_word_that_cannot_be_folded_goes_below_its_row() -> None:
    """A path next to its row would be wider than the paper."""
    rows = [["1", "2G", "a/path/of/many/names/without/a/blank"]]
    lines = [line.plain for line in table(HEADS, rows, Paper(width=42))]
    assert lines[2:] == ["  1   2G", "      a/path/of/many/names/without/a/blank"]
