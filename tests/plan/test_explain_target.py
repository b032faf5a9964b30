"""Words that are questions, and words that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span, union
from srat_tool.base.units import GIB
from srat_tool.plan.explain_target import Target, find_target, is_target
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan


@pytest.fixture(scope="module")
def riser() -> Plan:
    """Two sockets, a removable riser, movable_node."""
    return make_plan(load("example:two-sockets-removable-riser", PlanOptions(movable_node=True)))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0x840000000", Span(33 * GIB, 33 * GIB + 1)),
        ("33G", Span(33 * GIB, 33 * GIB + 1)),
        ("33G-65G", Span(33 * GIB, 65 * GIB)),
        ("0x840000000-0x103fffffff", Span(33 * GIB, 65 * GIB)),
        ("[mem 0x840000000-0x103fffffff]", Span(33 * GIB, 65 * GIB)),
        ("33G..65G", Span(33 * GIB, 65 * GIB)),
    ],
)
def test_addresses_and_ranges(riser: Plan, text: str, span: Span) -> None:
    """As users and kernels write them; a range may be copied out of a log."""
    target = find_target(riser, text)
    assert (target.nid, target.spans) == (None, (span,))


@pytest.mark.parametrize("text", ["node1", "1", "Node 1", "nodes 1"])
def test_nodes(riser: Plan, text: str) -> None:
    """By number, with or without the word."""
    assert find_target(riser, text).nid == 1


@pytest.mark.parametrize("text", ["fixtures/x", "SRAT.bin", "", "0x10-0x5", "a-b", "./1"])
def test_other_words_are_no_targets(text: str) -> None:
    """A path after --explain is an input."""
    assert not is_target(text)


def test_unknown_node_is_named(riser: Plan) -> None:
    """With those that there are."""
    with pytest.raises(SratToolError, match="no such node, got 7, expected one of 0-2"):
        find_target(riser, "7")


def test_a_word_that_is_no_question_is_named(riser: Plan) -> None:
    """With the forms that there are."""
    with pytest.raises(SratToolError, match="not a node, an address or a range, got 'banana'"):
        find_target(riser, "banana")


def test_a_reversed_range_is_called_that(riser: Plan) -> None:
    """The last byte precedes the first one."""
    with pytest.raises(SratToolError, match="the range ends before it begins"):
        find_target(riser, "0x3000000000-0x33fffffff")


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=8),
    st.integers(0, 45),
    st.integers(0, 8),
)
def test_touching_is_sharing_a_byte(parts: list[tuple[int, int]], start: int, size: int) -> None:
    """The same as looking at each range."""
    spans = tuple(union(Span(at, at + length) for at, length in parts))
    span = Span(start, start + size)
    assert Target("x", None, spans).touches(span) is any(span.overlaps(one) for one in spans)


def test_a_reversed_range_is_turned_round_in_the_hint(riser: Plan) -> None:
    """An empty one is called that."""
    with pytest.raises(SratToolError, match=r"ends before it begins.*; try 4G-8G"):
        find_target(riser, "8G-4G")
    for text in ("8G-8G", "8G+0"):
        with pytest.raises(SratToolError, match="the range is empty"):
            find_target(riser, text)
