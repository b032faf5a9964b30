"""The crash kernel: what the command line asks for, and where Linux puts it.

*Mirrors:* kernel/crash_core.c (kernel/crash_reserve.c) `parse_crashkernel`,
`parse_crashkernel_mem`, `reserve_crashkernel_generic`, and arch/x86/kernel/setup.c
`reserve_crashkernel`, since 5.10. It runs once the SRAT is read, so that with movable_node it stays
out of hot-pluggable memory. Limits: areas of CMA and gigantic pages, which come first, are not
looked at; 256 MiB of low memory are right unless `swiotlb=` asks for more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, TIB, U64
from srat_tool.kernel.bootopts import Param, memparse, split
from srat_tool.kernel.memblock import Memblock

_ALIGN = 16 * MIB
_ADDR_LOW_MAX = 4 * GIB
_ADDR_HIGH_MAX = 64 * TIB
_DEFAULT_LOW = 256 * MIB


class CrashRequest(NamedTuple):
    """What `crashkernel=` asks for, in bytes.

    Attributes:
        size: of the crash kernel's memory.
        at: its address; 0 where the kernel chooses.
        high: room above 4 GiB is preferred.
        low: memory below 4 GiB that comes with memory above.
    """

    size: int
    at: int = 0
    high: bool = False
    low: int = _DEFAULT_LOW


def crash_kernel(command_line: str) -> Span | None:
    """Return the bytes that the last `crashkernel=SIZE@ADDRESS` names.

    None where the kernel chooses the place, and for sizes that depend on the RAM there is.
    """
    placed = _plain_values(split(command_line))
    if not placed or ":" in placed[-1]:
        return None
    size, at = _simple(placed[-1])
    return Span(at, at + size) if size and at else None


def crash_request(params: Iterable[Param], ram: int) -> CrashRequest | None:
    """Return what a command line asks for on a machine with so many bytes of RAM, or None."""
    params = tuple(params)
    plain = _plain_values(params)
    if plain:
        size, at = _by_ram(plain[-1], ram) if ":" in plain[-1] else _simple(plain[-1])
        if size:
            return CrashRequest(size, at, low=_low(params))
    high = _suffixed(params, ",high")
    if not high:
        return None
    return CrashRequest(high, high=True, low=_low(params))


def reserve_crashkernel(
    memblock: Memblock, request: CrashRequest, *, low_at_address: bool
) -> tuple[Span, ...]:
    """Take memory for a crash kernel, and what it has below 4 GiB; empty where there is no room.

    Args:
        memblock: as it is once the SRAT is read.
        request: what is asked for.
        low_at_address: memory at an address above 4 GiB that was asked for gets low memory, too.
    """
    size = request.size
    if request.at:
        found = memblock.alloc(size, MIB, request.at, request.at + size)
        return _with_low(memblock, request, found, wanted=low_at_address)
    low, high = (0, _ADDR_LOW_MAX), (_ADDR_LOW_MAX, _ADDR_HIGH_MAX)
    windows = (high, low) if request.high else (low, high)
    places = (memblock.alloc(size, _ALIGN, *window) for window in windows)
    found = next((place for place in places if place is not None), None)
    return _with_low(memblock, request, found, wanted=True)


def _with_low(
    memblock: Memblock, request: CrashRequest, found: int | None, *, wanted: bool
) -> tuple[Span, ...]:
    """Reserve low memory for a range above 4 GiB; free that range when there is no room."""
    if found is None:
        return ()
    taken = Span(found, found + request.size)
    if found < _ADDR_LOW_MAX or not request.low or not wanted:
        return (taken,)
    below = memblock.alloc(request.low, _ALIGN, 0, _ADDR_LOW_MAX)
    if below is None:
        memblock.phys_free(taken.start, taken.size)
        return ()
    return (Span(below, below + request.low), taken)


def _plain_values(params: Iterable[Param]) -> list[str]:
    """Return the values that do not end in a word about where to look for room."""
    values = [param.value for param in params if param.name == "crashkernel"]
    return [value for value in values if value and not value.endswith((",high", ",low"))]


def _low(params: Iterable[Param]) -> int:
    low = _suffixed(params, ",low")
    return _DEFAULT_LOW if low is None else low


def _suffixed(params: Iterable[Param], suffix: str) -> int | None:
    values = [param.value for param in params if param.name == "crashkernel"]
    sizes = [value for value in values if value and value.endswith(suffix)]
    return memparse(sizes[-1])[0] if sizes else None


def _simple(value: str) -> tuple[int, int]:
    """Read SIZE[@ADDRESS]; zero for what the kernel does not take."""
    size, rest = memparse(value)
    if not rest.startswith("@"):
        return (0 if rest else size), 0
    at, rest = memparse(rest[1:])
    return (0 if rest else size), at


def _by_ram(value: str, ram: int) -> tuple[int, int]:
    """Read START-[END]:SIZE,...[@ADDRESS]: the first range that holds the RAM there is."""
    ranges, _, address = value.partition("@")
    for one in ranges.split(","):
        limits, _, size = one.partition(":")
        start, _, end = limits.partition("-")
        if memparse(start)[0] <= ram < (memparse(end)[0] if end else U64):
            return memparse(size)[0], memparse(address)[0] if address else 0
    return 0, 0
