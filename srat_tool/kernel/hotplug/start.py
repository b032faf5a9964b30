"""The running machine before the first event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from srat_tool.base.span import Span, union
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.hotplug.block_runs import BlockRuns, HotRun
from srat_tool.kernel.hotplug.boot_blocks import BlockRun
from srat_tool.kernel.hotplug.mhp_range import MappableRange
from srat_tool.kernel.hotplug.rules import HotplugRules
from srat_tool.kernel.hotplug.state import HotplugState, HotZone, OnlinePolicy
from srat_tool.kernel.numa_init import NumaResult
from srat_tool.kernel.zones import Zone


def running_machine(
    boot: Boot,
    numa: NumaResult,
    zones: Iterable[Zone],
    *,
    runs: Iterable[BlockRun],
    block: int,
    rules: HotplugRules,
    policy: OnlinePolicy,
    mappable: MappableRange,
    stable: Iterable[int],
) -> HotplugState:
    """Return the machine when user space runs.

    Args:
        boot: the finished boot.
        numa: its nodes.
        zones: its zones.
        runs: its memory blocks.
        block: memory block size in bytes.
        rules: what this kernel can do.
        policy: the online policy in effect.
        mappable: the addresses that memory can have.
        stable: nodes with processors or initiators.
    """
    ram = [region.span for region in boot.memblock.memory]
    memory = {region.nid for region in boot.memblock.memory if region.nid is not None}
    return HotplugState(
        boot=boot,
        numa=numa,
        rules=rules,
        policy=policy,
        mappable=mappable,
        block=block,
        blocks=BlockRuns(_boot_runs(runs)),
        zones={(zone.nid, zone.name): _zone(zone, boot.page_shift) for zone in zones},
        busy=union(ram),
        nodes_online=memory | set(stable),
        stable=frozenset(stable),
        possible=frozenset(numa.info.possible),
        has_memory=set(memory),
    )


def _zone(zone: Zone, page_shift: int) -> HotZone:
    start, end = zone.start << page_shift, (zone.start + zone.spanned) << page_shift
    return HotZone(
        nid=zone.nid,
        name=zone.name,
        start=zone.start,
        spanned=zone.spanned,
        present=zone.present,
        early=zone.present,
        booted=Span(start, end),
        page_shift=page_shift,
    )


def _boot_runs(runs: Iterable[BlockRun]) -> Iterator[HotRun]:
    for run in runs:
        single = len(run.zones) == 1 and run.nid is not None
        yield HotRun(
            span=run.span,
            nid=run.nid,
            online=True,
            zone=run.zones[0].name if single else None,
            early=True,
            boot=run,
        )
