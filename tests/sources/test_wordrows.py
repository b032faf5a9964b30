"""Hex dumps in forms that no other reader knows."""

from __future__ import annotations

import pytest

from srat_tool.sources import wordrows
from tests.sources.samples import found_in, srat, tables_in

DATA = srat()
PADDED = DATA + bytes(-len(DATA) % 16)


def rows(offset: str, size: int, between: str, *, width: int = 16, swapped: bool = True) -> bytes:
    """Return a dump: rows of so many bytes, each with its offset, in words of a size."""
    lines = []
    for at in range(0, len(PADDED), width):
        row = PADDED[at : at + width]
        words = [row[n : n + size] for n in range(0, len(row), size)]
        digits = [(word[::-1] if swapped else word).hex() for word in words]
        lines.append(offset.format(at) + between.join(digits))
    return "\n".join(["dump of the table", *lines, ""]).encode()


@pytest.mark.parametrize(
    ("offset", "size", "between", "width"),
    [
        ("{:07o} ", 4, " ", 16),
        ("{:07d} ", 4, " ", 16),
        ("{:06x} ", 8, " ", 16),
        ("{:08x}: ", 4, " ", 16),
        ("[    0.004000] {:08x}: ", 4, " ", 16),
        ("", 4, " ", 16),
        ("0x7fff{:04x}:\t0x", 4, "\t0x", 16),
        ("{:016x}: 0x", 1, " 0x", 8),
        ("| {:08X} | ", 1, " ", 16),
        ("{:07d} ", 1, " ", 16),
        ("  {:08X}: ", 1, "-", 16),
        ("ffffa205`{:08x}  ", 1, " ", 16),
        ("{:08x}: ", 1, " ", 32),
    ],
)
def test_a_table_in_any_form(offset: str, size: int, between: str, width: int) -> None:
    """Words have either order; offsets may be octal, decimal, hexadecimal, or not there."""
    assert tables_in(rows(offset, size, between, width=width)) == [DATA]
    if size > 1:
        assert tables_in(rows(offset, size, between, width=width, swapped=False)) == [DATA]


@pytest.mark.parametrize(
    ("word", "size", "offset"),
    [
        ("{:06o}", 2, "{:07o} "),
        ("{:06o}", 2, "{:07x}  "),
        ("{:03o}", 1, "{:07o} "),
        ("{:03o}", 1, ""),
        ("{:011o}", 4, "{:07o} "),
        ("{:5d}", 2, "{:07o} "),
        ("{:05d}", 2, "{:07x}   "),
        ("{:3d}", 1, "{:07d} "),
    ],
)
def test_octal_and_decimal_numbers(word: str, size: int, offset: str) -> None:
    """As od and hexdump print them, whose words are octal where no option asks for others."""
    lines = []
    for at in range(0, len(PADDED), 16):
        row = PADDED[at : at + 16]
        words = [int.from_bytes(row[n : n + size], "little") for n in range(0, 16, size)]
        lines.append(offset.format(at) + " ".join(word.format(number) for number in words))
    assert tables_in("\n".join([*lines, ""]).encode()) == [DATA]


def test_numbers_that_are_no_bytes_are_none() -> None:
    """A column of larger numbers is not cut down to bytes."""
    text = "".join(f"{at:07d} 83 82 65 84 {at + 300:3d} 0 0 0\n" for at in range(0, 80, 8))
    assert tables_in(text.encode()) == []


def test_letters_behind_a_row_are_none_of_its_bytes() -> None:
    """They may look like digits."""
    lines = rows("{:08x}: ", 4, " ").splitlines()
    assert tables_in(b"\n".join(line + b" beefcafe" for line in lines)) == [DATA]


def test_rows_that_a_star_represents() -> None:
    """They are as the one before."""
    data = b"SRAT" + (128).to_bytes(4, "little") + b"\1\0TESTORTESTTABL" + bytes(104)
    lines = [
        f"{at:07o} " + " ".join(data[at + n : at + n + 4][::-1].hex() for n in range(0, 16, 4))
        for at in (0, 16, 32, 112)
    ]
    lines.insert(3, "*")
    assert tables_in("\n".join([*lines, "0000200", ""]).encode()) == [data[:128]]


def test_a_missing_row_ends_the_table_and_is_reported() -> None:
    """Nothing is put in its place."""
    lines = rows("{:08x}: ", 4, " ").splitlines()
    del lines[5]
    found = found_in(b"\n".join(lines))
    assert [refusal.reason for refusal in found.refused] == [
        "a row is missing at 0x0040; the table ends there"
    ]
    assert len(found.tables[0].data) == 64


@pytest.mark.parametrize(
    "text", [b"", b"00000000: 00000000 00000001\n", b"cafe babe dead beef\n" * 9]
)
def test_what_is_no_table_in_any_form(text: bytes) -> None:
    """Digits alone are none."""
    assert not wordrows.sniff(text)
    assert not wordrows.is_whole(text)


@pytest.mark.parametrize(("size", "width"), [(1, 5), (2, 7)])
@pytest.mark.parametrize("offsets", [True, False])
def test_signed_numbers(size: int, width: int, *, offsets: bool) -> None:
    """`od -t d1` and `od -t d2` have a minus, which is no mark between two numbers."""
    data = srat()
    data += bytes(-len(data) % size)
    numbers = [
        int.from_bytes(data[at : at + size], "little", signed=True)
        for at in range(0, len(data), size)
    ]
    step = 16 // size
    rows = [
        (f"{at * size:07o}" if offsets else "")
        + "".join(f"{one:{width}}" for one in numbers[at : at + step])
        for at in range(0, len(numbers), step)
    ]
    assert any(one < 0 for one in numbers)
    assert tables_in("\n".join(rows).encode()) == [srat()]
