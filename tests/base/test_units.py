"""Sizes and addresses as users and kernels write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, exact_size, format_size, inward, mem_range, parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [("4G", 4 * GIB), ("640K", 655360), ("0x1000", 4096), ("1.5GiB", 3 << 29), ("12", 12)],
)
def test_parse_size(text: str, size: int) -> None:
    """Sizes are read with binary units, hex and exact fractions."""
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text", ["", "G", "-1", "4Q", "0.3K", "1e3", "9" * 5000, "0x" + "f" * 99, "\u0663G"]
)
def test_parse_size_refuses(text: str) -> None:
    """What is no whole number of bytes is refused."""
    with pytest.raises(SratToolError):
        parse_size(text)


def test_inward_cuts_to_whole_steps() -> None:
    """A range without a whole step is empty, and never backwards."""
    assert inward(Span(5, 27), 10) == Span(10, 20)
    assert inward(Span(12, 18), 10) == Span(20, 20)


@given(st.integers(0, 2**64))
def test_exact_size_reads_back(size: int) -> None:
    """exact_size and parse_size are inverse."""
    assert parse_size(exact_size(size)) == size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1023, "1023B"),
        (1024, "1K"),
        (GIB - 1, "1G"),
        (1535 * GIB + GIB * 3 // 4, "1.5T"),
        (1023 * GIB, "1023G"),
        (1 << 64, "16E"),
        (1 << 75, "32768E"),
    ],
)
def test_format_size_rounds_to_nearest(size: int, text: str) -> None:
    """A size is rounded to the nearest tenth, into the next unit where it reaches that."""
    assert format_size(size) == text


@given(st.integers(0, 1 << 70), st.integers(-2, 2))
def test_format_size_takes_the_first_unit_that_has_room(size: int, near: int) -> None:
    """The unit is the smallest in which the rounded number is below 1024, at the edges too."""
    for one in (size, max(0, (1 << size.bit_length() // 10 * 10) + near)):
        text = format_size(one)
        scales = [1 << 10 * power for power in range(7)]
        fitting = (s for s in scales if (one * 10 + s // 2) // s < 10240 or s == scales[-1])
        assert "BKMGTPE".index(text[-1]) == scales.index(next(fitting))


def test_mem_range_is_the_kernels() -> None:
    """The end is inclusive and wraps as the kernel's does."""
    assert mem_range(Span(0, 0xA0000)) == "[mem 0x00000000-0x0009ffff]"
    assert mem_range(Span(0, 0), 18) == "[mem 0x0000000000000000-0xffffffffffffffff]"
