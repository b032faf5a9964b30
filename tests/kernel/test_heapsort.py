"""The kernel's own sorting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from srat_tool.kernel.heapsort import heapsort


@given(st.lists(st.integers(0, 50)))
def test_a_real_order_is_reached(items: list[int]) -> None:
    """Whatever the length."""
    wanted = sorted(items)
    heapsort(items, lambda a, b: a - b)
    assert items == wanted


def test_two_equal_elements_change_places() -> None:
    """The root of the heap goes to the end, and it is the first of them."""
    items = [1, 2]
    heapsort(items, lambda _a, _b: 0)
    assert items == [2, 1]
