"""What changed between two states of a fleet: two folders, two databases, or two firmwares.

Machines are paired by host name, else by their path below the two folders. Of machines that have no
partner, the most frequent configuration of each product before is compared with that after.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.fleet.database import Database
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.reports.answer import Cell, FleetReport, Question
from srat_tool.fleet.reports.comparing import Comparison, compare_inputs
from srat_tool.fleet.reports.subjects import Subject, each, inputs_of, subject
from srat_tool.fleet.store import is_database
from srat_tool.sources.found import Found

COLUMNS = (
    *("vendor", "product", "bios_before", "bios_after", "machines", "topology"),
    *("differences", "effects", "example"),
)
_COLUMNS = (
    "SELECT path, host, vendor, family, bios_version, fingerprint_raw, fingerprint_topology "
    "FROM machine_family WHERE status != 'error'"
)
_BELOW = f"{_COLUMNS} AND (path = ? OR substr(path, 1, ?) = ?) ORDER BY path"
_OF_BIOS = f"{_COLUMNS} AND bios_version = ? ORDER BY path"
_ALL = f"{_COLUMNS} ORDER BY path"
_VERSIONS = (
    "SELECT DISTINCT bios_version FROM machine_family WHERE bios_version IS NOT NULL ORDER BY 1"
)
_MAX_LISTED = 8


class _Machine(NamedTuple):
    path: str
    host: str | None
    vendor: str | None
    product: str | None
    bios: str | None
    raw: str
    topology: str


class _Pair(NamedTuple):
    """Two machines to compare, and how many pairs have the same tables."""

    before: _Machine
    after: _Machine
    machines: int


class _Side(NamedTuple):
    """One state of the fleet.

    Attributes:
        database: the machines are in it.
        machines: those of this state.
        prefix: what all their paths begin with, if that is how they were chosen.
    """

    database: Database
    machines: list[_Machine]
    prefix: str


def answer(question: Question) -> FleetReport:
    """Return one row for each kind of change."""
    errors: list[str] = []
    with ExitStack() as stack:
        before, after = (_side(question, word, stack) for word in question.words)
        pairs, rows = _paired(before, after)
        rows += _compared(question, pairs, before, after, errors)
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), -int(str(row[4]))))
    empty = "no table differs between them"
    return FleetReport("rollout", COLUMNS, tuple(rows), empty, errors=tuple(errors))


def _side(question: Question, word: str, stack: ExitStack) -> _Side:
    """Return the machines that a word names: a database, a folder, or a version of firmware."""
    if is_database(word):
        other = stack.enter_context(Database(Path(word)))
        return _Side(other, [_Machine(*row) for row in other.query(_ALL)], "")
    database = question.database
    folder = word.rstrip("/") + "/"
    below = database.query(_BELOW, (word, len(folder), folder))
    machines = [_Machine(*row) for row in below]
    if machines:
        return _Side(database, machines, folder)
    machines = [_Machine(*row) for row in database.query(_OF_BIOS, (word,))]
    if machines:
        return _Side(database, machines, "")
    versions = [version for (version,) in database.query(_VERSIONS)]
    raise SourceError(
        "no machine in this folder, nor with this version of firmware",
        where=word,
        expected=f"a folder, a database, or one of: {', '.join(versions[:_MAX_LISTED]) or 'none'}",
    )


def _paired(before: _Side, after: _Side) -> tuple[list[_Pair], list[tuple[Cell, ...]]]:
    """Pair machines; return each kind of pair, and rows for what has no partner."""
    pairs = list(_partners(before, after))
    if not pairs:
        return list(_by_product(before, after)), []
    count: Counter[tuple[object, ...]] = Counter()
    example: dict[tuple[object, ...], tuple[_Machine, _Machine]] = {}
    for old, new in pairs:
        kind = (new.vendor, new.product, old.bios, new.bios, old.raw, new.raw)
        count[kind] += 1
        example.setdefault(kind, (old, new))
    kinds = [_Pair(*example[kind], count[kind]) for kind in count]
    partners = {old.path for old, _ in pairs}, {new.path for _, new in pairs}
    return kinds, [*_alone(before, partners[0], "before"), *_alone(after, partners[1], "after")]


def _partners(before: _Side, after: _Side) -> Iterator[tuple[_Machine, _Machine]]:
    """Yield pairs by host name where it is unique on both sides, then by path."""
    left, right = ({m.host: m for m in side.machines if m.host} for side in (before, after))
    times = [Counter(m.host for m in side.machines) for side in (before, after)]
    done: set[str] = set()
    for host, old in left.items():
        if host in right and all(count[host] == 1 for count in times):
            done |= {old.path, right[host].path}
            yield old, right[host]
    rest = [[m for m in side.machines if m.path not in done] for side in (before, after)]
    by_path = {m.path[len(after.prefix) :]: m for m in rest[1]}
    for old in rest[0]:
        new = by_path.get(old.path[len(before.prefix) :])
        if new is not None:
            yield old, new


def _alone(side: _Side, partners: set[str], when: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for the machines of a product that are on one side only."""
    found: dict[tuple[str | None, ...], list[_Machine]] = defaultdict(list)
    for machine in side.machines:
        if machine.path not in partners:
            found[machine.vendor, machine.product, machine.bios].append(machine)
    for (vendor, product, bios), machines in found.items():
        versions = (bios, None) if when == "before" else (None, bios)
        text = (f"there {when} only",)
        yield (vendor, product, *versions, len(machines), None, text, (), machines[0].path)


def _by_product(before: _Side, after: _Side) -> Iterator[_Pair]:
    """Yield for each product its most frequent configurations before and after."""
    sides = []
    for side in (before, after):
        groups: dict[tuple[str | None, str | None], list[_Machine]] = defaultdict(list)
        for machine in side.machines:
            groups[machine.vendor, machine.product].append(machine)
        sides.append(groups)
    for product, machines in sides[0].items():
        others = sides[1].get(product)
        if others:
            yield _Pair(_typical(machines), _typical(others), len(others))


def _typical(machines: list[_Machine]) -> _Machine:
    (raw, _), *_ = Counter(machine.raw for machine in machines).most_common(1)
    return next(machine for machine in machines if machine.raw == raw)


def _compared(
    question: Question, pairs: list[_Pair], before: _Side, after: _Side, errors: list[str]
) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each kind of difference."""
    changed = [pair for pair in pairs if pair.before.raw != pair.after.raw]
    subjects = [
        subject(after.database, pair.after.path)._replace(
            others=(subject(before.database, pair.before.path),)
        )
        for pair in changed
    ]
    counts: Counter[tuple[Cell, ...]] = Counter()
    example: dict[tuple[Cell, ...], str] = {}
    for pair, (_, found, error) in zip(changed, each(_against, subjects, question), strict=True):
        if found is None:
            errors.append(error or pair.after.path)
            continue
        old, new = pair.before, pair.after
        same = "same" if old.topology == new.topology else "changed"
        kind = (new.vendor, new.product, old.bios, new.bios, same, found.changes, found.effects)
        counts[kind] += pair.machines
        example.setdefault(kind, new.path)
    for cells, count in counts.items():
        yield (*cells[:4], count, *cells[4:], example[cells])


def _against(found: Found, options: FleetOptions, one: Subject) -> Comparison:
    """Compare a machine with the state in which its partner was."""
    return compare_inputs(inputs_of(one.others[0], options), found, options)
