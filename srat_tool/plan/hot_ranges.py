"""What becomes of every hot-pluggable range of the SRAT, and of ranges to which memory may come."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import Span, clipped, intersect, subtract, union
from srat_tool.base.units import U64
from srat_tool.kernel.memory_hotplug import OnlineState, online_zone
from srat_tool.kernel.profile import WindowRule
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import HotAdd, HotRange
from srat_tool.tables.srat import MemoryAffinity


def hot_ranges(outcome: Outcome) -> tuple[HotRange, ...]:
    """Judge every entry with the Hot Pluggable bit, in table order."""
    return tuple(
        _judged(outcome, entry) for entry in outcome.inputs.srat_memory if entry.hot_pluggable
    )


def _span(entry: MemoryAffinity) -> Span:
    return Span(entry.base_address, entry.base_address + entry.range_length & U64)


def _judged(outcome: Outcome, entry: MemoryAffinity) -> HotRange:
    verdict, because = _verdict(outcome, entry)
    pxm = outcome.inputs.domain_of(entry)
    used = outcome.numa.used == "srat" and entry.enabled
    offset = None if outcome.inputs.from_log else entry.offset
    span = _span(entry)
    nid = _node_of(outcome, pxm, span) if used else None
    return HotRange(span.start, span.end, nid, pxm, verdict, because, offset)


def _node_of(outcome: Outcome, pxm: int, span: Span) -> int | None:
    """Return the node of the RAM in a range; without RAM, that of its domain if it got one."""
    regions = outcome.boot.memblock.memory.overlapping(*span)
    nids = [region.nid for region in regions if region.nid is not None]
    return nids[0] if nids else outcome.numa.pxms.nodes.get(pxm)


def _verdict(outcome: Outcome, entry: MemoryAffinity) -> tuple[str, str]:
    if not entry.enabled:
        return "disabled", "the entry is not enabled, so Linux does not look at it"
    if outcome.numa.used != "srat":
        return "rejected", f"the SRAT is not used: {outcome.numa.rejected}"
    span = _span(entry)
    memory = [r.span for r in outcome.boot.memblock.memory.overlapping(*span)]
    if not intersect([span], memory):
        return "no-ram", "no RAM is in it; memory can be added later"
    nid = _node_of(outcome, outcome.inputs.domain_of(entry), span)
    if nid is None:
        return "rejected", f"the SRAT is used only in part: {outcome.numa.rejected}"
    if outcome.policy != "movable_node":
        return "not-asked", "no boot option makes hot-pluggable memory movable"
    return _movable(outcome, nid, span)


def _movable(outcome: Outcome, nid: int, span: Span) -> tuple[str, str]:
    because = outcome.kernel_nodes.get(nid)
    if because is not None:
        return "kernel-node", f"node {nid} holds early kernel data: {', '.join(because)}"
    start = outcome.starts.get(nid)
    if start is None or start >= span.end:
        return "not-asked", f"node {nid} has no ZONE_MOVABLE that reaches it"
    return "movable", f"ZONE_MOVABLE of node {nid} begins at {start:#x}"


def hot_adds(outcome: Outcome) -> tuple[HotAdd, ...]:
    """Return what is outside RAM of enabled hot-pluggable ranges, then of CXL windows."""
    memory = union(region.span for region in outcome.boot.memblock.memory)
    found = [
        _hot_add(outcome, entry, rest)
        for entry in outcome.inputs.srat_memory
        if entry.hot_pluggable and entry.enabled
        for rest in _absent(_span(entry), memory, outcome.block_bytes)
    ]
    if outcome.inputs.tables.windows and outcome.boot.profile.windows is not WindowRule.IGNORED:
        taken = union([*memory, *(Span(add.start, add.end) for add in found)])
        found += _in_windows(outcome, taken)
    return tuple(found)


def _in_windows(outcome: Outcome, taken: list[Span]) -> Iterator[HotAdd]:
    """Yield what CXL windows have outside RAM and hot-pluggable ranges."""
    from srat_tool.plan.windows import cfmws_of, refusal, target_node  # noqa: PLC0415

    windows = zip(cfmws_of(outcome.inputs), outcome.inputs.tables.windows, strict=True)
    for number, (entry, span) in enumerate(windows):
        condition = f"if a CXL region is made in window {number} of the CEDT"
        why = refusal(entry)
        if why is not None:
            condition = f"no CXL region can be in window {number} of the CEDT: {why}"
        for rest in _absent(span, taken, outcome.block_bytes) if span else ():
            yield _added(outcome, rest, target_node(outcome, rest.start), condition)


def _absent(span: Span, memory: list[Span], block: int) -> Iterator[Span]:
    """Return what a range has outside RAM; scraps that no memory block fits into are left out.

    `memory` is sorted and disjoint.
    """
    for rest in subtract([span], clipped(memory, span)):
        if rest == span or rest.size >= block:
            yield rest


def _hot_add(outcome: Outcome, entry: MemoryAffinity, span: Span) -> HotAdd:
    nid: int | None = 0
    if outcome.numa.used == "srat":
        nid = outcome.numa.pxms.nodes.get(outcome.inputs.domain_of(entry))
    return _added(outcome, span, nid, _device_condition(outcome, entry))


def _added(outcome: Outcome, span: Span, nid: int | None, condition: str) -> HotAdd:
    block = outcome.block_bytes
    state = OnlineState(outcome.boot, outcome.zones)
    zone = online_zone(state, nid or 0, outcome.pages(span))
    aligned = span.start % block == 0 and span.end % block == 0
    return HotAdd(span.start, span.end, nid, zone, "Movable", aligned, condition)


def hot_add_at(outcome: Outcome, address: int) -> HotAdd:
    """Return what a memory block joins that is added where neither RAM nor the SRAT has a range.

    *Mirrors:* mm/numa_memblks.c `memory_add_physaddr_to_nid` (before 6.12 arch/x86/mm/numa.c): the
    node of the first range where none contains the address; drivers/acpi/acpi_memhotplug.c
    `acpi_memory_enable_device` asks the device first.

    Where the kernel refuses an address, the node is None and the condition is the reason.

    Args:
        outcome: the boot.
        address: bytes.
    """
    # Few plans are asked for such an address.
    from srat_tool.kernel.hotplug.mhp_range import mhp_range_allowed  # noqa: PLC0415
    from srat_tool.plan.hot_start import mappable_range  # noqa: PLC0415
    from srat_tool.plan.memory_blocks import rules_of  # noqa: PLC0415

    size, blocks = outcome.block_bytes, outcome.numa.info.blocks
    start = address - address % size
    limits = mappable_range(outcome)
    answer = mhp_range_allowed(rules_of(outcome), limits, Span(start, start + size))
    if answer.refusal is not None:
        why = f"{limits.known}, so that Linux refuses it"
        return HotAdd(start, start + size, None, "", "", aligned=True, condition=why)
    nid = blocks[0].nid if blocks else 0
    pages = outcome.pages(Span(start, start + size))
    zone = online_zone(OnlineState(outcome.boot, outcome.zones), nid, pages)
    condition = "as all memory is on node 0"
    if outcome.numa.used == "srat":
        condition = (
            "the node of the first range in numa_meminfo, unless the _PXM of the memory device "
            "names a proximity domain of the SRAT"
        )
    if answer.unknown:
        condition = f"{condition}; it may fail: {answer.unknown}"
    return HotAdd(start, start + size, nid, zone, "Movable", aligned=True, condition=condition)


def _device_condition(outcome: Outcome, entry: MemoryAffinity) -> str:
    """Describe for which memory devices the node is right.

    Linux: the node is that of the device's `_PXM`; the address is looked up only for a device whose
    domain the SRAT does not name, and then among ranges that have RAM.
    """
    if outcome.numa.used != "srat":
        return "all memory is on node 0"
    domain = outcome.inputs.domain_of(entry)
    blocks = outcome.numa.info.blocks
    else_ = f"; without a known _PXM, node {blocks[0].nid}" if blocks else ""
    return f"if the _PXM of the memory device is {domain}{else_}"
