"""Which ranges of an SRAT hold RAM at boot, where no memory map is known.

One place decides it for plans, advice, QEMU command lines and lint. A guest's hot-pluggable ranges
above its memory are windows: address space for memory that may be added. On a real machine a
hot-pluggable range counts as populated, because firmware describes the modules that are plugged.
Non-volatile ranges are not RAM to either (e820 type 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span, union
from srat_tool.base.units import LOW_END
from srat_tool.tables.header import CREATOR_ID, HEADER_SIZE, OEM_ID, OEM_TABLE_ID
from srat_tool.tables.srat import MemoryAffinity, Srat

HIGHEST_RAM = 1 << 52

# How the ids of a header begin: OEM ID, OEM Table ID, Creator ID. Sources: the ids that each of
# them writes: QEMU hw/acpi/aml-build.h, cloud-hypervisor and Firecracker (rust-vmm acpi_tables),
# crosvm, bhyve basl, ACRN, OpenVMM, Propolis, Linux boot logs of Hyper-V, VMware, EC2 and Compute
# Engine guests.
_MAKERS = (
    (rb"BOCHS|BXPC|QEMU", "QEMU"),
    (rb"VRTUAL", "Hyper-V"),
    (rb"HVLITE|MSHV", "OpenVMM"),
    (rb"VMWARE|VMW", "VMware"),
    (rb"VBOX", "VirtualBox"),
    (rb"XEN|HVM", "Xen"),
    (rb"CLOUDH|CHSRAT", "cloud-hypervisor"),
    (rb"FIRECK|FCVM|FCAT", "Firecracker"),
    (rb"RVAT", "rust-vmm"),
    (rb"CROSVM", "crosvm"),
    (rb"BHYVE|BASL", "bhyve"),
    (rb"PRLS|PARALL", "Parallels"),
    (rb"ACRN", "ACRN"),
    (rb"AMAZON|AMZN", "Amazon EC2"),
    (rb"GOOG", "Google Compute Engine"),
    (rb"PROPOLIS|OXIDE$|OXDE", "Propolis"),
    (rb"STRATO|VIRTSTRA", "StratoVirt"),
    (rb"NUTAN|NTNX|AHV", "Nutanix AHV"),
    (rb"KVM|LKVM", "KVM"),
    (rb"VIRT|HYPER|[A-Z]{0,5}VMM|[A-Z]{1,6}HV\b|[A-Z]{1,6}VM\b", "a hypervisor"),
)
# Tables that only guests have: emulated devices of Windows, Xen's environment.
_GUEST_TABLES = {b"WAET": "a hypervisor", b"XENV": "Xen"}
# ACPI 6.5, table 5.9: the FADT's Hypervisor Vendor Identity, zero on real machines.
_FADT_HYPERVISOR = slice(268, 276)


class BootMemory(NamedTuple):
    """How the enabled ranges of an SRAT are used; each tuple is sorted and joined, but for windows.

    Attributes:
        fixed: RAM that is not hot-pluggable.
        hot: RAM that is hot-pluggable.
        windows: hot-pluggable ranges without RAM at boot, in table order.
        hypervisor: the one that made the tables; None for a real machine.
        ram: both together.
    """

    fixed: tuple[Span, ...]
    hot: tuple[Span, ...]
    windows: tuple[Span, ...]
    hypervisor: str | None
    ram: tuple[Span, ...]


_NO_MACHINES = 32 << 40
"""No machine has so much memory in one range; hypervisors describe all their addresses so."""


def boot_memory(
    srat: Srat,
    tables: Iterable[RawTable] = (),
    *,
    hypervisor: str | None = None,
    ram_seen: int = 0,
) -> BootMemory:
    """Decide which ranges of an SRAT hold RAM at boot.

    Args:
        srat: the table; its ids may name a hypervisor.
        tables: the other tables of the machine, which may show one, too.
        hypervisor: the one that a boot log names.
        ram_seen: the highest address at which a log shows something in RAM.
    """
    hypervisor = hypervisor or hypervisor_of(srat, tables)
    fixed: list[Span] = []
    hot: list[tuple[int, Span]] = []
    for entry in srat.memory:
        span = _span(entry)
        if not entry.enabled or entry.non_volatile or not span:
            continue
        if entry.hot_pluggable:
            hot.append((srat.proximity_domain(entry), span))
        else:
            fixed.append(span)
    if hypervisor is None and any(span.size >= _NO_MACHINES for _, span in hot):
        hypervisor = "a hypervisor"
    top = max((*(span.end for span in fixed), ram_seen), default=0)
    filled = [span for _, span in hot] if hypervisor is None else _filled(hot, top)
    kept = set(filled)
    windows = tuple(span for _, span in hot if span not in kept)
    ram = tuple(union([*fixed, *filled]))
    return BootMemory(tuple(union(fixed)), tuple(union(filled)), windows, hypervisor, ram)


def hypervisor_of(srat: Srat | None, tables: Iterable[RawTable] = ()) -> str | None:
    """Return the hypervisor that the tables show; None where they show none."""
    found = None
    if srat is not None:
        header = srat.header
        found = _maker(header.oem_id, header.oem_table_id, header.creator_id)
    for raw in () if found else tables:
        data = raw.data[:HEADER_SIZE]
        found = _GUEST_TABLES.get(data[:4]) or _maker(
            data[OEM_ID], data[OEM_TABLE_ID], data[CREATOR_ID]
        )
        if data[:4] == b"FACP" and any(raw.data[_FADT_HYPERVISOR]):
            found = found or "a hypervisor"
        if found:
            break
    return found


def _maker(*ids: bytes) -> str | None:
    for pattern, name in _MAKERS:
        if any(re.match(pattern, one.strip(b"\0 ").upper()) for one in ids):
            return name
    return None


def _filled(hot: list[tuple[int, Span]], top: int) -> list[Span]:
    """Return a guest's hot-pluggable ranges that hold RAM at boot: those below its other memory.

    A guest whose ranges are all hot-pluggable, as those of Hyper-V are, has its RAM in those below
    4 GiB, and in the first of each domain above.
    """
    if top:
        return [span for _, span in hot if span.start < top]
    filled = [span for _, span in hot if span.start < LOW_END]
    seen = set()
    for domain, span in sorted(hot, key=lambda one: one[1]):
        if span.start >= LOW_END and domain not in seen:
            seen.add(domain)
            filled.append(span)
    return filled


def _span(entry: MemoryAffinity) -> Span:
    """Return an entry's range, cut at the highest address that a processor has; it may wrap."""
    return Span(
        entry.base_address, max(0, min(entry.base_address + entry.range_length, HIGHEST_RAM))
    )
