"""Which memory blocks the boot memory has, and which of them can go offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.kernel.events import NodeSetUp
from srat_tool.kernel.hotplug.boot_blocks import BlockRun, boot_blocks
from srat_tool.kernel.hotplug.configured import configured
from srat_tool.kernel.hotplug.history import hotplug_rules
from srat_tool.kernel.hotplug.occupants import Content, Occupant
from srat_tool.kernel.hotplug.rules import BlockZoneRule, HotplugRules
from srat_tool.kernel.memblock import SeriesFlags
from srat_tool.kernel.zones import MOVABLE
from srat_tool.plan.block_values import BlocksAlike, MemoryBlocks, Offline, joined_alike
from srat_tool.plan.node_local import vmemmap_bytes
from srat_tool.plan.offline_reason import OfflineBecause, OfflineReason, holding
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.reservations import what_is_in

_FREED = frozenset({"initrd", "EFI boot services", "EFI memory map"})
"""Early reservations that the kernel frees before user space runs."""
_OTHER_EARLY_DATA = 16 * MIB
"""Per-CPU areas and tables that are allocated next to the memory map: a rough bound."""
_MAX_DMA_ADDRESS = 16 * MIB
_GOES_WITH_ITS_NODE = (SeriesFlags.HOTPLUGGABLE, SeriesFlags.LOCAL_NODE)
"""What the series of 2013 frees for movable memory, and data that its third part skips when a block
goes offline."""


def memory_blocks(outcome: Outcome, leaked: Sequence[Span] = ()) -> MemoryBlocks:
    """Return the boot memory by memory block.

    Args:
        outcome: the finished boot.
        leaked: ranges that the 2013 series reserves for movable memory and never frees.
    """
    runs = boot_block_runs(outcome, leaked)
    rules = rules_of(outcome)
    never = OfflineBecause.NO_HOTREMOVE if rules.hotplug else OfflineBecause.NO_HOTPLUG
    if not (rules.hotplug and rules.hotremove):
        reason = OfflineReason(never)
        stuck = (_answer(run)._replace(offline="no", reason=reason) for run in runs)
        return MemoryBlocks(size=outcome.block_bytes, runs=tuple(joined_alike(stuck)))
    return MemoryBlocks(size=outcome.block_bytes, runs=tuple(joined_alike(map(_answer, runs))))


def rules_of(outcome: Outcome) -> HotplugRules:
    """Return what the kernel can do with memory blocks, as it is configured."""
    config = outcome.inputs.machine.config
    rules = hotplug_rules(outcome.boot.profile.since)
    return configured(rules, config, outcome.inputs.release)


def boot_block_runs(outcome: Outcome, leaked: Sequence[Span] = ()) -> tuple[BlockRun, ...]:
    """Return the boot memory by memory block, with what occupies it."""
    never_freed = Content("a reservation that is never freed")
    lost = [Occupant(span, never_freed) for span in leaked]
    occupants = (*_occupants(outcome), *lost)
    rules = rules_of(outcome)
    return boot_blocks(
        outcome.boot.memblock,
        outcome.zones,
        outcome.block_bytes,
        occupants,
        by_page=rules.boot_block is BlockZoneRule.PAGES,
    )


def _answer(run: BlockRun) -> BlocksAlike:
    offline, reason = verdict(run)
    names = tuple(dict.fromkeys(zone.name for zone in run.zones))
    nids = tuple(nid for nid in run.nids if nid is not None)
    return BlocksAlike(run.span.start, run.span.end, run.nid, names, offline, reason, nids)


def verdict(run: BlockRun) -> tuple[Offline, OfflineReason]:
    """Return whether blocks can go offline, and why, in the order in which the kernel checks."""
    refused = _refused(run)
    if refused is not None:
        return "no", refused
    stay = holding(OfflineBecause.HOLDS, (one.what for one in run.occupants if one.certain))
    if stay.contents:
        return "no", stay
    may_stay = holding(OfflineBecause.MAY_HOLD, (one.what for one in run.occupants))
    if may_stay.contents:
        return "maybe", may_stay
    if run.zones[0].name == MOVABLE:
        return "yes", OfflineReason(OfflineBecause.MOVABLE)
    return "maybe", OfflineReason(OfflineBecause.KERNEL_ZONE)


def _refused(run: BlockRun) -> OfflineReason | None:
    """Return what the kernel finds wrong before it looks at any page."""
    if len(run.nids) > 1:
        return OfflineReason(OfflineBecause.NODES, nids=run.nids)
    if len(run.zones) != 1:
        return OfflineReason(OfflineBecause.ZONES, zones=tuple(zone.name for zone in run.zones))
    if run.hole:
        return OfflineReason(OfflineBecause.HOLE, place=run.hole)
    return OfflineReason(OfflineBecause.OUTSIDE, place=run.outside) if run.outside else None


def _occupants(outcome: Outcome) -> Iterator[Occupant]:
    for region in outcome.boot.memblock.reserved:
        if region.flags in _GOES_WITH_ITS_NODE:
            continue
        what = what_is_in(region.span, outcome.labels)
        names = set(what.split(", ")) if what else set()
        if names and names <= _FREED:
            continue
        if not what:
            unnamed = Content("an early allocation", at=region.base)
            yield Occupant(region.span, unnamed, certain=False)
        else:
            yield from _named(region.span, outcome)
    for event in outcome.boot.events:
        if isinstance(event, NodeSetUp) and event.node_data is not None:
            yield Occupant(event.node_data, Content("NODE_DATA", event.nid))
    yield from _memory_maps(outcome)


def _named(span: Span, outcome: Outcome) -> Iterator[Occupant]:
    for taken in outcome.labels:
        part = taken.span.clip(span)
        if part and taken.what not in _FREED and not taken.what.startswith("NODE_DATA"):
            yield Occupant(part, Content(taken.what))


def _memory_maps(outcome: Outcome) -> Iterator[Occupant]:
    """Estimate where the memory map of each node with a ZONE_MOVABLE goes (`sparse_init`).

    Kernel zones need no estimate: none of their blocks is predicted to go offline.
    """
    movable = {zone.nid for zone in outcome.zones if zone.name == MOVABLE}
    if not movable:
        return
    memblock = deepcopy(outcome.boot.memblock)
    for nid, size in sorted(vmemmap_bytes(outcome).items()):
        if nid not in movable:
            continue
        wanted = size + _OTHER_EARLY_DATA
        at = memblock.alloc(wanted, 2 * MIB, _MAX_DMA_ADDRESS, nid=nid, exact_nid=True)
        if at is not None:
            what = Content("the memory map", nid, size=size)
            yield Occupant(Span(at, at + wanted), what, certain=False)
