"""Rows of comma-separated values."""

from __future__ import annotations

import pytest

from srat_tool.base.csv_record import csv_record


def test_texts_are_escaped_and_quoted() -> None:
    """Control characters are escaped, commas are quoted, None is an empty cell."""
    assert csv_record(("a\x1b[31m", "b,c", 3, None)) == 'a\\x1b[31m,"b,c",3,\n'


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}"])
def test_a_text_is_no_formula(sign: str) -> None:
    """A spreadsheet would execute it, from a name in an archive or an OEM id."""
    assert csv_record((f"{sign}1+1", -1)) == f"'{sign}1+1,-1\n"


def test_a_formula_behind_a_control_is_escaped() -> None:
    """What a spreadsheet skips before a formula stays visible."""
    assert csv_record(("\t=1", "\r\n@x")) == "\\x09=1,\\x0d\\x0a@x\n"
