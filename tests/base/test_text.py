"""Nothing from a table can reach a terminal unescaped."""

from __future__ import annotations

import pytest

from srat_tool.base.text import identifier, printable, shortened, wide_encoding


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("plain [mem 0x0-0xfff]", "plain [mem 0x0-0xfff]"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb", "a\\u202eb"),
        ("line\nline", "line\\x0aline"),
        (b"A M I \x00\xff", "A M I \\x00\\xff"),
        ("\U000e0041", "\\U000e0041"),
        ("a\ufffeb\uffff\ufdd0", "a\\ufffeb\\uffff\\ufdd0"),
    ],
)
def test_printable(raw: str | bytes, safe: str) -> None:
    """Controls, reordering marks and invisible characters are written as escapes."""
    assert printable(raw) == safe


def test_identifier_drops_padding() -> None:
    """OEM ids lose trailing blanks and NULs and nothing else."""
    assert identifier(b"CBX3   \0") == "CBX3"


def test_a_long_label_is_cut_and_says_so() -> None:
    """Its beginning and its end stay, and so does every label of a usual length."""
    short = shortened("a" * 1000 + "z")
    assert (short[0], short[-1]) == ("a", "z")
    assert "553 characters cut" in short
    assert shortened(short) == short


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_are_known_without_a_mark(name: str) -> None:
    """Enough letters of ASCII, with zeros around each; a table has others."""
    text = "[    0.000000] Linux version"
    assert wide_encoding(text.encode(name)) == name
    assert wide_encoding(text.encode(name[:6])) == name[:6]
    assert wide_encoding(text.encode()) is None
    assert wide_encoding(b"S\0R\0A\0T\0" + bytes(64)) is None
