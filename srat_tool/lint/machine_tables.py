"""The tables of one machine: which of a kind counts, and each through its view."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from srat_tool.base.rawtable import RawTable
from srat_tool.grammar.registry import decode
from srat_tool.lint.machine_facts import SHOWING, with_machine_facts
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import EntryView, TableView
from srat_tool.tables.kinds import BY_SIGNATURE

if TYPE_CHECKING:
    from srat_tool.lint.cedt_view import CedtView
    from srat_tool.lint.hmat_view import HmatView
    from srat_tool.lint.madt_view import MadtView
    from srat_tool.lint.msct_view import MsctView
    from srat_tool.lint.nfit_view import NfitView
    from srat_tool.lint.pptt_view import PpttView
    from srat_tool.lint.slit_view import SlitView
    from srat_tool.lint.srat_view import SratView

View = TypeVar("View", bound=TableView)


def view_class(signature: bytes) -> type[TableView]:
    """Return what tables of a signature are seen through; machines have few kinds."""
    kind = BY_SIGNATURE.get(signature)
    if kind is None:
        return TableView
    name = f"srat_tool.lint.{kind.module}_view"
    if find_spec(name) is None:
        return EntryView if kind.structures else TableView
    view: type[TableView] = getattr(import_module(name), f"{kind.module.title()}View")
    return view


class MachineTables:
    """The tables of one machine in the order in which they were found.

    The first of a signature is the one that counts, as for Linux; bytes that come twice (a file and
    a dump of it in one folder) are one table, and `copies` holds the others of them. The FACS has
    no header of the common kind.

    Args:
        tables: raw tables.
        settings: what was asked for.
        arch: the architecture that the user names; None for that of the tables.
    """

    def __init__(
        self, tables: Iterable[RawTable], settings: Settings, arch: str | None = None
    ) -> None:
        unlike: dict[bytes, RawTable] = {}
        self.copies: list[RawTable] = []
        for raw in tables:
            if raw.signature != b"FACS" and unlike.setdefault(raw.data, raw) is not raw:
                self.copies.append(raw)
        first = {raw.signature: raw for raw in reversed(unlike.values())}
        # What these two show completes the settings that every view is made with.
        shown = {id(raw): decode(raw.data) for sig, raw in first.items() if sig in SHOWING}
        facts = {sig: shown[id(raw)].table for sig, raw in first.items() if sig in SHOWING}
        self.settings = with_machine_facts(settings, facts, arch)
        self.tables = [
            view_class(raw.signature)(raw, self.settings, shown.get(id(raw)))
            for raw in unlike.values()
        ]

    @property
    def is_whole(self) -> bool:
        """Whether a missing table means something: a single file is not a whole machine."""
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

    @cached_property
    def nfit(self) -> NfitView | None:
        """The NFIT that Linux would use."""
        found: NfitView | None = self._first("NFIT")
        return found

    @property
    def boot_cpu(self) -> int | None:
        """APIC id of the boot processor, as asked for or else the lowest enabled one."""
        if self.settings.boot_cpu is not None or self.madt is None:
            return self.settings.boot_cpu
        ids = [cpu.key.number for cpu in self.madt.cpus if cpu.enabled and cpu.key.space == "apic"]
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
    def package_of_domain(self) -> dict[int, int]:
        """The package of each domain whose processors are all in one."""
        found: dict[int, set[int]] = {}
        for package, domains in self.domains_by_package.items():
            for domain in domains:
                found.setdefault(domain, set()).add(package)
        return {domain: homes.pop() for domain, homes in found.items() if len(homes) == 1}
