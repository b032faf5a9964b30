"""The memory of one machine: its map, what of it is RAM, and which domain the SRAT gives it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span, clipped, subtract, union
from srat_tool.base.units import BIOS_AREA, PAGE_SIZE, align_down, align_up
from srat_tool.lint.machine_tables import MachineTables
from srat_tool.lint.settings import Settings
from srat_tool.plan.boot_memory import BootMemory, boot_memory
from srat_tool.tables.memmap import EFI_BOOT_SERVICES, MemoryMap, MemoryType

if TYPE_CHECKING:
    from srat_tool.lint.cedt_view import CedtView
    from srat_tool.lint.nfit_view import NfitView
    from srat_tool.lint.ownership import Ownership, Share
    from srat_tool.lint.srat_view import Range, SratView
    from srat_tool.plan.machine import Machine as Boot
    from srat_tool.tables.cedt import Cfmws
    from srat_tool.tables.nfit import SpaRange


class MachineMemory(MachineTables):
    """The tables of one machine joined with what is known of its memory.

    Args:
        tables: raw tables.
        settings: what was asked for.
        boot: what is known of a boot: memory map, command line, reservations.
    """

    def __init__(
        self, tables: Iterable[RawTable], settings: Settings, boot: Boot | None = None
    ) -> None:
        super().__init__(tables, settings, None if boot is None else boot.arch)
        self.boot = boot
        self._boot_memories: dict[int, BootMemory] = {}

    @property
    def memory_map(self) -> MemoryMap | None:
        """The firmware's memory map; None when not given."""
        if self.boot is None:
            return None
        log = self.boot.boot_log
        return self.boot.memory_map or (log.memory_map if log is not None else None)

    @property
    def command_line(self) -> str | None:
        """The kernel's command line; None when not given."""
        if self.boot is None:
            return None
        log = self.boot.boot_log
        logged = log.command_line if log is not None else None
        return logged if self.boot.command_line is None else self.boot.command_line

    def has_option(self, *names: str) -> bool:
        """Return whether the command line has one of some options; dashes are underscores."""
        words = (self.command_line or "").replace("-", "_").split()
        return any(word.partition("=")[0] in names for word in words)

    def spans_of(self, *types: int) -> list[Span]:
        """Return the memory map's ranges of some types, sorted and joined."""
        entries = self.memory_map.entries if self.memory_map is not None else ()
        return union(entry.span for entry in entries if entry.type in types)

    @cached_property
    def ram(self) -> list[Span] | None:
        """Usable RAM by the memory map, sorted and joined; None when there is no map."""
        return None if self.memory_map is None else self.spans_of(MemoryType.RAM)

    def has_no_ram(self, span: Span) -> bool:
        """Return whether the memory map shows that there is no RAM in a range."""
        return self.ram is not None and not clipped(self.ram, span)

    def is_unpopulated(self, span: Span, srat: SratView | None = None) -> bool:
        """Return whether a range of an SRAT (by default the first) is known to have no RAM."""
        return not clipped(self.boot_ram(srat), span)

    def lacks_ram(self, item: Range, srat: SratView | None = None) -> bool:
        """Return whether a range of an SRAT (the first by default) has no RAM at boot.

        Persistent memory is not RAM, unless the memory map declares it as RAM.
        """
        if self.ram is None and item.entry.non_volatile:
            return True
        return self.is_unpopulated(item.span, srat)

    def boot_ram(self, srat: SratView | None = None) -> Sequence[Span]:
        """Return usable RAM by the memory map, or without one by an SRAT (the first by default)."""
        return self._boot_memory(srat or self.srat).ram if self.ram is None else self.ram

    def _boot_memory(self, srat: SratView | None) -> BootMemory:
        """Return how the ranges of an SRAT are used where no memory map is known."""
        assert srat is not None  # noqa: S101 - asked about machines that have one
        known = self._boot_memories.get(id(srat))
        if known is None:
            known = boot_memory(srat.srat, [table.raw for table in self.tables])
            self._boot_memories[id(srat)] = known
        return known

    def ram_outside(self, spans: Iterable[Span]) -> list[Span]:
        """Return usable RAM that is in none of some spans; nothing where no map is known."""
        return subtract(self.ram or [], union(spans))

    @cached_property
    def uncovered_ram(self) -> list[Span]:
        """Whole pages of RAM that no enabled range of the SRAT holds.

        Of the first MiB the kernel counts neither the first page nor what is above 640 KiB.
        """
        if self.srat is None or not self.ram:
            return []
        low = [Span(0, PAGE_SIZE), BIOS_AREA]
        pages = [_whole_pages(span) for span in self.ram]
        covered = [_whole_pages(s) for s in union(item.span for item in self.srat.ranges)]
        return subtract(pages, [*low, *covered])

    @cached_property
    def hot_ranges(self) -> list[Range]:
        """Every hot-pluggable range, by address."""
        ranges = self.srat.ranges if self.srat is not None else []
        return [item for item in ranges if item.entry.hot_pluggable]

    @cached_property
    def populated_hot_ranges(self) -> list[Range]:
        """Hot-pluggable ranges that hold RAM; Hyper-V's describe address space, not memory.

        Without a memory map, those of a guest above its memory are windows.
        """
        if self.srat is None or self.srat.is_hyper_v:
            return []
        return [item for item in self.hot_ranges if not self.is_unpopulated(item.span)]

    def is_in_domain(self, span: Span, domain: int) -> bool:
        """Return whether the SRAT puts all of these addresses into a domain."""
        spans = self._spans_by_domain.get(domain, [])
        at = bisect_right(spans, span.start, key=lambda one: one.start) - 1
        return at >= 0 and span.end <= spans[at].end

    @cached_property
    def _spans_by_domain(self) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for item in self.srat.ranges if self.srat is not None else ():
            found.setdefault(item.domain, []).append(item.span)
        return {domain: union(spans) for domain, spans in found.items()}

    @cached_property
    def _owned(self) -> Ownership:
        assert self.srat is not None  # noqa: S101 - asked about machines that have one
        # Few machines have windows or persistent memory.
        from srat_tool.lint.ownership import Ownership  # noqa: PLC0415

        return Ownership(self.srat.ranges, self.srat.cpu_domains)

    @cached_property
    def persistent_shares(self) -> list[tuple[NfitView, SpaRange, Share]]:
        """What the SRAT declares for the addresses of each NFIT range that has some."""
        if self.srat is None or self.nfit is None:
            return []
        owned = self._owned
        ranges = [one for one in self.nfit.ranges if one.range_length]
        return [(self.nfit, one, owned.share(self.nfit.span(one))) for one in ranges]

    @cached_property
    def window_shares(self) -> list[tuple[CedtView, Cfmws, Share]]:
        """What the SRAT declares for the addresses of each CXL window that has some."""
        if self.srat is None or self.cedt is None:
            return []
        from srat_tool.lint.cedt_view import CedtView  # noqa: PLC0415 - few machines have one

        owned = self._owned
        windows = ((cedt, window) for cedt in self.every(CedtView) for window in cedt.windows)
        return [(c, w, owned.share(c.span(w))) for c, w in windows if w.window_size]

    @property
    def firmware_ranges(self) -> list[Span]:
        """What firmware needs, by the memory map or the EFI map of a boot log."""
        types = (MemoryType.RESERVED, MemoryType.ACPI, MemoryType.NVS, MemoryType.UNUSABLE)
        spans = self.spans_of(*types)
        log = self.boot.boot_log if self.boot is not None else None
        regions = log.efi_map if log is not None else ()
        return union([*spans, *(r.span for r in regions if r.type in EFI_BOOT_SERVICES)])

    @property
    def given_reservations(self) -> list[tuple[Span, str]]:
        """Early reservations that are known, and their purpose."""
        if self.boot is None:
            return []
        # Nothing of the kernel is needed for tables alone.
        from srat_tool.kernel.crash_kernel import crash_kernel  # noqa: PLC0415

        log = self.boot.boot_log
        found = [*(log.reservations if log is not None else ()), *self.boot.reservations]
        spans: list[tuple[Span, str]] = [(one.span, one.what or "reservation") for one in found]
        for span, what in ((self.boot.initrd, "initrd"), (self.boot.kernel_image, "kernel image")):
            if span is not None:
                spans.append((span, what))
        asked = crash_kernel(self.command_line or "")
        if asked is not None:
            spans.append((asked, "crash kernel"))
        return spans


def _whole_pages(span: Span) -> Span:
    return Span(align_up(span.start, PAGE_SIZE), align_down(span.end, PAGE_SIZE))
