"""A plan against the memory blocks of a running kernel: their size, and the zone of each one."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import exact_size, inward
from srat_tool.base.words import plural
from srat_tool.compare.verified import Verdict, VerifiedPart, compared
from srat_tool.observe.seen_blocks import SeenBlocks
from srat_tool.plan.block_values import BlocksAlike
from srat_tool.plan.plan import Plan


def block_size_part(plan: Plan, seen: int) -> VerifiedPart:
    """Compare the memory block size; `seen` is that of the running kernel, in bytes."""
    planned, why = str(plan.memory_block_bytes), f"{exact_size(seen)} each"
    return compared("block size", [planned], [str(seen)], why)


def block_parts(plan: Plan, seen: SeenBlocks, *, size_compared: bool) -> Iterator[VerifiedPart]:
    """Compare the size of blocks and the zones of those that the boot made.

    Blocks that were set offline, taken away or added since then are not looked at.

    Args:
        plan: what was predicted.
        seen: the blocks of the running kernel.
        size_compared: the size has been compared already.
    """
    if not seen.whole:
        return  # its spans are those of zones, which are compared by themselves
    if seen.size is not None and not size_compared:
        yield block_size_part(plan, seen.size)
    if seen.size is not None and seen.size != plan.blocks.size:
        return
    rows = list(_rows(plan, seen))
    if rows:
        count = sum(span.size for span, _, _ in rows) // plan.blocks.size
        predicted = [_line(plan, span, zones) for span, zones, _ in rows]
        real_lines = [_line(plan, span, zones) for span, _, zones in rows]
        yield compared("block zones", predicted, real_lines, plural(count, "memory block"))
        return
    why = "no source shows the zones of memory blocks that are online"
    yield VerifiedPart(name="block zones", verdict=Verdict.UNKNOWN, why=why)


def _line(plan: Plan, span: Span, zone: str) -> str:
    first, last = span.start // plan.blocks.size, span.end // plan.blocks.size - 1
    name = f"block {first}" if first == last else f"blocks {first}-{last}"
    return f"{name}: {zone}"


def _rows(plan: Plan, seen: SeenBlocks) -> Iterator[tuple[Span, str, str]]:
    """Yield blocks with the zone that was planned, and the one that is shown."""
    waiting = iter(seen.runs)
    run = next(waiting, None)
    for mine in plan.blocks.runs:
        span = Span(mine.start, mine.end)
        while run is not None and run.span.end <= span.start:
            run = next(waiting, None)
        while run is not None and run.span.start < span.end:
            part = span.clip(inward(run.span, plan.blocks.size))
            if part and run.online and run.zones is not None:
                yield part, _planned(mine), "none" if len(run.zones) != 1 else run.zones[0]
            if run.span.end > span.end:
                break
            run = next(waiting, None)


def _planned(run: BlocksAlike) -> str:
    return run.zones[0] if len(run.zones) == 1 and run.nid is not None else "none"
