"""Rows of words: a line each in a pipe, fitted on a screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from srat_tool.fleet.text_table import TextRow, TextTable, fitted_sentences
from srat_tool.render.paper.console import Paper

HEADS = ("topology", "nodes", "verify", "machine")
ROWS = (
    TextRow(("0123abcd", "2", "-", "rack/one"), ("error: a sentence of so many words",)),
    TextRow(("89abcdef", "16", "-", "rack/another/two")),
)


def _table(rows: tuple[TextRow, ...] = ROWS) -> TextTable:
    return TextTable(HEADS, iter(rows), (8, 5, 6, 0), (1,))


def test_a_pipe_gets_a_line_for_each_row() -> None:
    """In columns whose widths are given, so that no row waits for another."""
    plain = list(_table().lines())
    assert plain == [
        "topology  nodes  verify  machine\n",
        "0123abcd      2  -       rack/one\n",
        "    error: a sentence of so many words\n",
        "89abcdef     16  -       rack/another/two\n",
    ]
    assert list(_table().lines(Paper(width=20, folds=False))) == plain


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_screen_has_each_word_under_its_head(width: int) -> None:
    """A column of which nothing is known is left out; notes stay below their row."""
    lines = "".join(_table().lines(Paper(width=width))).splitlines()
    assert lines == [
        "topology  nodes  machine",
        "0123abcd      2  rack/one",
        "    error: a sentence of so many words",
        "89abcdef     16  rack/another/two",
    ]


def test_a_narrow_screen_names_the_words_of_a_row() -> None:
    """No line is wider than it, and nothing is lost."""
    lines = "".join(_table().lines(Paper(width=24))).splitlines()
    assert max(map(cell_len, lines)) <= 24
    assert " ".join(" ".join(lines).split()) == (
        "topology 0123abcd, nodes 2, machine rack/one error: a sentence of so many words "
        "topology 89abcdef, nodes 16, machine rack/another/two"
    )


def test_many_rows_are_fitted_some_at_a_time() -> None:
    """Each batch under a heading of its own."""
    lines = "".join(_table(ROWS * 500).lines(Paper(width=60))).splitlines()
    assert lines.count("topology  nodes  machine") == 2
    assert len(lines) == 1502


def test_sentences_are_folded_where_eyes_read_them() -> None:
    """And whole in a pipe."""
    said = ["error: one two three four\n"]
    assert list(fitted_sentences(said)) == said
    assert "".join(fitted_sentences(said, Paper(width=20))).count("\n") == 2
