"""From tables to findings: machines put together, rules run, places filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath

from srat_tool.base.rawtable import RawTable
from srat_tool.lint.context import Machine
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.page import page
from srat_tool.lint.rule import Hit, MachineRule, PlanRule, Rule
from srat_tool.lint.rules import load, relevant
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import TableView
from srat_tool.sources.found import Found

MOST_PER_RULE = 200


def lint(found: Found, settings: Settings, selection: Selection) -> Report:
    """Judge everything that was found."""
    findings: list[Finding] = []
    checked: list[RawTable] = []
    for machine in machines(found.tables, settings):
        checked += [table.raw for table in machine.tables]
        findings += judge(machine, selection)
    return Report(
        findings=tuple(findings),
        checked=tuple(checked),
        not_checked=tuple(one for one in found.refused if one.matters),
        opened=tuple(found.opened),
    )


def machines(tables: Iterable[RawTable], settings: Settings) -> list[Machine]:
    """Put together what belongs together, in the order found.

    Tables of one folder, archive, dump or image share their origin's machine. Files that were named
    one by one belong together when they lie in one folder and no two are of one kind.
    """
    groups: dict[object, list[RawTable]] = {}
    for raw in tables:
        groups.setdefault(_group(raw), []).append(raw)
    made = []
    for key, members in groups.items():
        kinds = Counter(raw.signature for raw in members)
        if key in _loose(members) and max(kinds.values()) > 1:
            made += [Machine([raw], settings) for raw in members]
        else:
            made.append(Machine(members, settings))
    return [machine for machine in made if machine.tables]


def _group(raw: RawTable) -> object:
    origin = raw.origin
    if origin.inner or origin.machine:
        return (origin.path, origin.machine)
    return PurePath(origin.path).parent


def _loose(members: list[RawTable]) -> set[object]:
    """Return the group's key when its members were named one by one."""
    return {PurePath(m.origin.path).parent for m in members if not m.origin.inner}


def judge(machine: Machine, selection: Selection) -> list[Finding]:
    """Run every rule that is selected and has something to look at."""
    signatures = {table.signature for table in machine.tables}
    findings: list[Finding] = []
    for entry in relevant(signatures):
        if selection.wants(entry):
            findings += _run(load(entry)(), machine)
    findings = [f for f in findings if not selection.ignores(f)]
    order = {id(table.raw): index for index, table in enumerate(machine.tables)}
    findings.sort(key=lambda f: (order[id(f.raw)], -1 if f.offset is None else f.offset, f.id))
    return findings


def _run(rule: Rule, machine: Machine) -> Iterator[Finding]:
    if isinstance(rule, PlanRule) and machine.srat is None:
        return
    if isinstance(rule, MachineRule):
        first = machine.srat or machine.tables[0]
        yield from _bounded(rule, first, rule.check(machine))
        return
    for table in machine.all_of(rule.table) if rule.table else machine.tables:
        yield from _bounded(rule, table, rule.check(table))  # type: ignore[attr-defined]


def _bounded(rule: Rule, table: TableView, hits: Iterator[Hit]) -> Iterator[Finding]:
    """Yield at most so many findings of one rule, and then one that says how many more."""
    for hit in islice(hits, MOST_PER_RULE):
        yield _finding(rule, table, hit)
    more = sum(1 for _ in hits)
    if more:
        yield _finding(rule, table, Hit(f"{more} more places of the same kind are not listed"))


def _finding(rule: Rule, table: TableView, hit: Hit) -> Finding:
    view = hit.table or table
    profile = table.machine.settings.profile
    severity = rule.severity_for(profile) if hit.severity is None else hit.severity
    text = page(type(rule))
    return Finding(
        rule.id,
        rule.name,
        severity,
        hit.message,
        view.raw,
        hit.offset,
        hit.size,
        hit.entry,
        hit.why or text.what_linux_does,
        text.how_to_fix,
    )
