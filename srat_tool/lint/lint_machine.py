"""One machine: its tables and its memory, and what only a plan of its boot shows."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from srat_tool.base.architecture import ArchitectureError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.lint.machine_memory import MachineMemory
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

if TYPE_CHECKING:
    from srat_tool.lint.cedt_view import CedtView
    from srat_tool.plan.late_values import AfterZones, Window
    from srat_tool.plan.plan import Plan
    from srat_tool.tables.cedt import Cfmws


class LintMachine(MachineMemory):
    """The tables and the memory of one machine, and the plans of it; arguments as there."""

    @cached_property
    def planned_windows(self) -> list[tuple[CedtView, Cfmws, list[Window]]]:
        """Each CXL window with its places in the plan; none without a plan."""
        if self.plan is None or self.cedt is None:
            return []
        from srat_tool.lint.cedt_view import CedtView  # noqa: PLC0415 - few machines have one

        pieces: dict[int, list[Window]] = {}
        for place in self.plan.after_zones.windows:
            if place.source == "cedt":
                pieces.setdefault(place.number, []).append(place)
        return [
            (cedt, window, pieces.get(number, []))
            for cedt in self.every(CedtView)
            for number, window in enumerate(cedt.windows)
        ]

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of the machine; None when there is nothing to plan.

        Without a command line it is the one that hot-pluggable ranges are for: `movable_node`.
        """
        boot = self.boot
        options = () if self.command_line is not None else ("movable_node",)
        return self._planned(boot.profile if boot is not None else None, options)

    @cached_property
    def tiers(self) -> AfterZones | None:
        """The plan after the zones; None where the kernel has no tiers, or does not use the HMAT.

        Boot options of ours change nothing in it.
        """
        plan = self.plan
        if plan is None or not plan.late_inputs or "access" in plan.after_zones.why:
            return None
        return plan.after_zones if plan.after_zones.dram.algorithm != "absent" else None

    @property
    def hmat_tiers(self) -> AfterZones | None:
        """The same where tiers follow from the numbers of the HMAT; None elsewhere."""
        late = self.tiers
        return late if late is not None and late.dram.algorithm == "hmat" else None

    @cached_property
    def processor_nodes(self) -> frozenset[int]:
        """Nodes with processors in the plan."""
        nodes = () if self.plan is None else self.plan.nodes
        return frozenset(node.nid for node in nodes if node.cpus)

    def plan_for(self, release: str) -> Plan | None:
        """The plan of the machine for a kernel release, without boot options of ours."""
        return self._planned(release, ())

    def _planned(self, release: str | None, options: tuple[str, ...]) -> Plan | None:
        if self.srat is None or not self.srat.ranges or self._is_beyond_the_model:
            return None
        # A plan costs more than most runs need.
        from srat_tool.plan.machine import Machine as Boot  # noqa: PLC0415
        from srat_tool.plan.pipeline import make_plan  # noqa: PLC0415

        boot = self.boot or Boot()
        boot = replace(boot, extra_options=(*boot.extra_options, *options), profile=release)
        tables = tuple(table.raw for table in self.tables)
        try:
            machine = replace(boot, tables=tables, memory_map=self._planned_map)
            return make_plan(machine, alternatives=False)
        except ArchitectureError:
            return None  # no kernel that is modelled runs on such a machine

    @property
    def _is_beyond_the_model(self) -> bool:
        """Return whether no kernel has room for the ranges, so that a plan is only a rejection."""
        assert self.srat is not None  # noqa: S101 - asked about machines that have one
        return len(self.srat.memory) > self.settings.max_memory_blocks

    @property
    def _planned_map(self) -> MemoryMap:
        """The memory map, or RAM in the SRAT's ranges except in hot-add windows."""
        if self.memory_map is not None:
            return self.memory_map
        spans = self._boot_memory(self.srat).ram
        return MemoryMap(entries=tuple(MapEntry(*span, MemoryType.RAM) for span in spans))

    @property
    def memory_block_bytes(self) -> int:
        """The unit of memory hot-add: 128 MiB below 64 GiB of RAM, as planned above."""
        ranges = self.srat.ranges if self.srat is not None else []
        fixed = max((item.end for item in ranges if not item.entry.hot_pluggable), default=0)
        if fixed < 64 * GIB and self.ram is None:
            return 128 * MIB
        return 128 * MIB if self.plan is None else self.plan.memory_block_bytes

    @cached_property
    def kernel_nodes(self) -> dict[int, tuple[str, ...]]:
        """Domains whose nodes contain early kernel data, and which.

        Without a boot option for ZONE_MOVABLE the kernel does not keep its page tables off
        hot-pluggable memory, so such a plan does not show what could be removed.
        """
        plan = self.plan
        asked = plan is not None and plan.kernel.policy in {"movable_node", "movablecore=acpi"}
        nodes = plan.nodes if plan is not None and asked else ()
        return {n.pxm: n.kernel_node_because for n in nodes if n.kernel_node and n.pxm is not None}

    @cached_property
    def usual_initrd(self) -> list[Span]:
        """Where the plan assumes the initrd; empty if one was given."""
        plan = self.plan
        if plan is None or all(one.what != "initrd" for one in plan.assumptions):
            return []
        held = (Span(one.start, one.end) for one in plan.reserved if "initrd" in one.what)
        return list(held)

    @cached_property
    def movable_nodes(self) -> dict[int, int]:
        """Nodes whose only zone is ZONE_MOVABLE in the plan, and their domains."""
        if not self.populated_hot_ranges or self.plan is None:
            return {}
        zones: dict[int, set[str]] = {}
        for zone in self.plan.zones:
            zones.setdefault(zone.nid, set()).add(zone.name)
        alone = (node for node in self.plan.nodes if zones.get(node.nid) == {"Movable"})
        return {node.nid: node.pxm for node in alone if node.pxm is not None}
