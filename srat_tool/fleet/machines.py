"""From a unit of files to the machines in it, and the errors of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.api.inputs import add_built, without_copies
from srat_tool.base.errors import SratToolError
from srat_tool.base.limits import Budget
from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.fleet.unit import Unit, below
from srat_tool.sources.detect import gather, gather_members
from srat_tool.sources.found import Evidence, Found, Role
from srat_tool.sources.place import claims_table, role_of

_IDENTITY = frozenset({Role.HOST_NAME, Role.DMI})
# A machine is known by one of these, or by a table.
_MACHINES = frozenset({Role.BOOT_LOG, Role.SPEC})
_NEUTRAL = "machine"
MAX_LOGS = 48 << 20
"""Bytes of kernel logs that are read for the machines of a unit; sosreports hold many old ones."""


class FleetMachine(NamedTuple):
    """One machine as it was read.

    Attributes:
        path: its name in the fleet.
        found: its tables and evidence.
        errors: what of it could not be read.
    """

    path: str
    found: Found
    errors: tuple[str, ...] = ()


def read_unit(unit: Unit, budget: Budget) -> list[FleetMachine]:
    """Return the machines of a unit, and for what belongs to none of them one with errors alone."""
    try:
        found = (
            gather_members(unit.top, unit.members, budget, MAX_LOGS)
            if unit.members
            else gather([unit.top], budget)
        )
        add_built(found)
    except SratToolError as error:
        return [FleetMachine(unit.name, Found(), (error.message,))]
    parts = list(_machines(found))
    if not parts:
        return _no_machine(unit, found)
    names = _names(unit, parts)
    errors = [(one.label, f"{one.label}: {one.reason}") for one in found.missed]
    if len(parts) == 1:
        return [FleetMachine(names[0], parts[0], tuple(text for _, text in errors))]
    return list(_with_errors(unit, names, parts, errors))


def _machines(found: Found) -> Iterator[Found]:
    parts = [part for part in found.machines() if part.tables or _is_machine(part)]
    loose = [part for part in parts if part.tables and not _is_inside(part)]
    if len(loose) == 1 and len(parts) > 1:
        # The tables as files, and next to them a dump of the same.
        copies = without_copies(parts)
        parts = [part for part in parts if not part.tables or any(part is one for one in copies)]
    yield from parts


def _is_machine(part: Found) -> bool:
    return any(one.role in _MACHINES for one in part.evidence)


def _is_inside(part: Found) -> bool:
    """Return whether tables are inside of a file that may hold several machines."""
    origin = part.tables[0].origin
    if not origin.member:
        return bool(origin.inner) and origin.kind is not OriginKind.BUILT
    return origin.machine.startswith(origin.member)


def _no_machine(unit: Unit, found: Found) -> list[FleetMachine]:
    """Return what was expected to be a machine and is none, with the reason."""
    errors = tuple(f"{one.label}: {one.reason}" for one in found.missed)
    if not errors and unit.named:
        refused = (f"{one.label}: {one.reason}" for one in found.refused)
        errors = tuple(refused) or (f"{unit.name}: no ACPI table and no kernel log",)
    return [FleetMachine(unit.name, Found(), errors)] if errors else []


def _with_errors(
    unit: Unit, names: list[str], parts: list[Found], errors: list[tuple[str, str]]
) -> Iterator[FleetMachine]:
    """Assign each error to the machine in whose files it is; the rest becomes a separate row."""
    left: list[str] = []
    by_name: dict[str, list[str]] = {name: [] for name in names}
    for label, text in errors:
        owner = max((n for n in names if label.startswith(n)), key=len, default=None)
        (left if owner is None else by_name[owner]).append(text)
    for name, part in zip(names, parts, strict=True):
        yield FleetMachine(name, part, tuple(by_name[name]))
    if left:
        yield FleetMachine(f"{unit.name} (not read)", Found(), tuple(left))


def _names(unit: Unit, parts: list[Found]) -> list[str]:
    """Return a name for each machine: its folder or file, and what is inside where it is several.

    Names stay when machines are added elsewhere.
    """
    if len(parts) == 1:
        return [_home(unit, parts[0])]
    names: list[str] = []
    taken: dict[str, int] = {}
    for part in parts:
        name = _full_name(unit, part)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return names


def _home(unit: Unit, part: Found) -> str:
    """Return the name of the only machine of a unit: its folder, or the file that holds it."""
    if len(unit.members) == 1 and not _is_part(unit.members[0]):
        return unit.name
    if part.tables and _is_inside(part):
        return part.tables[0].origin.file
    return unit.name if not unit.members else below(unit.top, _machine(part))


def _is_part(member: str) -> bool:
    """Return whether a file is named as a part of a machine, and not as the whole of one."""
    return claims_table(member) or role_of(member) is not None


def _full_name(unit: Unit, part: Found) -> str:
    if not part.tables:
        return part.evidence[0].label
    origin = part.tables[0].origin
    inside = origin.machine.removeprefix(origin.member).lstrip("/")
    if _is_inside(part):
        return f"{origin.file}!{inside}" if inside else origin.file
    file = origin.file
    variants = not origin.machine or file.startswith(below(unit.top, origin.machine))
    return file if variants else below(unit.top, origin.machine)


def _machine(part: Found) -> str:
    if part.tables:
        return part.tables[0].origin.machine
    one = part.evidence[0]
    return one.machine or one.label.removeprefix(one.path).lstrip("/!")


def neutral(found: Found) -> Found:
    """Return a machine without where it was found, so that equal machines are equal values.

    The last part of each name stays: it is the name of a table, or the kind of a file in /sys. What
    only identifies the machine is left out.
    """
    tables = [raw._replace(origin=_neutral_origin(raw)) for raw in found.tables]
    evidence = [
        one._replace(label=_neutral_label(one), path=_NEUTRAL, machine="")
        for one in found.evidence
        if one.role not in _IDENTITY
    ]
    return Found(tables=tables, evidence=evidence)


def _neutral_origin(raw: RawTable) -> Origin:
    origin = raw.origin
    name = (origin.inner or origin.path).rpartition("/")[2]
    return Origin(path=_NEUTRAL, inner=name, kind=origin.kind)


def _neutral_label(one: Evidence) -> str:
    label = one.label
    at = label.rfind("sys/")
    return label[at:] if at >= 0 else label.rpartition("/")[2]
