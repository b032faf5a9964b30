"""Everything that a boot starts from, given or assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from srat_tool.base.architecture import Architecture
from srat_tool.kernel.acpi_numa import XAPIC_IDS
from srat_tool.kernel.bootopts import BootOptions
from srat_tool.kernel.numa_init import AcpiTables
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.profiles import profile_names
from srat_tool.observe.facts import BootLog
from srat_tool.plan.boot_memory import hypervisor_of
from srat_tool.plan.machine import Machine
from srat_tool.plan.plan import Assumption
from srat_tool.tables.header import OEM_ID
from srat_tool.tables.madt import LocalX2Apic, Madt
from srat_tool.tables.memmap import EfiRegion
from srat_tool.tables.srat import MemoryAffinity

if TYPE_CHECKING:
    from srat_tool.tables.cedt import Cedt
    from srat_tool.tables.hmat import Hmat

_VIRTUAL = re.compile(r"QEMU|KVM|VMware|VirtualBox|Virtual Machine|Xen|Bochs|HVM domU")
_QEMU = b"BOCHS"


@dataclass(slots=True, kw_only=True)
class Inputs:
    """Everything that a boot starts from.

    Attributes:
        machine: what the user gave.
        log: the boot log, an empty one when there is none.
        profile: the kernel to mirror.
        options: its command line.
        tables: what makes nodes.
        madt: the processors, when the table was given.
        hmat: how fast memory is, when the table was given.
        cedt: the CEDT; `tables.windows` has the addresses of its windows.
        from_log: the SRAT was read from printed lines.
        guessed_srat: it is none at all: nodes of a log represent it.
        logged_processors: processors of a log, MPIDR or hart id by UID.
        assumptions: inputs that had to be assumed so far.
    """

    machine: Machine
    log: BootLog
    profile: KernelProfile
    options: BootOptions
    tables: AcpiTables
    madt: Madt | None = None
    hmat: Hmat | None = None
    cedt: Cedt | None = None
    from_log: bool = False
    guessed_srat: bool = False
    logged_processors: Mapping[int, int] = field(default_factory=dict)
    assumptions: list[Assumption] = field(default_factory=list)

    @property
    def release(self) -> str | None:
        """The release that was asked for or logged; None when a profile was, or nothing."""
        wanted = self.machine.profile
        if wanted is None:
            return self.log.release
        return None if wanted in profile_names() else wanted

    @property
    def arch(self) -> Architecture:
        """The architecture, as the profile has it."""
        return self.profile.arch

    @property
    def efi_map(self) -> tuple[EfiRegion, ...]:
        """The EFI memory map: that of the given map, else that of the log."""
        given = self.machine.memory_map
        return self.log.efi_map if given is None else given.efi

    @property
    def hmat_not_given(self) -> bool:
        """Return whether the log lists an HMAT that is not among the tables."""
        return self.hmat is None and any(table.signature == "HMAT" for table in self.log.tables)

    @property
    def x2apic(self) -> bool:
        """Return whether processors may have ids of 255 and more.

        A processor of such an id in the MADT proves it; otherwise only the log can show it.
        """
        entries = self.madt.entries if self.madt is not None else ()
        large = any(
            isinstance(entry, LocalX2Apic) and entry.flags & 1 and entry.x2apic_id >= XAPIC_IDS
            for entry in entries
        )
        return large or self.log.x2apic_enabled

    @property
    def gb_pages(self) -> bool:
        """Whether RAM is mapped with pages of 1 GiB: yes unless a log or an option rules it out."""
        return self.log.gb_pages is not False and not self.options.has("nogbpages")

    @property
    def is_virtual(self) -> bool:
        """Return whether the processors report a hypervisor."""
        if self.machine.hardware is not None:
            return self.machine.hardware == "virtual"
        machine = self.log.dmi or ""
        if self.log.hypervisor is not None or _VIRTUAL.search(machine):
            return True
        made_by = hypervisor_of(self.tables.srat, self.machine.tables)
        return self.machine.boot_log is None and made_by is not None

    @property
    def made_by_qemu(self) -> bool:
        """Return whether QEMU wrote the tables."""
        return _QEMU in self.makers

    @property
    def makers(self) -> set[bytes]:
        """The OEM ids of the tables."""
        return {table.data[OEM_ID].rstrip(b"\0 ") for table in self.machine.tables}

    @property
    def srat_memory(self) -> tuple[MemoryAffinity, ...]:
        """The memory entries of the SRAT, in table order."""
        return self.tables.srat.memory if self.tables.srat is not None else ()

    def domain_of(self, entry: MemoryAffinity) -> int:
        """Return an entry's proximity domain as the table's revision means it."""
        srat = self.tables.srat
        return entry.proximity_domain if srat is None else srat.proximity_domain(entry)

    def assume(self, what: str, value: str, why: str) -> None:
        """Name an input that was not given; once is enough."""
        guess = Assumption(what, value, why)
        if guess not in self.assumptions:
            self.assumptions.append(guess)
