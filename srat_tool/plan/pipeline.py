"""The boot pipeline: one machine in, one plan out.

memory map -> memblock -> SRAT, SLIT, CEDT -> nodes -> zones -> the plan
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.kernel.boot import Boot
from srat_tool.kernel.memory_hotplug import probe_memory_block_size
from srat_tool.kernel.movable import policy_of
from srat_tool.kernel.numa_init import NumaResult, numa_init
from srat_tool.kernel.processors import acpi_map_cpus_to_nodes, init_cpu_to_node
from srat_tool.kernel.zones import Zone, free_area_init
from srat_tool.observe.facts import Reservation
from srat_tool.plan.alternatives import Reboot
from srat_tool.plan.answer import plan_of
from srat_tool.plan.contradiction import contradictions
from srat_tool.plan.crash_memory import crash_memory
from srat_tool.plan.early_memory import early_memory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.machine import Machine
from srat_tool.plan.memory_map import acpi_end
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.plan.unpopulated import with_unpopulated


def make_plan(machine: Machine, *, alternatives: bool = True) -> Plan:
    """Predict how the kernel would use the memory of a machine.

    Args:
        machine: the machine.
        alternatives: also boot it with each input otherwise that cannot be known; that is nearly
            all of the work.

    Raises:
        BootOptionError: when the kernel that was asked for is not known.
    """
    return plan_inputs(read_machine(machine)) if alternatives else _planned_alone(machine)


def plan_inputs(inputs: Inputs) -> Plan:
    """Predict how the kernel would use inputs that are already parsed."""
    return with_unpopulated(_planned(inputs, boot_machine), inputs, _planned_alone)


def _planned_alone(machine: Machine) -> Plan:
    """Plan a machine without its alternatives."""
    return _planned(read_machine(machine), None)


def _planned(inputs: Inputs, reboot: Reboot | None) -> Plan:
    if inputs.profile.series is not None:
        # The patches of 2013 bring a boot of their own, which few plans ask for.
        from srat_tool.plan.series2013.answer import series_plan  # noqa: PLC0415

        return series_plan(inputs, early_memory(inputs))
    outcome = boot_machine(inputs)
    inputs.assumptions.extend(contradictions(outcome))
    return plan_of(outcome, reboot)


def boot_machine(inputs: Inputs) -> Outcome:
    """Take the mirrored kernel through its early boot."""
    early = early_memory(inputs)
    boot = Boot(
        profile=inputs.profile,
        options=inputs.options,
        memblock=early.memblock,
        x2apic=inputs.x2apic,
        gb_pages=inputs.gb_pages,
        acpi_end=acpi_end(inputs),
    )
    numa = numa_init(boot, inputs.tables)
    crash = () if boot.died is not None else tuple(crash_memory(boot, inputs))
    policy = policy_of(boot)
    zones: tuple[Zone, ...] = ()
    if boot.died is None:
        cpus_first = inputs.profile.printk.cpus_before_zones
        tables = inputs.tables.srat, inputs.madt, inputs.logged_processors
        if cpus_first:
            acpi_map_cpus_to_nodes(boot, numa, *tables)
        zones = free_area_init(boot, sorted(numa.info.possible))
        init_cpu_to_node(boot, numa.info, inputs.madt)
        if not cpus_first:
            acpi_map_cpus_to_nodes(boot, numa, *tables)
    return Outcome(
        inputs=inputs,
        boot=boot,
        numa=numa,
        zones=tuple(zone for zone in zones if zone.spanned),
        labels=(*early.labels, *_own_tables(boot, numa), *crash),
        policy="none" if policy is None else policy.name,
        block_bytes=_known_block_size(inputs)
        or probe_memory_block_size(boot, virtual=inputs.is_virtual, windows=inputs.tables.windows),
    )


def _own_tables(boot: Boot, numa: NumaResult) -> Iterator[Reservation]:
    """Name the kernel's allocations of its own, which make their nodes kernel nodes."""
    for name, place in boot.memblock.arrays.items():
        yield Reservation(place, f"list of {name} ranges")
    span = numa.info.distances.span
    if span is not None:
        yield Reservation(span, "table of NUMA distances")


def _known_block_size(inputs: Inputs) -> int | None:
    """Return the size that a log or the running kernel shows."""
    seen = inputs.machine.seen_blocks
    logged = inputs.log.memory_block_bytes if inputs.machine.follows_log else None
    return logged or (None if seen is None else seen.size)
