"""One machine: its tables joined, and what only several of them together tell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span, intersect, union
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.settings import Settings
from srat_tool.lint.slit_view import SlitView
from srat_tool.lint.srat_view import SratView
from srat_tool.lint.views import TableView
from srat_tool.tables.memmap import MemoryType

V = TypeVar("V", bound=TableView)
VIEWS: dict[bytes, type[TableView]] = {
    b"SRAT": SratView,
    b"SLIT": SlitView,
    b"HMAT": HmatView,
    b"MSCT": MsctView,
    b"CEDT": CedtView,
    b"APIC": MadtView,
    b"PPTT": PpttView,
}


class Machine:
    """The tables of one machine in the order in which they were found.

    The first of a signature is the one that counts, as for Linux; bytes that come twice (a file and
    a dump of it in one folder) are one table. The FACS has no header of the common kind.
    """

    def __init__(self, tables: Iterable[RawTable], settings: Settings) -> None:
        self.settings = settings
        unlike = {raw.data: raw for raw in reversed(list(tables)) if raw.signature != b"FACS"}
        self.tables = [VIEWS.get(r.data[:4], TableView)(r, self) for r in reversed(unlike.values())]

    @property
    def is_whole(self) -> bool:
        """Tell whether the lack of a table means something: a single file is no machine."""
        return len(self.tables) > 1 or any(t.raw.origin.inner for t in self.tables)

    def all_of(self, signature: str) -> list[TableView]:
        """Return every table of a signature, in the order found."""
        return [table for table in self.tables if table.signature == signature]

    def _first(self, kind: type[V]) -> V | None:
        return next((table for table in self.tables if isinstance(table, kind)), None)

    @cached_property
    def srat(self) -> SratView | None:
        """The SRAT that Linux would use."""
        return self._first(SratView)

    @property
    def highest_address(self) -> tuple[int, str]:
        """The end of the address space, and who says so."""
        bits = self.settings.phys_bits
        if bits is not None:
            return 1 << bits, f"the {bits} bits of a physical address"
        return 1 << 52, "the 52 bits of a physical address"

    @cached_property
    def ram(self) -> list[Span] | None:
        """Usable RAM by the memory map, sorted and joined; None when there is no map."""
        given = self.settings.memory_map
        if given is None:
            return None
        return union(entry.span for entry in given.entries if entry.type == MemoryType.RAM)

    def has_no_ram(self, span: Span) -> bool:
        """Tell whether the memory map shows that there is no RAM in a range."""
        return self.ram is not None and not intersect([span], self.ram)

    @cached_property
    def slit(self) -> SlitView | None:
        """The SLIT that Linux would use."""
        return self._first(SlitView)

    @cached_property
    def hmat(self) -> HmatView | None:
        """The HMAT that Linux would use."""
        return self._first(HmatView)

    @cached_property
    def msct(self) -> MsctView | None:
        """The MSCT that Linux would use."""
        return self._first(MsctView)

    @cached_property
    def cedt(self) -> CedtView | None:
        """The CEDT that Linux would use."""
        return self._first(CedtView)

    @cached_property
    def madt(self) -> MadtView | None:
        """The MADT that Linux would use."""
        return self._first(MadtView)

    @cached_property
    def pptt(self) -> PpttView | None:
        """The PPTT that Linux would use."""
        return self._first(PpttView)

    @property
    def has_sapic(self) -> bool:
        """Tell whether processor ids have a second part."""
        return self.madt is not None and self.madt.has_sapic

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
