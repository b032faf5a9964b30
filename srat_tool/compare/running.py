"""A plan against the zones, nodes and memory blocks of a running kernel."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Set as AbstractSet
from dataclasses import replace

from srat_tool.base.words import plural, runs
from srat_tool.compare.blocks import block_size_part
from srat_tool.compare.verified import Verdict, VerifiedPart, compared
from srat_tool.observe.sysnode import SysMemory
from srat_tool.observe.zone_map import ZoneMap
from srat_tool.observe.zoneinfo import ZoneInfo
from srat_tool.plan.plan import Plan

_PRESENT = re.compile(r" present \d+$")


def zoneinfo_part(plan: Plan, zones: tuple[ZoneInfo, ...]) -> VerifiedPart:
    """Compare zone by zone: node, name, start, spanned and present pages."""
    real = sorted((z for z in zones if z.spanned), key=lambda z: (z.nid, z.name))
    unknown_start = {(z.nid, z.name) for z in real if z.start_pfn is None}
    seen = tuple(_zone(z.nid, z.name, z.start_pfn, z.spanned, z.present) for z in real)
    predicted = tuple(
        _zone(
            z.nid,
            z.name,
            None if (z.nid, z.name) in unknown_start else z.start_pfn,
            z.spanned_pages,
            z.present_pages,
        )
        for z in sorted(plan.zones, key=lambda z: (z.nid, z.name))
    )
    return compared("zoneinfo", predicted, seen, plural(len(seen), "zone"))


def _zone(nid: int, name: str, start: int | None, spanned: int, present: int) -> str:
    first = "?" if start is None else str(start)
    return f"node {nid} zone {name}: start_pfn {first} spanned {spanned} present {present}"


def of_own_map(part: VerifiedPart, zone_map: ZoneMap) -> VerifiedPart:
    """Judge zones whose RAM the plan took from them: figures that were guessed prove nothing."""
    if part.verdict is Verdict.EQUAL:
        return replace(part, why=f"{part.why}, from which the RAM was taken")
    mine, theirs = ([_PRESENT.sub("", z) for z in zones] for zones in (part.predicted, part.seen))
    if not zone_map.guessed or mine != theirs:
        return part
    why = "the RAM was taken from the zones, and where their holes are is not known"
    return replace(part, verdict=Verdict.UNKNOWN, why=why, at=None)


def system_parts(
    plan: Plan,
    system: SysMemory,
    zones: tuple[ZoneInfo, ...] = (),
    with_memory: AbstractSet[int] | None = None,
) -> list[VerifiedPart]:
    """Compare nodes, distances, block size and the node of every memory block.

    Args:
        plan: what was predicted.
        system: the node folders, as far as they were kept.
        zones: of the same kernel: they also show which nodes have memory.
        with_memory: nodes that have memory by the plan and what changed since; None for the plan's.
    """
    parts = [_nodes(plan, system, zones, with_memory)]
    if all(node.distances for node in system.nodes):
        parts.append(_distances(plan, system))
    if system.block_bytes:
        parts.append(block_size_part(plan, system.block_bytes))
        if any(node.blocks for node in system.nodes):
            parts.append(_blocks(plan, system, system.block_bytes))
    return parts


def _nodes(
    plan: Plan, system: SysMemory, zones: tuple[ZoneInfo, ...], changed: AbstractSet[int] | None
) -> VerifiedPart:
    """Compare the nodes with memory; one without is online only if its processors came up."""
    planned = {node.nid: node.memoryless for node in plan.nodes}
    with_memory = _with_memory(system, zones)
    if not with_memory:
        why = "no file shows which nodes have memory"
        return VerifiedPart(name="node list", verdict=Verdict.UNKNOWN, why=why)
    unplanned = {node.nid for node in system.nodes} - planned.keys() - (changed or set())
    seen = [f"node {nid}" for nid in sorted(with_memory | unplanned)]
    if changed is None:
        changed = {nid for nid, memoryless in planned.items() if not memoryless}
    predicted = [f"node {nid}" for nid in sorted(changed)]
    return compared("node list", predicted, seen, plural(len(seen), "node"))


def _with_memory(system: SysMemory, zones: tuple[ZoneInfo, ...]) -> set[int]:
    """Return the nodes with memory, from any file that shows them: reports keep different files."""
    found = set(system.masks.get("has_memory", ()))
    found |= {node.nid for node in system.nodes if node.blocks or node.total}
    return found | {zone.nid for zone in zones if zone.present}


def _distances(plan: Plan, system: SysMemory) -> VerifiedPart:
    index = {nid: at for at, nid in enumerate(plan.distances.nids)}
    nids = [node.nid for node in system.nodes]
    if any(len(node.distances) != len(nids) for node in system.nodes):
        why = "the folder of a node was not kept"
        return VerifiedPart(name="distances", verdict=Verdict.UNKNOWN, why=why)
    seen = [f"node {n.nid}: {' '.join(map(str, n.distances))}" for n in system.nodes]
    predicted = []
    for a in nids:
        row = (
            plan.distances.matrix[index[a]][index[b]] if a in index and b in index else 0
            for b in nids
        )
        predicted.append(f"node {a}: {' '.join(map(str, row))}")
    return compared("distances", predicted, seen, plural(len(seen), "row"))


def _blocks(plan: Plan, system: SysMemory, size: int) -> VerifiedPart:
    """Compare the blocks that hold RAM of the plan; what was plugged in later is not looked at."""
    present = sorted({block for node in system.nodes for block in node.blocks})
    planned: dict[int, set[int]] = {}
    for region in plan.memory:
        first = bisect_left(present, region.start // size)
        last = bisect_left(present, -(-region.end // size))
        planned.setdefault(-1 if region.nid is None else region.nid, set()).update(
            present[first:last]
        )
    known = set().union(*planned.values())
    seen = [_line(node.nid, known & set(node.blocks)) for node in system.nodes]
    predicted = [_line(node.nid, planned.get(node.nid, set())) for node in system.nodes]
    return compared("blocks", predicted, seen, plural(len(known), "memory block"))


def _line(nid: int, blocks: set[int]) -> str:
    return f"node {nid}: {runs(blocks)}"
