"""Everything that a boot is planned from, already read and decoded: values, no paths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span
from srat_tool.base.text import identifier
from srat_tool.observe.facts import BootLog, Reservation
from srat_tool.plan.plan import Assumption
from srat_tool.tables.memmap import MemoryMap

if TYPE_CHECKING:
    from srat_tool.observe.seen_blocks import SeenBlocks
    from srat_tool.plan.cxl_values import CxlDevice
    from srat_tool.plan.event_values import GivenEvent

PLANNED_TABLES = (b"SRAT", b"SLIT", b"CEDT", b"APIC", b"HMAT")
"""The signatures of the tables that a plan looks into; others change nothing in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One machine and one boot of it.

    Attributes:
        tables: raw ACPI tables in the order of the root table; the first of a signature counts.
        boot_log: what a kernel printed on it, when there is a log.
        memory_map: the firmware's map; overrides the log's.
        reservations: early reservations beyond those of the log.
        kernel_image: where the kernel is; None means from the log, else assumed.
        initrd: where the initrd is; an empty range means that there is none, None means from the
            log, else assumed.
        boot_services: memory of EFI boot services; None means that of the memory map, else assumed.
        mirrored: the mirrored ranges; None means those of the memory map or the log.
        boot_path: how the kernel is started, `bios`, `efi` or `direct`; None means as the memory
            map suggests.
        command_line: replaces the log's command line when given.
        extra_options: boot options that are put after the command line.
        profile: kernel profile or release asked for; None means from the log, else the newest.
        arch: the architecture that was asked for; None means from the log, else the tables.
        direct_map: largest page that maps memory, `4K`, `2M` or `1G`; None means not known.
        assume_memory: bytes of RAM to assume where no memory map is known; None for none.
        hardware: `virtual` or `bare`: whether the processors report a hypervisor;
            None means from the log, else the tables.
        assumptions: what was assumed where these values were read.
        notes: what reading the inputs had to do without, as sentences.
        of_logged_boot: the boot is the one in the log, whatever names its kernel.
        seen_blocks: the memory blocks that run, where a running kernel shows them.
        hot_events: what happens to memory after the boot, in order.
        cxl_devices: CXL memory devices whose CDAT is known.
        config: kernel configuration values that differ from the profile's (`NODES_SHIFT` -> `6`).
    """

    tables: tuple[RawTable, ...] = ()
    boot_log: BootLog | None = None
    memory_map: MemoryMap | None = None
    reservations: tuple[Reservation, ...] = ()
    kernel_image: Span | None = None
    initrd: Span | None = None
    boot_services: tuple[Span, ...] | None = None
    mirrored: tuple[Span, ...] | None = None
    boot_path: str | None = None
    command_line: str | None = None
    extra_options: tuple[str, ...] = ()
    profile: str | None = None
    arch: str | None = None
    direct_map: str | None = None
    assume_memory: int | None = None
    hardware: str | None = None
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()
    seen_blocks: SeenBlocks | None = None
    hot_events: tuple[GivenEvent, ...] = ()
    cxl_devices: tuple[CxlDevice, ...] = ()
    config: dict[str, str] = field(default_factory=dict)
    of_logged_boot: bool = False

    def __repr__(self) -> str:
        names = " ".join(identifier(table.signature) for table in self.tables) or "no tables"
        given = [
            name.replace("_", " ")
            for name in ("boot_log", "memory_map", "command_line")
            if getattr(self, name) is not None
        ]
        return f"<Machine {', '.join([names, *given])}>"

    @property
    def follows_log(self) -> bool:
        """The kernel that is planned is the one whose log it is."""
        log = self.boot_log
        return log is not None and (self.of_logged_boot or self.profile in (None, log.release))

    @property
    def follows_options(self) -> bool:
        """It is started with the command line that the log has."""
        log = self.boot_log
        return (
            log is not None and self.follows_log and self.command_line in (None, log.command_line)
        )
