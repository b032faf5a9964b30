"""Texts with bytes that are not UTF-8."""

from __future__ import annotations

from srat_tool.fleet.texts import digest, storable


def test_digests_differ_with_each_part() -> None:
    """Where one part ends and the next begins counts too, and no byte is refused."""
    assert len({digest("a", "b"), digest("ab"), digest("a", "b", ""), digest("\udcff")}) == 4
    assert digest("a", "b") == digest("a", "b")


def test_a_database_can_hold_it() -> None:
    """A byte of a file's name that is no text is escaped, all else stays."""
    assert storable("n\u00f6de/\udcff") == "n\u00f6de/\\xff"
