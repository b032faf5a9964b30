"""Machines for tests: from a spec, or from a few lines of one table."""

from __future__ import annotations

from collections.abc import Mapping

from srat_tool.authoring.assemble import assemble, with_spec
from srat_tool.authoring.spec import parse_spec
from srat_tool.lint.engine import judge, lint
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.lint.srat_view import SratView
from srat_tool.plan.machine import Machine
from srat_tool.sources.found import Found

TWO_NODES = """
apic 0 0..1
apic 1 2..3
mem 0 0+4G
mem 1 4G+4G
"""


def machine(spec: str, options: Mapping[str, object] | None = None) -> LintMachine:
    """Return the machine that a spec describes, with its memory map and kernel."""
    parsed = parse_spec(spec, "example")
    tables = assemble(parsed)
    boot = with_spec(Machine(tables=tables), parsed)
    settings = Settings(
        kernel_config=dict(parsed.kernel.config),
        **(options or {}),  # type: ignore[arg-type]
    )
    return LintMachine(tables, settings, boot)


def table_spec(section: str, entries: str, more: str = "") -> str:
    """Return a spec of one table that is made of entries."""
    return f"[{section}]\n{more}\nentries = '''\n{entries}\n'''\n"


def srat_spec(entries: str, more: str = "") -> str:
    """Return a spec of one SRAT."""
    return table_spec("srat", entries, more)


def srat_view(entries: str, more: str = "") -> SratView:
    """Return one SRAT as rules see it."""
    view = machine(srat_spec(entries, more)).srat
    assert view is not None
    return view


def findings(spec: str, *select: str, **options: object) -> list[Finding]:
    """Return the findings of the selected rules, or all, for a spec."""
    return judge(machine(spec, options), Selection(select=select))


def report(spec: str) -> Report:
    """Return a whole run over a spec."""
    found = Found(tables=list(assemble(parse_spec(spec, "example"))))
    return lint(found, Settings(), Selection())
