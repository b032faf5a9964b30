"""Machines that differ from the others of their product, and by what.

A product's machines are grouped by topology. A group is odd if it has at most two machines, or one
in twenty of the largest group, and the largest has three times as many. An odd machine is compared
with the machine of a regular group from which it differs least. In a regular group, a machine is
odd if it alone, or nearly alone, has lint errors or a kernel that did something else than planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.fleet.database import Database
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import Cell, FleetReport, Question
from srat_tool.fleet.reports.comparing import Comparison, compare_inputs
from srat_tool.fleet.reports.subjects import Subject, each, inputs_of, subject
from srat_tool.sources.found import Found

COLUMNS = ("path", "host", "vendor", "product", "by", "compared_with", "differences", "effects")
_GROUPS = """
SELECT vendor, family, fingerprint_topology, COUNT(*), MIN(path), MAX(nodes), MAX(ram_bytes)
FROM machine_family WHERE fingerprint_topology != '' AND status != 'error'
GROUP BY vendor, family, fingerprint_topology
ORDER BY vendor, family, COUNT(*) DESC, MIN(path)
"""
_MEMBERS = """
SELECT path, host FROM machine_family
WHERE vendor IS ? AND family IS ? AND fingerprint_topology = ? AND status != 'error' ORDER BY path
"""
_FAULTS = """
SELECT m.path, m.host, m.vendor, m.family, m.fingerprint_topology, {fault} FROM machine_family AS m
WHERE {fault} AND m.fingerprint_topology != '' ORDER BY m.path
"""
_SHARE = """
SELECT COUNT(*), SUM({fault}), MIN(CASE WHEN NOT {fault} THEN path END) FROM machine_family AS m
WHERE vendor IS ? AND family IS ? AND fingerprint_topology = ? AND {known}
"""
_FEW, _SMALL_SHARE, _MARGIN = 2, 20, 3
_CANDIDATES = 4


class _TopologyGroup(NamedTuple):
    vendor: str | None
    product: str | None
    topology: str
    machines: int
    example: str
    nodes: int | None
    ram: int | None


def is_odd(count: int, largest: int) -> bool:
    """Return whether a group of so many is odd next to the largest one."""
    return count * _MARGIN <= largest and (count <= _FEW or count * _SMALL_SHARE <= largest)


def answer(question: Question) -> FleetReport:
    """Return one row for each odd machine."""
    errors: list[str] = []
    rows = [*_by_topology(question, errors), *_by_fault(question.database)]
    rows.sort(key=lambda row: str(row[0]))
    empty = "no machine differs from the others of its product"
    return FleetReport("odd", COLUMNS, tuple(rows), empty, errors=tuple(errors))


class _OddGroup(NamedTuple):
    odd: _TopologyGroup
    regular: tuple[_TopologyGroup, ...]


def _pairs(database: Database) -> Iterator[_OddGroup]:
    """Yield each odd group with the regular ones that are nearest by size."""
    groups = (_TopologyGroup(*row) for row in database.query(_GROUPS))
    for _, found in groupby(groups, key=lambda group: (group.vendor, group.product)):
        members = list(found)
        largest = members[0].machines
        regular = [group for group in members if not is_odd(group.machines, largest)]
        for group in members:
            if is_odd(group.machines, largest):
                yield _OddGroup(group, tuple(_nearest(group, regular)))


def _nearest(group: _TopologyGroup, regular: list[_TopologyGroup]) -> list[_TopologyGroup]:
    def distance(other: _TopologyGroup) -> tuple[int, int, int]:
        nodes = abs((other.nodes or 0) - (group.nodes or 0))
        return nodes, abs((other.ram or 0) - (group.ram or 0)), -other.machines

    near = sorted(regular, key=distance)[:_CANDIDATES]
    # The largest group is what one expects, however far it is.
    return near if regular[0] in near else [*near, regular[0]]


def _by_topology(question: Question, errors: list[str]) -> Iterator[tuple[Cell, ...]]:
    database = question.database
    pairs = list(_pairs(database))
    subjects = [
        subject(database, pair.odd.example)._replace(
            others=tuple(subject(database, group.example) for group in pair.regular)
        )
        for pair in pairs
    ]
    for pair, (one, found, error) in zip(pairs, each(_compared, subjects, question), strict=True):
        if found is None:
            errors.append(error or one.path)
            continue
        other, comparison = found
        group = pair.odd
        members = database.query(_MEMBERS, (group.vendor, group.product, group.topology))
        for path, host in members:
            known = (path, host, group.vendor, group.product, "topology", other)
            yield (*known, comparison.changes, comparison.effects)


def _compared(found: Found, options: FleetOptions, one: Subject) -> tuple[str, Comparison]:
    """Compare a machine with others, and return the one that differs least."""
    compared: list[tuple[str, Comparison]] = []
    failed: SratToolError | None = None
    for other in one.others:
        try:
            inputs = inputs_of(other, options)
        except SratToolError as error:
            failed = error
            continue
        compared.append((other.path, compare_inputs(inputs, found, options)))
    if not compared and failed is not None:
        raise failed
    return min(compared, key=lambda pair: len(pair[1].changes))


_KINDS = (
    ("lint", "m.lint_errors > 0", "lint_errors IS NOT NULL"),
    ("verify", "m.verify = 'different'", "verify IN ('equal', 'different')"),
)


def _by_fault(database: Database) -> Iterator[tuple[Cell, ...]]:
    """Yield machines with errors that others of the same product and topology do not have."""
    for name, fault, known in _KINDS:
        share = _SHARE.format(fault=fault, known=known)
        shares: dict[tuple[object, ...], tuple[int, int, str | None]] = {}
        for path, host, vendor, product, topology, _ in list(
            database.query(_FAULTS.format(fault=fault))
        ):
            group = (vendor, product, topology)
            if group not in shares:
                ((count, faulty, good),) = database.query(share, group)
                shares[group] = count, faulty or 0, good
            count, faulty, good = shares[group]
            if good is not None and is_odd(faulty, count - faulty):
                words = _words(name, database, path)
                yield (path, host, vendor, product, name, good, words, ())


def _words(name: str, database: Database, path: str) -> tuple[str, ...]:
    """Return the sentences that explain what is wrong with the machine."""
    if name == "lint":
        rules = [rule for (rule,) in database.query(_RULES, (path,))]
        return (f"lint has errors, the others have none; rules with findings: {' '.join(rules)}",)
    return ("the kernel did something else than planned; srattool verify shows it",)


_RULES = "SELECT rule FROM lint_rule WHERE path = ? ORDER BY rule"
