"""What the steps of one boot share.

*Mirrors:* the globals of arch/x86/kernel/setup.c, mm/memblock.c and mm/page_alloc.c.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from srat_tool.kernel.bootopts import BootOptions
from srat_tool.kernel.events import BootEvent
from srat_tool.kernel.memblock import Memblock
from srat_tool.kernel.profile import KernelProfile


class Panic(Exception):  # noqa: N818 (what the kernel does, not an error of ours)
    """This boot ends here; the message is the kernel's."""


@dataclass(slots=True, kw_only=True)
class Boot:
    """One boot in progress.

    Attributes:
        profile: which kernel.
        options: its parsed command line.
        memblock: RAM and what is taken of it.
        x2apic: processors may have ids of 255 and more.
        gb_pages: RAM is mapped with pages of 1 GiB where they fit.
        acpi_end: where the highest ACPI data of the memory map ends, in bytes; 0 without any.
        died: why the kernel does not come further; None while it lives.
        events: what has happened, in order.
    """

    profile: KernelProfile
    options: BootOptions
    memblock: Memblock
    x2apic: bool = False
    gb_pages: bool = True
    acpi_end: int = 0
    died: str | None = None
    events: list[BootEvent] = field(default_factory=list)

    @property
    def max_pfn(self) -> int:
        """First page frame above all RAM, and above ACPI data where the kernel counts it."""
        end = self.acpi_end if self.profile.acpi_ends_ram else 0
        return max(self.memblock.end_of_dram, end) >> self.page_shift

    @property
    def page_shift(self) -> int:
        """log2 of the page size; page frames are counted in it."""
        return self.memblock.page_shift

    def say(self, event: BootEvent) -> None:
        """Record a step."""
        self.events.append(event)
