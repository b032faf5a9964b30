"""The crash kernel's place, as the command line words it."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.bootopts import split
from srat_tool.kernel.crash_kernel import (
    CrashRequest,
    crash_kernel,
    crash_request,
    reserve_crashkernel,
)
from tests.machines import boot


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("crashkernel=256M@5G", Span(5 << 30, (5 << 30) + (256 << 20))),
        ("crashkernel=64M@1G quiet crashkernel=64M@2G", Span(2 << 30, (2 << 30) + (64 << 20))),
        ("crashkernel=64M@1G crashkernel=128M,high", Span(1 << 30, (1 << 30) + (64 << 20))),
        ("crashkernel=256M", None),
        ("crashkernel=0@1G", None),
        ("crashkernel=64M@1G,", None),
        ("crashkernel=512M-2G:64M,2G-:128M@1G", None),
        ("crashkernel", None),
        ("quiet", None),
    ],
)
def test_only_a_size_at_an_address_names_a_place(words: str, place: Span | None) -> None:
    """The last one counts; where the kernel chooses, or RAM decides, nothing is named."""
    assert crash_kernel(words) == place


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ("crashkernel=64M", CrashRequest(64 * MIB)),
        ("crashkernel=64M@5G", CrashRequest(64 * MIB, 5 * GIB)),
        ("crashkernel=64M,high crashkernel=0,low", CrashRequest(64 * MIB, high=True, low=0)),
        ("crashkernel=128M crashkernel=64M,high", CrashRequest(128 * MIB)),
        ("crashkernel=512M-2G:64M,2G-:128M", CrashRequest(128 * MIB)),
        ("crashkernel=5G-:128M", None),
        ("crashkernel=64M@x", None),
        ("quiet", None),
    ],
)
def test_what_is_asked_for(words: str, request_: CrashRequest | None) -> None:
    """A size by itself comes before ",high"; a range is chosen by the RAM there is: here 4 GiB."""
    assert crash_request(split(words), 4 * GIB) == request_


LOW = Span(0x7B000000, 0x7F000000)


@pytest.mark.parametrize(
    ("words", "places", "low_at_address"),
    [
        ("crashkernel=64M", (LOW,), True),
        ("crashkernel=64M@4608M", (Span(0x120000000, 0x124000000),), False),
        (
            "crashkernel=64M@4608M",
            (Span(0x6F000000, 0x7F000000), Span(0x120000000, 0x124000000)),
            True,
        ),
        (
            "crashkernel=64M,high",
            (Span(0x6F000000, 0x7F000000), Span(0x17B000000, 0x17F000000)),
            False,
        ),
        ("crashkernel=3G,high", (), False),
    ],
)
def test_places_that_kernels_chose(
    words: str, places: tuple[Span, ...], low_at_address: bool
) -> None:
    """As 5.10, 6.12 and 7.3 reported them, with the NODE_DATA of a 4 GiB guest in the way."""
    memblock = boot().memblock
    memblock.reserve(0x17FFD5000, 0x2B000)
    asked = crash_request(split(words), memblock.memory.total_size)
    assert asked is not None
    found = reserve_crashkernel(memblock, asked, low_at_address=low_at_address)
    assert found == places
    assert all(memblock.reserved.overlapping(*span) for span in found)


def test_hot_pluggable_memory_is_refused() -> None:
    """With movable_node neither an address in it nor a wish for high memory is heard."""
    for words, places in (("crashkernel=64M@4608M", ()), ("crashkernel=64M,high", (LOW,))):
        memblock = boot("movable_node").memblock
        memblock.bottom_up = False
        memblock.mark_hotplug(4 * GIB, 2 * GIB)
        asked = crash_request(split(words), memblock.memory.total_size)
        assert asked is not None
        assert reserve_crashkernel(memblock, asked, low_at_address=True) == places


def test_without_low_memory_nothing_is_taken() -> None:
    """What was found above 4 GiB is given back."""
    memblock = boot().memblock
    memblock.reserve(16 * MIB, 2 * GIB)
    asked = CrashRequest(64 * MIB, high=True)
    assert reserve_crashkernel(memblock, asked, low_at_address=True) == ()
    assert not memblock.reserved.overlapping(4 * GIB, 6 * GIB)
