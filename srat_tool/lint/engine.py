"""From tables to findings: machines put together, rules run, places filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.pool import in_order
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.lint.alike import one_of_many
from srat_tool.lint.causes import one_per_cause
from srat_tool.lint.finding import Finding, Report
from srat_tool.lint.hit import Hit
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.page import page, with_values
from srat_tool.lint.rule import MachineRule, PlanRule, Rule, Scope
from srat_tool.lint.rules import load, relevant
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import EntryView, TableView
from srat_tool.sources.found import Found, Refusal

if TYPE_CHECKING:
    from srat_tool.plan.machine import Machine as Boot

MAX_PER_RULE = 200
_NO_TABLE = RawTable(Origin(""), b"")
_KILLED = "the process that checked it was killed, out of memory perhaps; try --jobs 1"
BATCH = 16
"""Machines that a process judges before it reports."""

BootOf = Callable[[Found], "Boot | None"]


class Judged(NamedTuple):
    """What judging one machine gave, without the tables, which need not cross processes.

    Attributes:
        tables: which of the machine's tables were judged, by their place.
        ruled: how many of them are of a kind that has rules.
        findings: each with the place of its table in place of the table.
        notes: what reading the files next to the tables had to do without.
    """

    tables: tuple[int, ...]
    ruled: int
    findings: tuple[tuple[int, Finding], ...]
    notes: tuple[str, ...]


def lint(
    found: Found,
    settings: Settings,
    selection: Selection,
    boot_of: BootOf | None = None,
    watch: Callable[[str], None] | None = None,
    *,
    jobs: int = 1,
) -> Report:
    """Judge everything that was found.

    Args:
        found: tables of any number of machines, and what was found with them.
        settings: what was asked for.
        selection: which rules run, and where.
        boot_of: returns the boot that one machine's files show; None without such an option.
        watch: called with the place of each machine's first table, when it was judged, or before
            it is when one process does all.
        jobs: processes that judge machines, where there are many.
    """
    parts = _parts(found)
    findings: list[Finding] = []
    checked: list[RawTable] = []
    missed = list(found.missed)
    notes: dict[str, None] = {}
    ruled = 0
    for part, judged in _judged(parts, settings, selection, boot_of, jobs):
        if watch is not None:
            watch(part.tables[0].origin.label)
        if judged is None:
            missed.append(Refusal(part.tables[0].origin.label, _KILLED))
            continue
        checked += [part.tables[at] for at in judged.tables]
        ruled += judged.ruled
        findings += [one._replace(raw=part.tables[at]) for at, one in judged.findings]
        notes |= dict.fromkeys(judged.notes)
    return Report(
        findings=tuple(findings),
        checked=tuple(checked),
        not_checked=tuple(missed),
        opened=tuple(found.opened),
        ruled=ruled,
        notes=tuple(notes),
    )


def _judged(
    parts: list[Found],
    settings: Settings,
    selection: Selection,
    boot_of: BootOf | None,
    jobs: int,
) -> Iterator[tuple[Found, Judged | None]]:
    """Judge machines in order; None for one whose process was killed."""

    def work(at: int) -> list[Judged | None]:
        return [_judge_part(part, settings, selection, boot_of) for part in parts[at : at + size]]

    def lost(at: int) -> list[Judged | None]:
        return [None] * len(parts[at : at + size])

    size = BATCH if len(parts) >= 2 * BATCH else 1
    jobs = jobs if size > 1 else 1
    batches = in_order(work, range(0, len(parts), size), jobs=jobs, lost=lost)
    return zip(parts, chain.from_iterable(batches), strict=True)


def _judge_part(
    part: Found, settings: Settings, selection: Selection, boot_of: BootOf | None
) -> Judged:
    boot = None if boot_of is None else boot_of(part)
    machine = LintMachine(part.tables, settings, boot)
    places = {id(raw): at for at, raw in enumerate(part.tables)}
    findings = judge(machine, selection) if machine.tables else []
    return Judged(
        tables=tuple(places[id(table.raw)] for table in machine.tables),
        ruled=sum(table.has_rules for table in machine.tables),
        findings=tuple((places[id(one.raw)], one._replace(raw=_NO_TABLE)) for one in findings),
        notes=() if boot is None else boot.notes,
    )


def machines(found: Found, settings: Settings, boot_of: BootOf | None = None) -> list[LintMachine]:
    """Put together what belongs together, in the order found."""
    parts = _parts(found)
    boots = (None if boot_of is None else boot_of(part) for part in parts)
    made = [LintMachine(p.tables, settings, boot) for p, boot in zip(parts, boots, strict=True)]
    return [machine for machine in made if machine.tables]


def _parts(found: Found) -> list[Found]:
    """Return what belongs together, in the order found.

    Tables of one folder, archive, dump or image share their origin's machine. Files that were named
    one by one belong together when they are in one folder and no two are of one kind. What else
    was named, such as a boot log, belongs to the only machine, if there is only one.
    """
    groups = found.machines()
    parts = [part for group in groups if group.tables for part in _split(group)]
    if len(parts) == 1:
        parts[0].evidence = [one for group in groups for one in group.evidence]
    return parts


def _split(group: Found) -> list[Found]:
    """Split files that were named one by one, by folder, and where two are of one kind."""
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
    rules: dict[str, type[Rule]] = {}
    for entry in relevant(machine):
        if selection.wants(entry):
            rule = load(entry)
            rules[entry.id] = rule
            findings += _run(rule(), machine)
    findings = [f for f in findings if not selection.ignores(f)]
    findings = one_per_cause(findings, rules)
    order = {id(table.raw): index for index, table in enumerate(machine.tables)}
    findings.sort(key=lambda f: (order[id(f.raw)], -1 if f.offset is None else f.offset, f.id))
    return findings


def _run(rule: Rule, machine: LintMachine) -> Iterator[Finding]:
    if isinstance(rule, PlanRule) and machine.srat is None:
        return
    if not all(table.is_complete for kind in rule.needs for table in machine.all_of(kind)):
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
    listed, more = one_of_many(hits, MAX_PER_RULE)
    for hit in listed:
        yield _finding(rule, table, hit)
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
        hit.why or with_values(text.what_linux_does, hit.values),
        text.how_to_fix,
        about=hit.about,
    )
