"""Which memory is mirrored, as far as a log shows.

With `efi=debug` the log lists the ranges. Otherwise it has one line with their sum, and what early
allocations did: they take mirrored memory first, from high addresses to low, and complain where
there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from srat_tool.base.span import Span, intersect, union
from srat_tool.base.units import LOW_END, MIB, PAGE_SIZE, align_up
from srat_tool.base.words import address_range
from srat_tool.observe.facts import BootLog, MemblockOp
from srat_tool.plan.inputs import Inputs
from srat_tool.tables.memmap import MapEntry, MemoryType

MIRRORED = "mirrored memory"
_ALLOCATORS = frozenset({"memblock_alloc_range_nid", "alloc_low_pages", "init_mem_mapping"})
_LARGE_PAGE = 2 * MIB
# Firmware offers to mirror a half, a quarter or an eighth of the memory above 4 GiB.
_PARTS = (2, 4, 8)


class _Top(NamedTuple):
    """Where mirrored memory ends: at `lowest`, or less than `slack` above it."""

    lowest: int
    slack: int


def mirrored_ranges(inputs: Inputs) -> tuple[Span, ...]:
    """Return the mirrored ranges: those that are listed, or those that explain the log."""
    if inputs.machine.mirrored is not None:
        return inputs.machine.mirrored
    given = inputs.machine.memory_map
    if given is not None:
        if inputs.options.mirror and not given.mirrored and not given.efi:
            why = (
                "the memory map does not list it; firmware may mirror any part, the outcomes have "
                "the usual ones only: see efi=debug"
            )
            inputs.assume(MIRRORED, "none", why)
        return given.mirrored
    log = inputs.log
    if log.memory_map is None or log.memory_map.mirrored or log.mirrored_bytes is None:
        return () if log.memory_map is None else log.memory_map.mirrored
    found = tuple(_inferred(log))
    inputs.assume(
        MIRRORED,
        ", ".join(f"{span.start:#x}-{span.end - 1:#x}" for span in found) or "none",
        "the log has only its sum: efi=debug lists the ranges",
    )
    return found


def mirrored_layouts(inputs: Inputs, ram: Sequence[Span]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield other layouts of mirrored memory that was assumed: in words, and as ranges.

    Firmware mirrors RAM below 4 GiB, and ranges at the start or the end of ranges of the SRAT: all
    that is left of the logged sum, or without a log the usual parts of them.
    """
    low = tuple(intersect(ram, [Span(0, LOW_END)]))
    high = _high_ranges(inputs, ram)
    if inputs.log.mirrored_bytes is None:
        yield "only RAM below 4 GiB is mirrored", low
        yield "all RAM is mirrored", tuple(ram)
        yield from _usual_parts(low, high)
        return
    size = inputs.log.mirrored_bytes[0]
    log_map = inputs.log.memory_map
    counted = low if log_map is None else _low_memory(log_map.entries)
    for words, rest in (("RAM below 4 GiB and ", counted), ("only ", ())):
        # The printed sum is cut to whole MiB; ranges above 4 GiB are taken to be whole ones.
        left = align_up(size - sum(span.size for span in rest), MIB)
        for at in high if left > 0 else ():
            for place in dict.fromkeys(
                (Span(at.start, at.start + left), Span(at.end - left, at.end))
            ):
                if at.covers(place):
                    verb = "are" if rest else "is"
                    yield f"{words}{address_range(place)} {verb} mirrored", (*rest, place)


def _high_ranges(inputs: Inputs, ram: Sequence[Span]) -> list[Span]:
    """Return what the ranges of the SRAT have of RAM from 4 GiB on, each by itself."""
    listed = (Span(e.base_address, e.base_address + e.range_length) for e in inputs.srat_memory)
    above = {span for one in listed for span in intersect([one], [Span(LOW_END, 1 << 64)])}
    return sorted({span for one in above for span in intersect(ram, [one])})


def _usual_parts(low: tuple[Span, ...], high: list[Span]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield RAM below 4 GiB with the part of memory above that firmware offers to mirror."""
    for parts in _PARTS:
        begins = tuple(Span(at.start, at.start + at.size // parts) for at in high)
        if len(high) > 1:
            words = f"RAM below 4 GiB and the first 1/{parts} of each range above are mirrored"
            yield words, (*low, *begins)
        for at, begin in zip(high, begins, strict=True):
            end = Span(at.end - begin.size, at.end)
            yield f"RAM below 4 GiB and {address_range(begin)} are mirrored", (*low, begin)
            yield f"RAM below 4 GiB and {address_range(end)} are mirrored", (*low, end)
            yield f"only {address_range(begin)} is mirrored", (begin,)


def _inferred(log: BootLog) -> list[Span]:
    """Explain the sum with all low memory, unless the kernel found none there, and one range."""
    assert log.memory_map is not None  # noqa: S101 - the caller has looked
    assert log.mirrored_bytes is not None  # noqa: S101 - the caller has looked
    low = [] if _low_memory_is_plain(log) else _low_memory(log.memory_map.entries)
    # The printed sum is cut to whole MiB; ranges above 4 GiB are taken to be whole ones.
    rest = align_up(log.mirrored_bytes[0] - sum(span.size for span in low), MIB)
    if rest <= 0:
        return low
    return [*low, *_high_range(log, rest)]


def _low_memory_is_plain(log: BootLog) -> bool:
    return log.lacks_mirrored


def _low_memory(entries: tuple[MapEntry, ...]) -> list[Span]:
    """Return everything that the map lists up to where RAM below 4 GiB ends."""
    listed = union(entry.span for entry in entries if entry.end <= LOW_END)
    ram = [e.end for e in entries if e.type == MemoryType.RAM and e.end <= LOW_END]
    top = max(ram, default=0)
    end = next((span.end for span in listed if span.start < top <= span.end), 0)
    return [span for span in listed if span.end <= end]


def _high_range(log: BootLog, size: int) -> list[Span]:
    """Place one range of a size above 4 GiB, below where allocations began."""
    assert log.memory_map is not None  # noqa: S101 - the caller has looked
    ram = union(e.span for e in log.memory_map.entries if e.type == MemoryType.RAM)
    high = [span for span in ram if span.end > LOW_END]
    top = _top(log)
    if top is None:
        first = next((span for span in high if span.size >= size), None)
        return [] if first is None else [Span(first.start, first.start + size)]
    places = [Span(end - size, end) for end in range(top.lowest, top.lowest + top.slack, MIB)]
    fitting = [place for place in places if intersect([place], high) == [place]]
    return sorted(fitting, key=lambda place: -(place.start & -place.start))[:1]


def _top(log: BootLog) -> _Top | None:
    """Return the end of the highest early allocation above 4 GiB."""
    taken = [op for op in log.memblock_ops if op.line < log.end_of_input and _is_allocation(op)]
    if not taken:
        return None
    highest = max(taken, key=lambda op: (op.span.end, op.span.size))
    return _Top(highest.span.end, max(highest.span.size, PAGE_SIZE) if _large(highest) else 1)


def _is_allocation(op: MemblockOp) -> bool:
    called = op.caller.partition("+")[0] in _ALLOCATORS
    return op.op == "reserve" and called and op.span.end > LOW_END


def _large(op: MemblockOp) -> bool:
    return op.span.size == _LARGE_PAGE and op.span.start % _LARGE_PAGE == 0
