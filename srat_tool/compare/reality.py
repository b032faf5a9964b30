"""The plan that belongs to what was observed: only what came before the kernel's answer counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from srat_tool.base.architecture import Architecture
from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable
from srat_tool.grammar.registry import decode
from srat_tool.kernel.profile import NumaDriver
from srat_tool.kernel.profiles import profile_for
from srat_tool.observe.bootlog import BootLog, before_answer
from srat_tool.plan.architecture import choose_architecture
from srat_tool.plan.observed import Observed, observed_machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import Srat


class Planned(NamedTuple):
    """A plan, the SRAT that was planned when there was a table, and remarks."""

    plan: Plan
    srat: Srat | None
    doubts: tuple[str, ...] = ()


def plan_of(
    tables: Sequence[RawTable],
    observed: Observed,
    *,
    profile: str | None = None,
    arch: str | None = None,
) -> Planned:
    """Plan the boot that was observed.

    Args:
        tables: the machine's tables; without a SRAT among them the log's own lines are used, and
            without those the machine has none.
        observed: what is known of the machine.
        profile: kernel profile or release, where it is not to come from what was observed.
        arch: the architecture, where it is not to come from what was observed.

    Raises:
        SourceError: when there is no memory map, or when a SRAT is named that was not given.
    """
    srat = _srat(tables)
    log = observed.log
    _check(srat, log, observed, profile, arch)
    told = None if log is None else before_answer(log, keep_srat=srat is None)
    machine = observed_machine(tables, observed, log=told, profile=profile, arch=arch)
    return Planned(make_plan(machine), srat, tuple(_doubts(tables, log)))


def _doubts(tables: Sequence[RawTable], log: BootLog | None) -> Iterator[str]:
    """Yield the tables that the log knows in another length: they may be another machine's."""
    listed: dict[str, set[int]] = {}
    for line in log.tables if log is not None else ():
        listed.setdefault(line.signature, set()).add(line.length)
    for raw in tables:
        name = raw.signature.decode("latin-1")
        if name in ("SRAT", "SLIT") and name in listed and len(raw.data) not in listed[name]:
            sizes = " or ".join(str(size) for size in sorted(listed[name]))
            yield f"the log lists {name} with {sizes} bytes, the one given has {len(raw.data)}"


def _srat(tables: Sequence[RawTable]) -> Srat | None:
    for raw in tables:
        if raw.signature == Srat.SIGNATURE:
            table = decode(raw.data).table
            return table if isinstance(table, Srat) else None
    return None


def _check(
    srat: Srat | None,
    log: BootLog | None,
    observed: Observed,
    profile: str | None,
    arch: str | None,
) -> None:
    """Refuse what cannot be planned, the architecture first."""
    logged = log.machine if log is not None else None
    asked, release = arch or observed.machine, profile or observed.release
    chosen = choose_architecture(asked, logged, release, srat).architecture
    if not (observed.memory_map or observed.zone_map) and not (log and log.efi_map):
        raise SourceError(
            "no input shows what RAM there is",
            hint="a boot log from its first line on, or --live on the machine itself",
        )
    if srat is None and log is not None and not log.srat_memory:
        named = any(table.signature == "SRAT" for table in log.tables)
        if named and _reads_tables(log, profile, chosen):
            raise SourceError(
                "the log names an SRAT but shows none of its entries",
                hint="giving the table with the log",
            )


def _reads_tables(log: BootLog, profile: str | None, arch: Architecture) -> bool:
    """Return whether this kernel creates nodes, so that it would have printed the entries."""
    known = profile_for(profile or log.release, arch)
    return known.numa_driver is not NumaDriver.NONE
