"""The line language."""

from __future__ import annotations

import pytest

from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.lines import SpecLine
from srat_tool.base.errors import SpecError

SRAT = LANGUAGES["srat"]


def read(text: str) -> bytes:
    """Return the bytes of one line."""
    return SRAT.read(SpecLine(text, "a.toml:7"))


def test_a_run_is_as_many_lines() -> None:
    """A run of identifiers represents one structure each."""
    assert read("apic 0 0..4/2") == read("apic 0 0") + read("apic 0 2") + read("apic 0 4")


def test_two_columns_run_together() -> None:
    """Domains and ranges may step side by side; a step of the range leaves holes."""
    assert read("mem 0..1 4G+1G") == read("mem 0 4G+1G") + read("mem 1 5G+1G")
    assert read("mem 0..1 4G+1G/2G") == read("mem 0 4G+1G") + read("mem 1 6G+1G")


def test_repetition() -> None:
    """`xN` is the same structure N times, for verbatim lines too."""
    assert read("apic 1 255 off x20") == read("apic 1 255 off") * 20
    assert read("raw 9 0011 x2") == bytes.fromhex("09040011") * 2
    assert read("bytes 00*3") == bytes(3)


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("mem 0 0+1M hotplug", 28, 3),
        ("mem 0 0+1M off", 28, 0),
        ("mem 0 0+1M hotplug off", 28, 2),
        ("mem 0 0+1M flags=0x80000001", 31, 0x80),
        ("mem 0 0+1M extra=ee", 40, 0xEE),
        ("mem 0 0+1M reserved3=5", 32, 5),
        ("apic 0x1234 3 local_sapic_eid=9", 8, 9),
        ("apic 0x1234 3", 9, 0x12),
    ],
)
def test_fields(text: str, at: int, value: int) -> None:
    """Flags have names, and every field of the layout can be written."""
    assert read(text)[at] == value


def test_short_structure() -> None:
    """A length below the type's cuts the bytes as well."""
    assert len(read("mem 0 4G+1G length=16")) == 16


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("memory 0 0+1M", "unknown kind of entry in 'memory 0 0+1M', got 'memory'"),
        ("mem 0", "expected mem DOMAIN RANGE [hotplug]"),
        ("mem 0 4G", "expected 4G+30G or 4G..34G"),
        ("mem 0 0+1M hotplg=1", "unknown field"),
        ("mem 0x100000000 0+1M", "proximity_domain does not fit into 4 bytes"),
        ("apic 0x100000000 0", "domain does not fit"),
        ("apic 0..1 0..2", "runs of different length"),
        ("apic 0 1 x99999999", "too many repetitions"),
        ("apic 0 1 proximity_domain_high=00", "expected 3 bytes"),
        ("raw", "expected raw TYPE HEX"),
        ("raw 300 00", "type or length too large"),
    ],
)
def test_errors_name_the_place(text: str, needle: str) -> None:
    """An error contains the line's place, the line, and what was expected."""
    with pytest.raises(SpecError) as caught:
        read(text)
    assert caught.value.message.startswith("a.toml:7: ")
    assert needle in caught.value.message
