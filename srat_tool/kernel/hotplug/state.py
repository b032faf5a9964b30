"""A running machine's memory: blocks, zones, devices, and the policies that decide about zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SHIFT
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.hotplug.block_runs import BlockRuns, HotRun
from srat_tool.kernel.hotplug.late_steps import LateStep
from srat_tool.kernel.hotplug.mhp_range import MappableRange
from srat_tool.kernel.hotplug.rules import HotplugRules
from srat_tool.kernel.numa_init import NumaResult
from srat_tool.kernel.zones import MOVABLE

_NOTHING = Span(0, 0)


@dataclass(slots=True, kw_only=True)
class HotZone:
    """A zone of a node, in page frames.

    Attributes:
        start, spanned: 0 when it spans nothing.
        present: pages of RAM.
        early: of these, pages of the boot (`present_early_pages`).
        cma: of these, pages of CMA areas.
        page_shift: log2 of the page size.
        booted: its span when the boot ended, in bytes.
    """

    nid: int
    name: str
    start: int = 0
    spanned: int = 0
    present: int = 0
    early: int = 0
    cma: int = 0
    booted: Span = _NOTHING
    page_shift: int = PAGE_SHIFT

    @property
    def span(self) -> Span:
        """Its span in bytes."""
        return Span(self.start << self.page_shift, (self.start + self.spanned) << self.page_shift)

    def resize(self, span: Span) -> None:
        """Set its span, in bytes."""
        self.start = span.start >> self.page_shift if span else 0
        self.spanned = span.size >> self.page_shift

    def grow(self, span: Span) -> None:
        """Stretch its span (`resize_zone_range`)."""
        mine = self.span
        self.resize(Span(min(mine.start, span.start), max(mine.end, span.end)) if mine else span)


@dataclass(slots=True, kw_only=True)
class MemoryGroup:
    """`struct memory_group`; sizes are pages.

    Attributes:
        nid: its node.
        max: pages of a static group; 0 for a dynamic one.
        unit: pages of one step of a dynamic group; 0 for a static one.
    """

    nid: int
    max: int = 0
    unit: int = 0
    kernel: int = 0
    movable: int = 0


@dataclass(slots=True, kw_only=True)
class Device:
    """A device that brought memory.

    Attributes:
        id: its name.
        kind: `dimm`, `virtio-mem` or `kmem`.
        ranges: what it covers; for virtio-mem the region, from a block boundary on.
        nid: its node.
        group: its memory group; None on kernels without groups.
        sub_block: virtio-mem: what is plugged at a time.
        big_block: virtio-mem in big-block mode: its unit; 0 otherwise.
        plugged, requested: virtio-mem: bytes.
    """

    id: str
    kind: str
    ranges: tuple[Span, ...]
    nid: int
    group: MemoryGroup | None = None
    sub_block: int = 0
    big_block: int = 0
    plugged: int = 0
    requested: int = 0


@dataclass(slots=True, kw_only=True)
class OnlinePolicy:
    """The online policy of the command line and the configuration.

    Attributes:
        default_type: state of new memory: `offline` or a word of `ChangeState`.
        auto_movable: `online_policy=auto-movable`.
        ratio: percent of MOVABLE to kernel memory.
        numa_aware: the ratio holds for each node too.
        memmap_on_memory: asked for.
        memmap_force: asked for with `force`.
    """

    default_type: str = "offline"
    auto_movable: bool = False
    ratio: int = 301
    numa_aware: bool = True
    memmap_on_memory: bool = False
    memmap_force: bool = False


@dataclass(slots=True, kw_only=True)
class HotplugState:
    """Everything that events change.

    Attributes:
        mappable: the addresses that memory can have.
        block: memory block size in bytes.
        zones: by node and name.
        busy: RAM of the boot, sorted: nothing else can be added there.
        nodes_online: `node_online_map`.
        stable: nodes that stay online without memory: they have processors or initiators.
        possible: `node_possible_map`.
        has_memory: N_MEMORY.
        acpi_devices: memory devices that are plugged, taken or refused, and their numbers.
        virtio_devices: virtio-mem devices that are plugged, taken or refused, and their numbers.
        late_steps: what fallback lists and tiers follow from.
        new_blocks: where the blocks begin that the current event has added.
        now_present, now_managed: what the current event has changed, in pages.
    """

    boot: Boot
    numa: NumaResult
    rules: HotplugRules
    policy: OnlinePolicy
    mappable: MappableRange
    block: int
    blocks: BlockRuns
    zones: dict[tuple[int, str], HotZone]
    busy: list[Span]
    nodes_online: set[int]
    stable: frozenset[int]
    possible: frozenset[int]
    has_memory: set[int]
    devices: dict[str, Device] = field(default_factory=dict)
    acpi_devices: dict[str, int] = field(default_factory=dict)
    virtio_devices: dict[str, int] = field(default_factory=dict)
    late_steps: list[LateStep] = field(default_factory=list)
    new_blocks: set[int] = field(default_factory=set)
    now_present: int = 0
    now_managed: int = 0

    def number_device(self, numbers: dict[str, int], name: str) -> int:
        """Give a device the lowest number that no other has, and return it."""
        taken = set(numbers.values())
        numbers[name] = next(number for number in count() if number not in taken)
        return numbers[name]

    @property
    def block_pages(self) -> int:
        """Pages of a memory block."""
        return self.block >> self.boot.page_shift

    @property
    def kernel_zones(self) -> tuple[str, ...]:
        """Names of the kernel zones, from low to high."""
        return tuple(zone.name for zone in self.boot.profile.arch.zones)

    def zone(self, nid: int, name: str) -> HotZone:
        """Return a zone; one that was never used is empty."""
        return self.zones.setdefault(
            (nid, name), HotZone(nid=nid, name=name, page_shift=self.boot.page_shift)
        )

    def zones_of(self, nid: int) -> Iterator[HotZone]:
        """Yield the zones of a node that have been used."""
        for name in (*self.kernel_zones, MOVABLE):
            zone = self.zones.get((nid, name))
            if zone is not None:
                yield zone

    def present(self, nid: int) -> int:
        """Return the pages of a node."""
        return sum(zone.present for zone in self.zones_of(nid))

    def runs_of(self, device: Device) -> list[HotRun]:
        """Return the blocks that belong to a device."""
        found = [run for span in device.ranges for run in self.blocks.within(span)]
        return [run for run in found if run.device in (device.id, None)]
