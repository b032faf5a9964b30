"""One machine: its tables joined, and what follows only from several of them together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from srat_tool.base.architecture import ArchitectureError
from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span, clipped, subtract, union
from srat_tool.base.units import GIB, KIB, MIB, PAGE_SIZE, align_down, align_up
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import TableView
from srat_tool.plan.boot_memory import BootMemory, boot_memory
from srat_tool.tables.kinds import BY_SIGNATURE
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

if TYPE_CHECKING:
    from srat_tool.lint.cedt_view import CedtView
    from srat_tool.lint.hmat_view import HmatView
    from srat_tool.lint.madt_view import MadtView
    from srat_tool.lint.msct_view import MsctView
    from srat_tool.lint.ownership import Share
    from srat_tool.lint.pptt_view import PpttView
    from srat_tool.lint.slit_view import SlitView
    from srat_tool.lint.srat_view import Range, SratView
    from srat_tool.plan.machine import Machine as Boot
    from srat_tool.plan.plan import Plan
    from srat_tool.tables.cedt import Cfmws

View = TypeVar("View", bound=TableView)
BOOT_SERVICES = ("Boot Code", "Boot Data", "Boot Services Code", "Boot Services Data")


def view_class(signature: bytes) -> type[TableView]:
    """Return what tables of a signature are seen through; machines have few kinds."""
    kind = BY_SIGNATURE.get(signature)
    if kind is None:
        return TableView
    module = import_module(f"srat_tool.lint.{kind.module}_view")
    view: type[TableView] = getattr(module, f"{kind.module.title()}View")
    return view


class Machine:
    """The tables of one machine in the order in which they were found.

    The first of a signature is the one that counts, as for Linux; bytes that come twice (a file and
    a dump of it in one folder) are one table, and `copies` holds the others of them. The FACS has
    no header of the common kind.

    Args:
        tables: raw tables.
        settings: what was asked for.
        boot: what is known of a boot: memory map, command line, reservations.
    """

    def __init__(
        self, tables: Iterable[RawTable], settings: Settings, boot: Boot | None = None
    ) -> None:
        self.boot = boot
        self._boot_memories: dict[int, BootMemory] = {}
        unlike: dict[bytes, RawTable] = {}
        self.copies: list[RawTable] = []
        for raw in tables:
            if raw.signature != b"FACS" and unlike.setdefault(raw.data, raw) is not raw:
                self.copies.append(raw)
        self.settings = settings
        self.tables = [view_class(raw.signature)(raw, settings) for raw in unlike.values()]
        if self.madt is not None and self.madt.has_sapic:
            self.settings = settings._replace(has_sapic=True)
            for table in self.tables:
                table.settings = self.settings

    @property
    def is_whole(self) -> bool:
        """Return whether the lack of a table means something: a single file is no machine."""
        return len(self.tables) > 1 or any(t.raw.origin.inner for t in self.tables)

    def all_of(self, signature: str) -> list[TableView]:
        """Return every table of a signature, in the order found."""
        return [table for table in self.tables if table.signature == signature]

    def _first(self, signature: str) -> Any:
        return next(iter(self.all_of(signature)), None)

    def every(self, kind: type[View]) -> list[View]:
        """Return every table of a kind that has all of its fixed part, in the order found."""
        return [t for t in self.tables if isinstance(t, kind) and not t.is_stub]

    @cached_property
    def srat(self) -> SratView | None:
        """The SRAT that Linux would use."""
        found: SratView | None = self._first("SRAT")
        return found

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
        ram = self._boot_memory(srat or self.srat).ram if self.ram is None else self.ram
        return not clipped(ram, span)

    def _boot_memory(self, srat: SratView | None) -> BootMemory:
        """Return how the ranges of an SRAT are used where no memory map is known."""
        assert srat is not None  # noqa: S101 - asked about machines that have one
        known = self._boot_memories.get(id(srat))
        if known is None:
            known = boot_memory(srat.srat, [table.raw for table in self.tables])
            self._boot_memories[id(srat)] = known
        return known

    @cached_property
    def slit(self) -> SlitView | None:
        """The SLIT that Linux would use."""
        found: SlitView | None = self._first("SLIT")
        return found

    @cached_property
    def hmat(self) -> HmatView | None:
        """The HMAT that Linux would use."""
        found: HmatView | None = self._first("HMAT")
        return found

    @cached_property
    def msct(self) -> MsctView | None:
        """The MSCT that Linux would use."""
        found: MsctView | None = self._first("MSCT")
        return found

    @cached_property
    def cedt(self) -> CedtView | None:
        """The CEDT that Linux would use."""
        found: CedtView | None = self._first("CEDT")
        return found

    @cached_property
    def madt(self) -> MadtView | None:
        """The MADT that Linux would use."""
        found: MadtView | None = self._first("APIC")
        return found

    @cached_property
    def pptt(self) -> PpttView | None:
        """The PPTT that Linux would use."""
        found: PpttView | None = self._first("PPTT")
        return found

    @property
    def boot_cpu(self) -> int | None:
        """APIC id of the boot processor, as asked for or else the lowest enabled one."""
        if self.settings.boot_cpu is not None or self.madt is None:
            return self.settings.boot_cpu
        ids = [cpu.key[1] for cpu in self.madt.cpus if cpu.enabled and cpu.key[0] == "apic"]
        return min(ids, default=None)

    @cached_property
    def domains_by_package(self) -> dict[int, set[int]]:
        """Domains of the processors of each package, by the package's place in the PPTT."""
        if self.srat is None or self.pptt is None:
            return {}
        domains = {cpu.key: cpu.domain for cpu in self.srat.cpus}
        reported = self.madt.cpus if self.madt is not None else []
        keys = {cpu.uid: cpu.key for cpu in reported}
        found: dict[int, set[int]] = {}
        for offset, uids in self.pptt.packages.items():
            members = (keys.get(uid, ("uid", uid)) for uid in uids)
            found[offset] = {domains[key] for key in members if key in domains}
        return found

    @cached_property
    def window_shares(self) -> list[tuple[CedtView, Cfmws, Share]]:
        """What the SRAT says about the addresses of each CXL window that has some."""
        if self.srat is None or self.cedt is None:
            return []
        # Few machines have both.
        from srat_tool.lint.cedt_view import CedtView  # noqa: PLC0415
        from srat_tool.lint.ownership import Ownership  # noqa: PLC0415

        owned = Ownership(self.srat.ranges, self.srat.cpu_domains)
        windows = ((cedt, window) for cedt in self.every(CedtView) for window in cedt.windows)
        return [(c, w, owned.share(c.span(w))) for c, w in windows if w.window_size]

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

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of the machine; None when there is nothing to plan.

        Without a command line it is the one that hot-pluggable ranges are for: `movable_node`.
        """
        if self.srat is None or not self.srat.ranges or self._is_beyond_the_model:
            return None
        # A plan costs more than most runs need.
        from srat_tool.plan.machine import Machine as Boot  # noqa: PLC0415
        from srat_tool.plan.pipeline import make_plan  # noqa: PLC0415

        boot = self.boot or Boot()
        if self.command_line is None:
            boot = replace(boot, extra_options=(*boot.extra_options, "movable_node"))
        tables = tuple(table.raw for table in self.tables)
        try:
            return make_plan(replace(boot, tables=tables, memory_map=self._planned_map))
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

    def has_option(self, *names: str) -> bool:
        """Return whether the command line has one of some options; dashes are underscores."""
        words = (self.command_line or "").replace("-", "_").split()
        return any(word.partition("=")[0] in names for word in words)

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

    @cached_property
    def uncovered_ram(self) -> list[Span]:
        """Whole pages of RAM that no enabled range of the SRAT holds.

        Of the first MiB the kernel counts neither the first page nor what is above 640 KiB.
        """
        if self.srat is None or not self.ram:
            return []
        low = [Span(0, PAGE_SIZE), Span(640 * KIB, MIB)]
        pages = [_whole_pages(span) for span in self.ram]
        covered = [_whole_pages(s) for s in union(item.span for item in self.srat.ranges)]
        return subtract(pages, [*low, *covered])

    @property
    def firmware_ranges(self) -> list[Span]:
        """What firmware needs, by the memory map or the EFI map of a boot log."""
        types = (MemoryType.RESERVED, MemoryType.ACPI, MemoryType.NVS, MemoryType.UNUSABLE)
        spans = self.spans_of(*types)
        log = self.boot.boot_log if self.boot is not None else None
        regions = log.efi_map if log is not None else ()
        return union([*spans, *(r.span for r in regions if r.type in BOOT_SERVICES)])

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
