"""From tables to findings: machines put together, rules run, places filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from srat_tool.base.rawtable import RawTable
from srat_tool.lint.context import LintMachine
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Hit
from srat_tool.lint.page import page
from srat_tool.lint.rule import MachineRule, PlanRule, Rule, Scope
from srat_tool.lint.rules import load, relevant
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import EntryView, TableView
from srat_tool.sources.found import Found

if TYPE_CHECKING:
    from srat_tool.plan.machine import Machine as Boot

MOST_PER_RULE = 200


BootOf = Callable[[Found], "Boot | None"]


def lint(
    found: Found,
    settings: Settings,
    selection: Selection,
    boot_of: BootOf | None = None,
    watch: Callable[[str], None] | None = None,
) -> Report:
    """Judge everything that was found.

    Args:
        found: tables of any number of machines, and what was found with them.
        settings: what was asked for.
        selection: which rules run, and where.
        boot_of: tells what one machine's files say about a boot of it; None when no option.
        watch: called with the place of each machine's first table, before it is judged.
    """
    findings: list[Finding] = []
    checked: list[RawTable] = []
    ruled = 0
    for machine in machines(found, settings, boot_of):
        if watch is not None:
            watch(machine.tables[0].raw.origin.label)
        checked += [table.raw for table in machine.tables]
        ruled += sum(table.has_rules for table in machine.tables)
        findings += judge(machine, selection)
    return Report(
        findings=tuple(findings),
        checked=tuple(checked),
        not_checked=found.missed,
        opened=tuple(found.opened),
        ruled=ruled,
    )


def machines(found: Found, settings: Settings, boot_of: BootOf | None = None) -> list[LintMachine]:
    """Put together what belongs together, in the order found.

    Tables of one folder, archive, dump or image share their origin's machine. Files that were named
    one by one belong together when they are in one folder and no two are of one kind. What else
    was named, a boot log say, belongs to the only machine, if there is only one.
    """
    groups = found.machines()
    parts = [part for group in groups if group.tables for part in _split(group)]
    if len(parts) == 1:
        parts[0].evidence = [one for group in groups for one in group.evidence]
    boots = (None if boot_of is None else boot_of(part) for part in parts)
    made = [LintMachine(p.tables, settings, boot) for p, boot in zip(parts, boots, strict=True)]
    return [machine for machine in made if machine.tables]


def _split(group: Found) -> list[Found]:
    """Take apart files that were named one by one, by folder, and where two are of one kind."""
    if not all(_is_loose(raw) for raw in group.tables):
        return [group]
    folders: dict[PurePath, dict[str, list[RawTable]]] = {}
    for raw in group.tables:
        folder = folders.setdefault(PurePath(raw.origin.path).parent, {})
        folder.setdefault(raw.origin.path, []).append(raw)
    parts: list[list[RawTable]] = []
    for files in folders.values():
        kinds = [
            signature for tables in files.values() for signature in {t.signature for t in tables}
        ]
        twins = len(set(kinds)) < len(kinds)
        parts += files.values() if twins else [[raw for tables in files.values() for raw in tables]]
    return [Found(tables=tables, evidence=list(group.evidence)) for tables in parts]


def _is_loose(raw: RawTable) -> bool:
    return not raw.origin.inner and not raw.origin.machine


def judge(machine: LintMachine, selection: Selection) -> list[Finding]:
    """Run every rule that is selected and has something to look at."""
    findings: list[Finding] = []
    causes: dict[str, tuple[str, ...]] = {}
    for entry in relevant(machine):
        if selection.wants(entry):
            rule = load(entry)
            causes[entry.id] = rule.yields_to
            findings += _run(rule(), machine)
    findings = [f for f in findings if not selection.ignores(f)]
    findings = one_per_cause(findings, causes)
    order = {id(table.raw): index for index, table in enumerate(machine.tables)}
    findings.sort(key=lambda f: (order[id(f.raw)], -1 if f.offset is None else f.offset, f.id))
    return findings


def one_per_cause(findings: list[Finding], causes: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """Leave out findings that another one about the same structure explains, and name them there.

    Args:
        findings: in any order.
        causes: for each rule the codes of the rules that it yields to, the first of them first.
    """
    by_place = {(f.id, id(f.raw), f.entry): f for f in findings if f.entry is not None}
    also: dict[int, list[str]] = {}
    kept = []
    for finding in findings:
        places = ((code, id(finding.raw), finding.entry) for code in causes[finding.id])
        cause = next((by_place[place] for place in places if place in by_place), None)
        if cause is None:
            kept.append(finding)
        else:
            also.setdefault(id(cause), []).append(finding.id)
    return [f._replace(also=(*f.also, *also[id(f)])) if id(f) in also else f for f in kept]


def _run(rule: Rule, machine: LintMachine) -> Iterator[Finding]:
    if isinstance(rule, PlanRule) and machine.srat is None:
        return
    if isinstance(rule, MachineRule):
        first = machine.srat or machine.tables[0]
        yield from _bounded(rule, first, rule.check(machine))
        return
    for table in machine.all_of(rule.table) if rule.table else machine.tables:
        if table.is_stub and rule.scope is not Scope.BYTES:
            continue
        yield from _bounded(rule, table, rule.check(table))  # type: ignore[attr-defined]


def _bounded(rule: Rule, table: TableView, hits: Iterator[Hit]) -> Iterator[Finding]:
    """Yield at most so many findings of one rule, and then one with the number of the rest."""
    for hit in islice(hits, MOST_PER_RULE):
        yield _finding(rule, table, hit)
    more = sum(1 for _ in hits)
    if more:
        yield _finding(rule, table, Hit(f"{more} more places of the same kind are not listed"))


def _finding(rule: Rule, table: TableView, hit: Hit) -> Finding:
    view = hit.table or table
    profile = table.settings.profile
    severity = rule.severity_for(profile) if hit.severity is None else hit.severity
    text = page(type(rule))
    message, number = hit.message, None
    if isinstance(view, EntryView) and hit.entry is not None:
        message, number = f"{view.name(hit.entry)}: {message}", view.number(hit.entry)
    return Finding(
        rule.id,
        rule.name,
        severity,
        message,
        view.raw,
        hit.offset,
        hit.size,
        number,
        hit.why or text.what_linux_does,
        text.how_to_fix,
    )
