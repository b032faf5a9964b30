"""A finished boot, as the steps that write the plan look at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from srat_tool.base.span import PfnSpan, Span
from srat_tool.base.units import pfn_down, pfn_up
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import MovableStarts
from srat_tool.kernel.hotplug.numa_memblks import PlannedNodes, planned_nodes
from srat_tool.kernel.numa_init import NumaResult
from srat_tool.kernel.zones import Zone
from srat_tool.observe.facts import Reservation
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.reservations import what_is_in


@dataclass(kw_only=True)
class Outcome:
    """Everything that one boot came to.

    Attributes:
        inputs: what it started from.
        boot: the boot, with its events.
        numa: the nodes.
        zones: zones that span anything.
        labels: what early reservations are for.
        policy: what decided about ZONE_MOVABLE.
        block_bytes: memory block size.
    """

    inputs: Inputs
    boot: Boot
    numa: NumaResult
    zones: tuple[Zone, ...]
    labels: tuple[Reservation, ...]
    policy: str
    block_bytes: int

    @cached_property
    def planned_nodes(self) -> PlannedNodes:
        """The node of memory that appears at an address."""
        return planned_nodes(self.boot, self.numa)

    @cached_property
    def starts(self) -> dict[int, int]:
        """Where ZONE_MOVABLE begins, in bytes, by node."""
        for event in self.boot.events:
            if isinstance(event, MovableStarts):
                return dict(event.starts)
        return {}

    @property
    def starts_matter(self) -> bool:
        """Return whether kernel nodes decide about ZONE_MOVABLE."""
        return self.policy == "movable_node" and self.boot.profile.clears_kernel_nodes

    @cached_property
    def kernel_nodes(self) -> dict[int, tuple[str, ...]]:
        """Nodes with early kernel data, and what it is."""
        return {
            nid: tuple(dict.fromkeys(self.named(span) for span in spans))
            for nid, spans in sorted(self.numa.info.kernel_nodes.items())
        }

    def pages(self, span: Span) -> PfnSpan:
        """Return the whole pages of a range."""
        shift = self.boot.page_shift
        return PfnSpan(pfn_up(span.start, shift), pfn_down(span.end, shift))

    def named(self, span: Span) -> str:
        """Return what is in a reserved range, with its address where nothing names it."""
        return what_is_in(span, self.labels) or f"reserved {span.start:#x}-{span.end - 1:#x}"
