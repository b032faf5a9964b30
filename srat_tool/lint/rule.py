"""What a rule is: one file, one class, one page; and what it yields.

The page is the rule file's docstring, under fixed headings; `lint/page.py` reads it. A rule never
imports another rule: what two of them need is a property of a view (`lint/views.py` and the views
of each table).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from srat_tool.lint.hit import Hit, Severity

if TYPE_CHECKING:
    from srat_tool.lint.cedt_view import CedtView
    from srat_tool.lint.hmat_view import HmatView
    from srat_tool.lint.lint_machine import LintMachine
    from srat_tool.lint.madt_view import MadtView
    from srat_tool.lint.msct_view import MsctView
    from srat_tool.lint.nfit_view import NfitView
    from srat_tool.lint.pptt_view import PpttView
    from srat_tool.lint.slit_view import SlitView
    from srat_tool.lint.srat_view import SratView
    from srat_tool.lint.views import TableView


class Scope(Enum):
    """What a rule has to be given."""

    BYTES = "bytes"
    TABLE = "table"
    MACHINE = "machine"
    PLAN = "plan"


PROFILES = ("linux", "spec", "freebsd", "xen", "illumos")
"""Whose reading of a table sets severities; the first is the default."""


class Example(NamedTuple):
    """A machine in the spec language and what the rule reports about it.

    Attributes:
        title: what is shown, as a heading.
        spec: TOML, as `srattool build` reads it.
        findings: the exact messages; empty for a clean example.
        options: settings that differ from the defaults, by name of `Settings` field.
    """

    title: str
    spec: str
    findings: tuple[str, ...] = ()
    options: Mapping[str, object] = {}


class Rule:
    """One rule.

    Attributes:
        id: stable code; a retired one is never used again.
        name: the file's name with dashes; it follows by itself.
        severity: under the `linux` profile.
        severities: under the other profiles, where it differs.
        scope: what the rule has to be given.
        table: signature of the tables that are judged one by one; empty for any table, and
            without meaning in rules about a whole machine.
        topic: what readers of the table cannot rely on where the rule has a finding; rules that
            judge what follows from it name it in `follows`.
        yields_to: codes of rules whose finding about the same structure, or about the same thing
            of the machine, has the same cause: it is listed, and names this one.
        follows: the same for any finding in the same table, or of a rule about machines, in any;
            codes, or topics.
        needs: signatures of the tables in which the rule misses something: it does not run where
            one of them could not be read whole, which has its own finding.
        examples: at least one that fails and one that is clean.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    severities: ClassVar[Mapping[str, Severity]] = {}
    scope: ClassVar[Scope] = Scope.TABLE
    table: ClassVar[str] = ""
    topic: ClassVar[str] = ""
    yields_to: ClassVar[tuple[str, ...]] = ()
    follows: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[tuple[str, ...]] = ()
    examples: ClassVar[tuple[Example, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.name = cls.__module__.rpartition(".")[2].replace("_", "-")

    def severity_for(self, profile: str) -> Severity:
        """Return the severity under a profile."""
        return self.severities.get(profile, self.severity)


class TableRule(Rule):
    """A rule about the bytes or the header of any table."""

    scope = Scope.BYTES

    def check(self, table: TableView) -> Iterator[Hit]:
        """Yield what is wrong with one table."""
        raise NotImplementedError


class SratRule(Rule):
    """A rule about one SRAT."""

    table = "SRAT"

    def check(self, srat: SratView) -> Iterator[Hit]:
        """Yield what is wrong with one SRAT."""
        raise NotImplementedError


class SlitRule(Rule):
    """A rule about one SLIT."""

    table = "SLIT"

    def check(self, slit: SlitView) -> Iterator[Hit]:
        """Yield what is wrong with one SLIT."""
        raise NotImplementedError


class HmatRule(Rule):
    """A rule about one HMAT."""

    table = "HMAT"

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        """Yield what is wrong with one HMAT."""
        raise NotImplementedError


class MsctRule(Rule):
    """A rule about one MSCT."""

    table = "MSCT"

    def check(self, msct: MsctView) -> Iterator[Hit]:
        """Yield what is wrong with one MSCT."""
        raise NotImplementedError


class CedtRule(Rule):
    """A rule about one CEDT."""

    table = "CEDT"

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        """Yield what is wrong with one CEDT."""
        raise NotImplementedError


class MadtRule(Rule):
    """A rule about one MADT."""

    table = "APIC"

    def check(self, madt: MadtView) -> Iterator[Hit]:
        """Yield what is wrong with one MADT."""
        raise NotImplementedError


class PpttRule(Rule):
    """A rule about one PPTT."""

    table = "PPTT"

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        """Yield what is wrong with one PPTT."""
        raise NotImplementedError


class NfitRule(Rule):
    """A rule about one NFIT."""

    table = "NFIT"

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        """Yield what is wrong with one NFIT."""
        raise NotImplementedError


class MachineRule(Rule):
    """A rule that needs several tables, or the lack of one."""

    scope = Scope.MACHINE

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        """Yield what is wrong with one machine."""
        raise NotImplementedError


class PlanRule(MachineRule):
    """A rule that needs the plan of the machine."""

    scope = Scope.PLAN
