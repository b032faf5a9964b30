"""memblock's regions: those of the plan compared with the dump that `memblock=debug` prints."""

from __future__ import annotations

from collections.abc import Iterable

from srat_tool.base.span import Span
from srat_tool.base.units import mem_range
from srat_tool.compare.verified import Verdict, VerifiedPart, first_difference
from srat_tool.kernel.memblock_type import MemblockFlags
from srat_tool.observe.facts import BootLog, MemblockDump
from srat_tool.plan.plan import Plan


def regions_part(plan: Plan, log: BootLog) -> VerifiedPart | None:
    """Compare the regions after NUMA initialisation; None when the log has no such dump."""
    seen, predicted = dumped_memory(log), planned_memory(plan)
    if not seen:
        return None
    at = first_difference(predicted, seen)
    return VerifiedPart(
        name="memblock",
        verdict=Verdict.EQUAL if at is None else Verdict.DIFFERENT,
        why=f"{len(seen)} regions",
        at=at,
        predicted=predicted,
        seen=seen,
    )


def dumped_memory(log: BootLog) -> tuple[str, ...]:
    """Return memblock.memory as first dumped with nodes, as lines; empty when it was not."""
    for dump in log.memblock_dumps:
        if dump.complete and any(region.nid is not None for region in dump.memory):
            return tuple(_dumped(dump))
    return ()


def _dumped(dump: MemblockDump) -> Iterable[str]:
    for region in dump.memory:
        known = [flag for flag in MemblockFlags if region.flags & flag]
        rest = region.flags & ~sum(known)
        names = [str(flag.name) for flag in known]
        yield _line(region.span, region.nid, [*names, *([hex(rest)] if rest else [])])


def planned_memory(plan: Plan) -> tuple[str, ...]:
    """Return the plan's memblock.memory in the same words."""
    return tuple(_line(Span(r.start, r.end), r.nid, r.flags) for r in plan.memory)


def _line(span: Span, nid: int | None, flags: Iterable[str]) -> str:
    node = "no node" if nid is None else f"node {nid}"
    return " ".join([mem_range(span), node, *sorted(flags)])
