"""What becomes of nodes once the processors are known.

*Mirrors:* arch/x86/mm/numa.c `init_cpu_to_node` and `init_gi_nodes`, arch/x86/kernel/acpi/boot.c
`acpi_register_lapic`, 4.0 to 5.17, for nodes with processors or initiators and no memory, which
later kernels set up with all others; arch/arm64/kernel/acpi_numa.c `acpi_map_cpus_to_nodes`, since
4.19, arch/riscv/kernel/acpi_numa.c, since 6.11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from srat_tool.base.span import Span
from srat_tool.kernel.acpi_numa import entries_in_reach
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.events import CpuNodeOnline, CpuPlaced
from srat_tool.kernel.numa_init import NumaResult, alloc_node_data
from srat_tool.kernel.numa_meminfo import NumaInfo
from srat_tool.kernel.profile import MemorylessLines
from srat_tool.kernel.table_events import CpuMapped, SratRejected, UidMapped, ZeroLength
from srat_tool.tables.madt import (
    CorePic,
    Gicc,
    GiccFlags,
    LocalApic,
    LocalApicFlags,
    LocalX2Apic,
    Madt,
    Rintc,
)
from srat_tool.tables.srat import GiccAffinity, RintcAffinity, Srat


def apic_nodes(boot: Boot, info: NumaInfo) -> dict[int, int]:
    """Return the node of each APIC id (or processor UID); a later entry overrides.

    With fake nodes, processors belong to the first one of their physical node, else to node 0.
    """
    nodes = {}
    fake = {physical: nid for nid, physical in sorted(info.emulated.items(), reverse=True)}
    for event in boot.events:
        if not isinstance(event, CpuMapped | UidMapped):
            continue
        processor = event.apic_id if isinstance(event, CpuMapped) else event.uid
        nodes[processor] = fake.get(event.nid, 0) if fake else event.nid
    return nodes


def cpu_nodes(boot: Boot, numa: NumaResult, madt: Madt | None) -> frozenset[int]:
    """Return the nodes with processors (N_CPU); node 0 where no table is used."""
    if numa.used != "srat":
        return frozenset({0})
    nodes = apic_nodes(boot, numa.info)
    # A processor that the SRAT does not name belongs to node 0.
    return frozenset(nodes.get(processor, 0) for processor in _processors(madt, nodes))


def early_cpu_nodes(boot: Boot, numa: NumaResult, madt: Madt | None) -> frozenset[int]:
    """Return the nodes that have processors when the first fallback lists are built.

    arch/loongarch/kernel/numa.c `early_numa_add_cpu` counts a processor of the MADT as soon as the
    SRAT names it; the other architectures count them when they come up, which is later.
    """
    if not boot.profile.arch.counts_processors_early:
        return frozenset()
    nodes = apic_nodes(boot, numa.info)
    return frozenset(nodes[one] for one in _processors(madt, nodes) if one in nodes)


def init_cpu_to_node(boot: Boot, info: NumaInfo, madt: Madt | None) -> None:
    """Bring up the nodes of all processors, in processor order, then those of initiators."""
    if boot.profile.memoryless is not MemorylessLines.EMPTY_RANGE:
        return
    nodes = apic_nodes(boot, info)
    order = [nodes[apic] for apic in _processors(madt, nodes) if apic in nodes]
    # The nodes of processors are forgotten with a rejected SRAT, those of initiators are not.
    known = [nid for nid in order if nid in info.possible]
    for nid in dict.fromkeys((*known, *sorted(info.initiators | info.memoryless))):
        if nid not in info.online:
            alloc_node_data(boot, nid, Span(0, 0))
            boot.say(CpuNodeOnline(nid))
            info.online.add(nid)


def acpi_map_cpus_to_nodes(
    boot: Boot,
    numa: NumaResult,
    srat: Srat | None,
    madt: Madt | None,
    logged: Mapping[int, int] | None = None,
) -> None:
    """Walk the SRAT a second time, for the processors in the MADT (arm64, riscv64).

    Args:
        boot: the boot, which records what is found as events.
        numa: the nodes.
        srat: the table.
        madt: the table of processors.
        logged: MPIDRs or hart ids by UID, of a log where that table is missing.
    """
    ids = dict(_hardware_ids(madt)) if madt is not None else logged
    if boot.profile.printk.cpus_again is None or srat is None or not ids:
        return
    if boot.options.acpi_off or any(_is_rejection(event) for event in boot.events):
        return
    nodes = numa.pxms.nodes if numa.used == "srat" else {}
    (kind,) = boot.profile.arch.srat_processors
    for entry in entries_in_reach(srat):
        if entry.type == kind and isinstance(entry, GiccAffinity | RintcAffinity):
            hardware_id = ids.get(entry.acpi_processor_uid)
            if entry.enabled and hardware_id is not None:
                pxm = entry.proximity_domain
                boot.say(CpuPlaced(pxm, hardware_id, nodes.get(pxm)))
        if entry.length == 0:
            boot.say(ZeroLength(kind, entry.offset))
            return


def _is_rejection(event: object) -> bool:
    return isinstance(event, SratRejected) and event.printed


def _hardware_ids(madt: Madt) -> Iterator[tuple[int, int]]:
    """Yield the UID of each enabled processor and the number by which the kernel calls it."""
    for entry in madt.entries:
        if isinstance(entry, Gicc) and entry.flags & GiccFlags.ENABLED and entry.mpidr is not None:
            yield entry.acpi_processor_uid, entry.mpidr
        elif isinstance(entry, Rintc) and entry.flags & LocalApicFlags.ENABLED:
            yield entry.acpi_processor_uid, entry.hart_id


def _processors(madt: Madt | None, nodes: dict[int, int]) -> Iterator[int]:
    """Yield APIC ids (or UIDs) in processor order: that of the MADT, else that of the SRAT.

    A processor that is not enabled has no number, and so brings up no node.
    """
    if madt is None:
        yield from nodes
        return
    for entry in madt.entries:
        match entry:
            case (
                LocalApic(apic_id=number, flags=flags)
                | LocalX2Apic(x2apic_id=number, flags=flags)
                | Gicc(acpi_processor_uid=number, flags=flags)
                | CorePic(core_id=number, flags=flags)
                | Rintc(acpi_processor_uid=number, flags=flags)
            ) if flags & LocalApicFlags.ENABLED:
                yield number
