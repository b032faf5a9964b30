"""What changed between two SLITs."""

from __future__ import annotations

from srat_tool.compare.slit import compare_slit
from srat_tool.grammar.registry import decode
from srat_tool.tables.slit import Slit
from tests.compare.samples import slit


def _slit(*rows: tuple[int, ...]) -> Slit:
    table = decode(slit(*rows).data).table
    assert isinstance(table, Slit)
    return table


def test_pairs_that_change_both_ways_are_said_once() -> None:
    """And a change in one direction only is distinguished."""
    before = _slit((10, 21, 21), (21, 10, 21), (21, 21, 10))
    after = _slit((10, 17, 21), (17, 10, 31), (21, 21, 10))
    assert [c.text for c in compare_slit(before, after, {})] == [
        "distance 0<->1 was 21, is 17",
        "distance 1->2 was 21, is 31",
    ]


def test_renumbered_domains_are_compared_with_themselves() -> None:
    """Rows that only changed places are no change."""
    before = _slit((10, 17, 21), (17, 10, 31), (21, 31, 10))
    after = _slit((10, 31, 17), (31, 10, 21), (17, 21, 10))
    assert list(compare_slit(before, after, {0: 2, 1: 0, 2: 1})) == []


def test_another_size() -> None:
    """The count is reported, common pairs are compared."""
    before = _slit((10, 21), (21, 10))
    after = _slit((10, 255, 21), (255, 10, 21), (21, 21, 10))
    assert [c.text for c in compare_slit(before, after, {})] == [
        "2 localities became 3",
        "distance 0<->1 was 21, is unreachable (255)",
    ]


def test_many_pairs_are_counted() -> None:
    """Four are named."""
    size = 8
    before = _slit(*(tuple(10 if i == j else 20 for j in range(size)) for i in range(size)))
    after = _slit(*(tuple(10 if i == j else 30 for j in range(size)) for i in range(size)))
    (change,) = compare_slit(before, after, {})
    assert change.text == "distance 0<->1, 0<->2, 0<->3, 0<->4 and 24 more was 20, is 30"


def test_a_cut_table_costs_no_more_than_its_bytes() -> None:
    """A count of 2^40 localities over four bytes is not believed."""
    bold = Slit(header=_slit((10,)).header, localities=1 << 40, entries=bytes(4), tail=b"", size=48)
    texts = [c.text for c in compare_slit(bold, bold, {})]
    assert texts == []
