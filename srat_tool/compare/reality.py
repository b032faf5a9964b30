"""The plan that belongs to what was observed: only what came before the kernel's answer counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from srat_tool.base.architecture import Architecture
from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable
from srat_tool.compare.verify import Basis
from srat_tool.grammar.registry import first_table
from srat_tool.kernel.profile import NumaDriver, SetupLines
from srat_tool.kernel.profiles import profile_for
from srat_tool.observe.bootlog import before_answer
from srat_tool.observe.facts import BootLog
from srat_tool.plan.architecture import choose_architecture
from srat_tool.plan.event_values import GivenEvent
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.logged_memory import logged_memory
from srat_tool.plan.memory_map import taken_from_answer
from srat_tool.plan.observed import Observed, observed_machine
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import NUMA_IS_OFF, read_machine
from srat_tool.sources.found import Role
from srat_tool.tables.srat import Srat

WITNESSES = frozenset({Role.BOOT_LOG, Role.ZONEINFO, Role.NODE_FILE})
"""Files that show what a kernel did."""


class Planned(NamedTuple):
    """A plan, and what it was made from.

    Attributes:
        plan: the plan.
        srat: the table, when there was one.
        doubts: what is odd about the inputs.
        basis: what of them is the kernel's own answer.
    """

    plan: Plan
    srat: Srat | None
    doubts: tuple[str, ...] = ()
    basis: Basis = Basis()


def plan_of(
    tables: Sequence[RawTable],
    observed: Observed,
    *,
    profile: str | None = None,
    arch: str | None = None,
    events: Sequence[GivenEvent] = (),
) -> Planned:
    """Plan the boot that was observed.

    Args:
        tables: the machine's tables; without a SRAT among them the log's own lines are used, and
            without those the machine has none.
        observed: what is known of the machine.
        profile: kernel profile or release, where it is not to come from what was observed.
        arch: the architecture, where it is not to come from what was observed.
        events: what happened to memory after the boot.

    Raises:
        SourceError: when no input declares RAM, or when the log names a SRAT that is not given.
    """
    srat = first_table(tables, Srat)
    log = observed.log
    _check(srat, log, observed, profile, arch)
    before = None if log is None else before_answer(log, keep_srat=srat is None)
    machine = observed_machine(tables, observed, log=before, profile=profile, arch=arch)
    # What runs is what the plan is compared with.
    machine = replace(machine, hot_events=tuple(events), seen_blocks=None)
    inputs = read_machine(replace(machine, of_logged_boot=profile is None))
    basis = Basis() if before is None else _basis(inputs, before)
    return Planned(plan_inputs(inputs), srat, tuple(_doubts(tables, log)), basis)


def _basis(inputs: Inputs, before: BootLog) -> Basis:
    """Return the lines that the plan was made from, since they prove nothing."""
    given: dict[str, str] = {}
    exact = before.lost_ram.exact and not before.elided and not before.map_front_lost
    answer = taken_from_answer(inputs)
    if answer is not None:
        whole = answer.part == "nodes" and before.answer.lists_all_ranges
        exact = whole or answer.part == "added"
        has_nodes = inputs.tables.srat is not None and not inputs.guessed_srat
        if answer.part != "nodes" or not has_nodes:
            given[answer.part] = "the memory map was taken from these lines"
    if inputs.guessed_srat:
        given["nodes"] = "the nodes were taken from these lines"
        given["srat"] = given["numa"] = "the log shows no entry of the SRAT"
        if inputs.profile.setup_lines is SetupLines.BEFORE_NODE_DATA:
            given["initmem"] = given["srat"]
    elif inputs.tables.srat is None and before.release is None and before.answer.faked is None:
        given["srat"] = given["numa"] = "the log has lost its first lines"
    if any(guess.value == NUMA_IS_OFF for guess in inputs.assumptions):
        given["numa"] = "NUMA is off by these lines; the command line does not show the option"
    again = inputs.profile.printk.cpus_again is not None
    if again and inputs.madt is None and not inputs.logged_processors:
        given["cpus"] = "no MADT was given, which has the processors' hardware ids"
    return Basis(given, exact, joins=answer is not None and answer.part == "nodes")


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


def _check(
    srat: Srat | None,
    log: BootLog | None,
    observed: Observed,
    profile: str | None,
    arch: str | None,
) -> None:
    """Refuse what cannot be planned, the architecture first."""
    asked, release = arch or observed.machine, profile or observed.release
    chosen = choose_architecture(asked, log or BootLog(), release, srat).architecture
    shown = observed.memory_map or observed.zone_map or (log and (log.efi_map or _has_ram(log)))
    if not shown:
        raise SourceError(
            "no input shows what RAM there is",
            hint="a boot log with its memory map or its node ranges, or --live on the machine",
        )
    if srat is None and log is not None and not log.srat_memory:
        named = any(table.signature == "SRAT" for table in log.tables)
        if named and not _shows_nodes(log) and _reads_tables(log, profile, chosen):
            raise SourceError(
                "the log names an SRAT but shows none of its entries",
                hint="giving the table with the log",
            )


def _has_ram(log: BootLog) -> bool:
    return bool(log.memblock_ops or log.memblock_dumps) or logged_memory(log) is not None


def _shows_nodes(log: BootLog) -> bool:
    """Return whether the log shows its kernel's nodes, whatever becomes of the table."""
    several = any(nid for nid in log.answer.nids) and log.answer.faked is None
    return several or log.answer.numa_off or log.xen_pv


def _reads_tables(log: BootLog, profile: str | None, arch: Architecture) -> bool:
    """Return whether this kernel creates nodes, so that it would have printed the entries."""
    known = profile_for(profile or log.release, arch)
    return known.numa_driver is not NumaDriver.NONE
