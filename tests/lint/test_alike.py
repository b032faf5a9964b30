"""Hits with one cause are one finding."""

from __future__ import annotations

import pytest

from srat_tool.lint.alike import one_of_many
from srat_tool.lint.hit import Hit
from tests.lint.lab import findings, srat_spec


def test_two_that_are_alike_are_both_listed() -> None:
    """Each with its place."""
    assert (
        one_of_many([Hit("the size is 0"), Hit("the size is 0")], 9)[0]
        == [Hit("the size is 0")] * 2
    )


def test_of_more_the_first_counts_the_others() -> None:
    """A template's fault is one finding, however many structures the template made."""
    listed, lost = one_of_many([*[Hit("the size is 0")] * 5, Hit("the size is 1")], 9)
    assert [hit.message for hit in listed] == ["the size is 0, and 4 more like it", "the size is 1"]
    assert lost == 0


def test_a_rule_may_count_itself() -> None:
    """It yields the first one, and how many others there are."""
    listed, _ = one_of_many([Hit("the size is 0", others=4)], 9)
    assert [hit.message for hit in listed] == ["the size is 0, and 4 more like it"]
    assert one_of_many([Hit("a", others=4)], 0) == ([], 5)


def test_the_rest_is_counted() -> None:
    """Of a flood so many are listed; what a hit itself did not list counts too."""
    flood = [Hit(f"place {number}", more=number) for number in range(5)]
    listed, lost = one_of_many(flood, 2)
    assert (len(listed), lost) == (2, 3 + 0 + 1 + 2 + 3 + 4)
    pairs = [Hit(f"place {number // 2}") for number in range(6)]
    assert one_of_many(pairs, 3) == (pairs[:3], 3)


@pytest.mark.parametrize(
    ("entries", "count"),
    [("apic 0 0..3\napic 1 0..3", 1), ("apic 0 0..3\napic 1 2\napic 1 0..1", 3)],
)
def test_a_copied_block_is_one_finding(entries: str, count: int) -> None:
    """Where all duplicates are as far from their first; other duplicates are apart."""
    assert len(findings(srat_spec(f"{entries}\nmem 0 0+4G"), "SRAT201")) == count
