"""Which operating systems keep NUMA on a machine's firmware, and the first reason why one does not.

Linux is answered by plans, the others by their checks in `lint/systems`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.views import EntryView

LINUX = ("4.18", "5.14", "6.1", "6.12", "7.2")
SYSTEMS = {"xen": "Xen", "freebsd": "FreeBSD", "illumos": "illumos"}
WINDOWS = "Windows"
NO_SRAT = "there is no SRAT"


class SystemVerdict(NamedTuple):
    """Whether one system keeps NUMA on a machine.

    Attributes:
        machine: where the machine's first table is, unescaped.
        system: its name and, for Linux, the release.
        keeps_numa: whether its nodes come from the SRAT; None when this cannot be known.
        reason: the first reason why not, or what the answer assumes; empty for none.
        entry: index of the structure that the reason is about; None for none.
    """

    machine: str
    system: str
    keeps_numa: bool | None
    reason: str = ""
    entry: int | None = None


class Verdicts(NamedTuple):
    """The verdicts on every machine of some inputs.

    Attributes:
        verdicts: by machine, each system in the same order.
        not_checked: labels of inputs that could not be read, with the reason.
    """

    verdicts: tuple[SystemVerdict, ...]
    not_checked: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        lost = sum(one.keeps_numa is False for one in self.verdicts)
        return f"<Verdicts {len(self.verdicts)} of systems on machines, {lost} without NUMA>"

    @property
    def all_keep_numa(self) -> bool:
        """Whether no system loses NUMA on any machine, and all of Linux is known to keep it."""
        return all(
            one.keeps_numa or (one.keeps_numa is None and not one.system.startswith("Linux"))
            for one in self.verdicts
        )


def verdicts(machine: LintMachine) -> Iterator[SystemVerdict]:
    """Yield the verdict of each system on one machine."""
    where = machine.tables[0].raw.origin.label
    for release in LINUX:
        yield _linux(machine, where, release)
    for module, name in SYSTEMS.items():
        yield _other(machine, where, module, name)
    yield _windows(machine, where)


def _linux(machine: LintMachine, where: str, release: str) -> SystemVerdict:
    name = f"Linux {release}"
    if machine.srat is None:
        return SystemVerdict(where, name, keeps_numa=False, reason=NO_SRAT)
    plan = machine.plan_for(release)
    if plan is None:
        reason = "the structures of this architecture or their number are not planned"
        return SystemVerdict(where, name, keeps_numa=None, reason=reason)
    if plan.panic or plan.crash:
        return SystemVerdict(where, name, keeps_numa=False, reason=plan.panic or plan.crash or "")
    return SystemVerdict(where, name, plan.numa_used == "srat", plan.rejected or "")


def _other(machine: LintMachine, where: str, module: str, name: str) -> SystemVerdict:
    if machine.srat is None:
        return SystemVerdict(where, name, keeps_numa=False, reason=NO_SRAT)
    system = import_module(f"srat_tool.lint.systems.{module}")
    arch = machine.settings.architecture
    if arch not in system.ARCHITECTURES:
        known = " and ".join(system.ARCHITECTURES)
        reason = (
            f"how it reads an SRAT is known for {known}, and this machine is {arch or 'neither'}"
        )
        return SystemVerdict(where, name, keeps_numa=None, reason=reason)
    hit = next(system.refusals(machine), None)
    if hit is None:
        return SystemVerdict(where, name, keeps_numa=True)
    if isinstance(hit.table, EntryView) and hit.entry is not None:
        number = hit.table.number(hit.entry)
        reason = f"{hit.table.name(hit.entry)}: {hit.message}"
        return SystemVerdict(where, name, keeps_numa=False, reason=reason, entry=number)
    return SystemVerdict(where, name, keeps_numa=False, reason=hit.message)


def _windows(machine: LintMachine, where: str) -> SystemVerdict:
    """Return the verdict for Windows by its documentation; its source is not public."""
    if machine.srat is None:
        return SystemVerdict(where, WINDOWS, keeps_numa=False, reason=NO_SRAT)
    hot = len(machine.hot_ranges)
    has = f"this SRAT has {hot}" if hot else "this SRAT has none"
    reason = (
        "its source is not public; Microsoft documents only that hot-added memory needs enabled "
        f"hot-pluggable ranges in the SRAT, and {has}"
    )
    return SystemVerdict(where, WINDOWS, keeps_numa=None, reason=reason)
