"""Rows of cells: lined up, or folded where the last of them is prose."""

from __future__ import annotations

import pytest

from srat_tool.render.inspect.columns import columns, line_width, narrow_columns

ROWS = (
    ("#", "what", "size", "flags"),
    ("0", "one two three four five six", "2G", "on, hot"),
    ("12", "", "", ""),
)
RIGHT = frozenset((0, 2))


def _plain(line: tuple[tuple[str, str], ...]) -> str:
    return "".join(text for text, _ in line).rstrip()


def test_columns_line_up() -> None:
    """Numbers at the right, words at the left, the heading first."""
    assert [_plain(line) for line in columns(ROWS, RIGHT, {3: lambda text: text})] == [
        " #  what                         size  flags",
        " 0  one two three four five six    2G  on, hot",
        "12",
    ]


def test_prose_is_folded_in_its_place() -> None:
    """With the flags after it, in their style; no word moves below another column."""
    rows = list(narrow_columns(ROWS, RIGHT, 1, (3, lambda _: "good"), 28))
    assert [_plain(line) for row in rows for line in row] == [
        " #  size  what; flags",
        " 0    2G  one two three four",
        "          five six; on, hot",
        "12",
    ]
    assert ("hot", "good") in rows[1][-1]


def test_prose_goes_below_where_a_word_has_no_room() -> None:
    """All of it, so that it begins in one place."""
    rows = (ROWS[0], ("0", "a-word-of-its-own two", "2G", "on"))
    made = narrow_columns(rows, RIGHT, 1, (3, lambda _: ""), 26)
    assert [_plain(line) for row in made for line in row] == [
        "#  size",
        "      what; flags",
        "0    2G",
        "      a-word-of-its-own",
        "      two; on",
    ]


@pytest.mark.parametrize("width", range(16, 60))
def test_folded_rows_keep_to_the_width(width: int) -> None:
    """Whatever it is, and no word is lost."""
    rows = list(narrow_columns(ROWS, RIGHT, 1, (3, lambda _: ""), width))
    assert all(line_width(line) <= width for row in rows for line in row)
    words = " ".join(_plain(line) for line in rows[1]).split()
    assert words == ["0", "2G", "one", "two", "three", "four", "five", "six;", "on,", "hot"]
