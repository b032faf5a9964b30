"""The answer: frozen, complete, and the only value that renderers, lint and compare see.

Ranges are half-open byte ranges unless a name contains `pfn` or `pages`. The JSON form is
`render/as_json.py`'s; its schema is `srattool.plan/1`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SIZE
from srat_tool.base.words import plural
from srat_tool.kernel.events import BootEvent
from srat_tool.plan.block_values import NO_BLOCKS, MemoryBlocks
from srat_tool.plan.later import Later
from srat_tool.plan.node_outcome import NodeOutcome

if TYPE_CHECKING:
    from srat_tool.kernel.hotplug.mhp_range import MappableRange
    from srat_tool.plan.cxl_values import RegionPlan
    from srat_tool.plan.event_values import EventAnswer
    from srat_tool.plan.late_values import AfterZones

COMMAND_LINE = "command line"
"""What an `Assumption` about the boot options is called."""
AS_READ = "as far as it can be read"
"""The value of an `Assumption` about a malformed table."""


class Ignored(NamedTuple):
    """A boot option that has no effect, and why."""

    option: str
    why: str


class Region(NamedTuple):
    """A memblock region; `nid` None is NUMA_NO_NODE, `what` is the purpose of a reservation."""

    start: int
    end: int
    nid: int | None
    flags: tuple[str, ...] = ()
    what: str = ""


class NodePlan(NamedTuple):
    """One node.

    Attributes:
        nid: Linux's number.
        pxm: the proximity domain; None for a node that no table names.
        cpus: APIC ids, or ACPI processor UIDs where the structures hold those, in table order.
        ranges: blocks of numa_meminfo, as Linux keeps them.
        memoryless: no RAM at all.
        kernel_node: early kernel data is on it, so hot-pluggable marks are taken off.
        kernel_node_because: the reservations that make it one.
    """

    nid: int
    pxm: int | None
    cpus: tuple[int, ...]
    ranges: tuple[Span, ...]
    memoryless: bool
    kernel_node: bool
    kernel_node_because: tuple[str, ...]


class ZonePlan(NamedTuple):
    """One zone of one node with spanned_pages > 0; frames and pages are of `page_bytes` each."""

    nid: int
    name: str
    start_pfn: int
    end_pfn: int
    spanned_pages: int
    present_pages: int
    page_bytes: int = PAGE_SIZE

    @property
    def span(self) -> Span:
        """From the first to the last byte, holes included."""
        return Span(self.start_pfn * self.page_bytes, self.end_pfn * self.page_bytes)

    @property
    def present_bytes(self) -> int:
        """RAM of the zone, in bytes."""
        return self.present_pages * self.page_bytes


class AfterEvents(NamedTuple):
    """The machine once all events have happened.

    Attributes:
        zones: as in the plan.
        nodes_online: ascending.
        mappable: the addresses that memory can have.
        late: fallback lists, access classes and tiers.
        regions: the CXL regions of devices of kmem.
    """

    zones: tuple[ZonePlan, ...]
    nodes_online: tuple[int, ...]
    mappable: MappableRange
    late: AfterZones
    regions: tuple[RegionPlan, ...] = ()


class MovableStart(NamedTuple):
    """Where ZONE_MOVABLE begins on a node, as the kernel prints it (bytes)."""

    nid: int
    start: int


class HotRange(NamedTuple):
    """A hot-pluggable range of the SRAT and what became of it.

    Attributes:
        start, end: the entry's range.
        nid: its node; None when the table was not used.
        pxm: its proximity domain.
        verdict: `movable`, `reserved`, `kernel-node`, `no-ram`, `rejected`, `not-asked` or
            `disabled`.
        because: one sentence with the reason.
        offset: where the entry is in the table; None when only a log showed of it.
    """

    start: int
    end: int
    nid: int | None
    pxm: int
    verdict: str
    because: str
    offset: int | None


class NodeLocal(NamedTuple):
    """Data that lives and dies with a node; `start`/`end` None when its place cannot be known."""

    nid: int
    what: str
    bytes: int
    start: int | None
    end: int | None
    exact: bool


class HotAdd(NamedTuple):
    """A range without RAM that memory may be added to later.

    `condition` is what the node depends on: the kernel asks the memory device, not the SRAT.
    """

    start: int
    end: int
    nid: int | None
    online_zone: str
    online_movable_zone: str
    aligned: bool
    condition: str = ""


class Assumption(NamedTuple):
    """An input that was not given."""

    what: str
    value: str
    why: str

    def __str__(self) -> str:
        """Return it as a sentence."""
        return f"{self.what} {self.value} ({self.why})"


class Alternative(NamedTuple):
    """What changes if an input that cannot be known turns out otherwise.

    Attributes:
        condition: what would have to be so.
        changes: what then differs.
        kernel_nodes: the nodes with early kernel data then.
        movable_start: where ZONE_MOVABLE begins then.
        cause: what is then at another address, in the words of `NodePlan.kernel_node_because`; None
            where it is not a matter of place.
        of_nodes: the same as values, where the condition is about nodes.
    """

    condition: str
    changes: str
    kernel_nodes: tuple[int, ...] = ()
    movable_start: tuple[MovableStart, ...] = ()
    cause: str | None = None
    of_nodes: NodeOutcome | None = None


class PlanDistances(NamedTuple):
    """What the kernel uses: `matrix[i][j]` from `nids[i]` to `nids[j]`."""

    nids: tuple[int, ...]
    matrix: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelChoice:
    """Which kernel was mirrored, and its inputs.

    Attributes:
        profile: name of the profile (`6.1`, `acpi2013`).
        release: the release string given or read from a log.
        architecture: its name in the registry.
        page_bytes: size of a page; page frame numbers count pages of this size.
        policy: what decides ZONE_MOVABLE: `none`, `movable_node`, `movablecore=acpi`,
            `kernelcore=mirror`, `sizes`.
        options: the options that took effect, by name.
        ignored: the options that did not.
    """

    profile: str
    release: str | None
    architecture: str
    page_bytes: int
    policy: str
    options: dict[str, str]
    ignored: tuple[Ignored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What this kernel would make of this machine.

    Attributes:
        kernel: the kernel that was mirrored.
        numa_used: where the nodes come from.
        rejected: why the SRAT was thrown away; None when it was not.
        crash: why this boot would not survive; None when it would.
        panic: the line of the kernel panic; None without one.
        nodes: in ascending order.
        distances: between the nodes.
        memory: memblock.memory after NUMA initialisation.
        reserved: memblock.reserved, early reservations and those that the policy makes.
        zones: zones with spanned_pages > 0, by node, in the kernel's zone order.
        movable_start: per node with a ZONE_MOVABLE.
        hot-pluggable: every hot-pluggable range of the SRAT, in table order.
        node_local: node-life-cycle data.
        hot_add: ranges with no RAM after them yet.
        leaked: reservations of the 2013 series that its own loop fails to free.
        memory_block_bytes: unit of memory hot-add.
        blocks: boot memory by memory block.
        hot_events: what the kernel does with each event after the boot.
        after: the machine once all events have happened; None without events.
        log: the lines this kernel would print.
        assumptions: inputs that had to be assumed.
        alternatives: outcomes that depend on what cannot be known.
        events: every step of the boot, for explanations.
        hot_add_at: what memory joins that is added at an address (bytes) outside every range; None
            for kernels of which that is not known.
        late_inputs: what the machine has that only `after_zones` depends on, such as `HMAT`.
        late: `after_zones`, computed when it is first read.
    """

    kernel: KernelChoice
    numa_used: Literal["srat", "dummy", "off"]
    rejected: str | None
    crash: str | None = None
    panic: str | None = None
    nodes: tuple[NodePlan, ...]
    distances: PlanDistances
    memory: tuple[Region, ...]
    reserved: tuple[Region, ...]
    zones: tuple[ZonePlan, ...]
    movable_start: tuple[MovableStart, ...]
    hotpluggable: tuple[HotRange, ...]
    node_local: tuple[NodeLocal, ...]
    hot_add: tuple[HotAdd, ...]
    memory_block_bytes: int
    log: Sequence[str]
    assumptions: tuple[Assumption, ...]
    alternatives: tuple[Alternative, ...]
    late: Later[AfterZones]
    late_inputs: tuple[str, ...] = ()
    leaked: tuple[Region, ...] = ()
    blocks: MemoryBlocks = NO_BLOCKS
    hot_events: tuple[EventAnswer, ...] = ()
    after: AfterEvents | None = None
    events: tuple[BootEvent, ...] = ()
    hot_add_at: Callable[[int], HotAdd] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        movable = ", ".join(str(start.nid) for start in self.movable_start) or "none"
        return (
            f"<Plan for kernel {self.kernel.profile}: {plural(len(self.nodes), 'node')} (from "
            f"{self.numa_used}), ZONE_MOVABLE on nodes: {movable}, "
            f"{plural(len(self.assumptions), 'assumption')}>"
        )

    @property
    def after_zones(self) -> AfterZones:
        """Fallback lists, HMAT numbers and tiers."""
        return self.late.value

    @property
    def not_released(self) -> str | None:
        """That no released kernel has movablecore=acpi, and what one does; None without it."""
        if self.kernel.policy != "movablecore=acpi":
            return next(
                (one.why for one in self.kernel.ignored if one.option == "movablecore=acpi"), None
            )
        return next((guess.why for guess in self.assumptions if guess.what == "kernel"), None)

    @property
    def assumed_sentences(self) -> tuple[str, ...]:
        """Inputs that had to be assumed, and an option that no released kernel has."""
        found = [str(one) for one in self.assumptions]
        note = self.not_released
        if note is not None and self.kernel.policy != "movablecore=acpi":
            found.append(f"movablecore=acpi is ignored: {note}")
        return tuple(found)

    @property
    def memory_blocks(self) -> MemoryBlocks:
        """The boot memory by memory block, with what had to be assumed."""
        return self.blocks._replace(assumptions=self.assumed_sentences)

    @property
    def damage(self) -> tuple[Assumption, ...]:
        """What was assumed about tables that are malformed."""
        return tuple(guess for guess in self.assumptions if guess.value == AS_READ)

    @property
    def knows_command_line(self) -> bool:
        """The boot options were given or logged, and not assumed."""
        return not any(guess.what == COMMAND_LINE for guess in self.assumptions)
