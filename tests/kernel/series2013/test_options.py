"""How the series reads `movablecore=` and `kernelcore=`."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB, MIB, PAGE_SIZE, U64
from srat_tool.kernel.series2013.options import memparse, parse_core_options


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2G", 2 * GIB),
        ("512m", 512 * MIB),
        ("0x80000000", 2 * GIB),
        ("010", 8),
        ("1T", 1),
        ("1.5G", 1),
        ("50%", 50),
        ("", 0),
        ("acpi", 0),
        ("0x", 0),
        ("09", 0),
        ("18446744073709551616", 0),
        ("0xffffffffffffffffG", U64 & ~(GIB - 1)),
    ],
)
def test_memparse_is_that_of_3_10(text: str, size: int) -> None:
    """Base 0, at most one suffix of K, M and G, 64 bits, and what follows is ignored."""
    assert memparse(text) == size


def test_a_size_before_the_switch_is_stored_and_one_behind_it_is_not() -> None:
    """The switch stops the reading of sizes from where it stands."""
    before = parse_core_options(["movablecore=2G", "movablecore=acpi"])
    assert (before.switch_on, before.movablecore) == (True, 2 * GIB // PAGE_SIZE)
    behind = parse_core_options(["movablecore=acpi", "movablecore=2G"])
    assert (behind.switch_on, behind.movablecore, behind.unread) == (True, 0, ("2G",))


def test_only_the_exact_word_switches() -> None:
    """The comparison is strcmp: case counts, and so does everything behind the word."""
    for value in ("ACPI", "acpi,", " acpi", "acpi2"):
        assert not parse_core_options([f"movablecore={value}"]).switch_on
    assert not parse_core_options(["movablecore"]).switch_on


def test_kernelcore_is_read_as_ever() -> None:
    """kernelcore= keeps its size; the last one counts."""
    options = parse_core_options(["kernelcore=1G", "quiet", "movablecore=acpi", "kernelcore=2G"])
    assert options.kernelcore == 2 * GIB // PAGE_SIZE
