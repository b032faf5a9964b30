"""Numbers, ranges and runs of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.authoring.runs import (
    StructureRun,
    read_hex,
    read_numbers,
    read_range,
    read_ranges,
    write_hex,
    write_numbers,
    write_range,
    write_ranges,
)
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span

U64 = st.integers(0, 2**64 - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", StructureRun((7,), (0,))),
        ("0x1f", StructureRun((31,), (0,))),
        ("0..14/2", StructureRun((0,), (2,), 8)),
        ("3..0", StructureRun((3,), (-1,), 4)),
    ],
)
def test_numbers_and_runs(text: str, expected: StructureRun) -> None:
    """Both ends of a run are counted, and it may go down."""
    assert read_numbers(text) == expected


@pytest.mark.parametrize("text", ["", "a", "1..", "0..3/0", "0..7/2", "0..99999999", "4/2", "-1"])
def test_bad_numbers(text: str) -> None:
    """What is no number, or a run that never meets its end, is an error."""
    with pytest.raises(SpecError):
        read_numbers(text)


@given(st.integers(0, 2**32 - 1), st.integers(-(2**20), 2**20), st.integers(2, 1000))
def test_a_run_reads_back(first: int, step: int, count: int) -> None:
    """Every run that stays above zero reads back as it was written."""
    run = StructureRun((first,), (step,), count)
    if step and run.at(count - 1)[0] >= 0:
        assert read_numbers(write_numbers(run)) == run


@given(U64, U64)
def test_a_range_reads_back(base: int, size: int) -> None:
    """Ranges read back exactly, those that wrap round included."""
    assert read_range(write_range(Span(base, base + size))) == Span(base, base + size)


@pytest.mark.parametrize(
    ("text", "base", "size", "step"),
    [
        ("4G+1G", 4 << 30, 1 << 30, 1 << 30),
        ("4G..6G", 4 << 30, 2 << 30, 2 << 30),
        ("1T+16G/64G", 1 << 40, 16 << 30, 64 << 30),
    ],
)
def test_ranges(text: str, base: int, size: int, step: int) -> None:
    """A run of ranges goes on where the last ended unless it has a step of its own."""
    run = read_ranges(text)
    assert run == StructureRun((base, size), (step, 0))
    assert read_ranges(write_ranges(run._replace(many=2))) == run


@pytest.mark.parametrize("text", ["4G", "4G..2G", "x+1", "4G+1G/2G"])
def test_bad_range(text: str) -> None:
    """A single range has a beginning, a later end and no step."""
    with pytest.raises(SpecError):
        read_range(text)


@given(st.lists(st.tuples(st.binary(max_size=5), st.integers(0, 40))))
def test_hex_reads_back(groups: list[tuple[bytes, int]]) -> None:
    """Bytes read back; long runs of one byte stay short."""
    data = b"".join(piece * times for piece, times in groups)
    assert read_hex(write_hex(data)) == data
    assert len(write_hex(b"\xff" * 100_000)) < 20


@pytest.mark.parametrize("text", ["0", "zz", "00*", "00*99999999999"])
def test_bad_hex(text: str) -> None:
    """Odd digits, other letters and absurd repetitions are errors."""
    with pytest.raises(SpecError):
        read_hex(text)


def test_a_number_of_thousands_of_digits_is_none() -> None:
    """Python converts none of more than 4,300."""
    with pytest.raises(SpecError, match="not a number"):
        read_numbers("9" * 5000)
