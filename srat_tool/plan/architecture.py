"""Which architecture a plan is for: asked for, named by a kernel, or shown by the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srat_tool.base.architecture import (
    ARCHITECTURES,
    Architecture,
    ArchitectureError,
    architecture,
    architecture_names,
    with_madt_type,
    with_srat_type,
)
from srat_tool.base.unmodelled import UNMODELLED, name_in
from srat_tool.base.words import joined
from srat_tool.observe.facts import BootLog
from srat_tool.plan.logged_layout import fitting_architectures, has_zones_of, shows_layout
from srat_tool.tables.madt import Madt
from srat_tool.tables.srat import Srat

_NO_KINDS = "no processor structure in the tables"
_NO_LOG = BootLog()


class ArchitectureChoice(NamedTuple):
    """An architecture, and why it had to be assumed; None when something names or shows it."""

    architecture: Architecture
    assumed_because: str | None = None


def choose_architecture(
    asked: str | None = None,
    log: BootLog = _NO_LOG,
    release: str | None = None,
    srat: Srat | None = None,
    madt: Madt | None = None,
) -> ArchitectureChoice:
    """Return the architecture by the best source, in the order of the arguments.

    Args:
        asked: what the user or a spec names.
        log: what a boot log names or shows.
        release: the kernel that was asked for; its release may name an architecture.
        srat: processor structures.
        madt: interrupt controllers.

    Raises:
        ArchitectureError: when the source names one that is not modelled, or the user contradicts
            the log.
    """
    logged = log.machine
    if asked is not None:
        wanted = architecture(asked)
        if logged is not None and logged != wanted.name:
            raise ArchitectureError(
                "the log is of another architecture",
                where="--arch",
                got=wanted.name,
                expected=logged,
            )
        return ArchitectureChoice(wanted)
    named = logged or name_in(release or "")
    if named is not None:
        choice = _modelled(named)
        # A release is a name; lines of an e820 map are those of 32-bit kernels as well.
        complete = log.answer.lists_all_zones and log.release is None
        if complete and not has_zones_of(choice, log.answer):
            raise _of_no_architecture(log)
        return ArchitectureChoice(choice)
    if not shows_layout(log.answer):
        return _of_tables(srat, madt)
    return _of_layout(log, _of_tables(srat, madt))


def _of_layout(log: BootLog, choice: ArchitectureChoice) -> ArchitectureChoice:
    """Return the choice by tables where the log can be of it, else what the log can be of.

    Raises:
        ArchitectureError: when it is of none, or of another than the tables are.
    """
    fitting = fitting_architectures(log)
    if choice.architecture in fitting:
        return choice
    if not fitting:
        raise _of_no_architecture(log)
    if choice.assumed_because != _NO_KINDS:
        raise ArchitectureError(
            "the log is of another architecture than the tables",
            where="boot log",
            got=f"zones and RAM of {joined([row.title for row in fitting], 'or')}",
            expected=choice.architecture.title,
        )
    titles = joined([row.title for row in fitting], "or")
    return ArchitectureChoice(fitting[0], f"the log's zones and RAM are those of {titles}")


def _of_no_architecture(log: BootLog) -> ArchitectureError:
    zones = joined([line.name for line in log.answer.zones])
    lowest = min((line.span.start for line in log.answer.node_ranges), default=None)
    where = "" if lowest is None else f", RAM from {lowest:#x}"
    return ArchitectureError(
        "the zones and RAM of the log are those of no architecture that is modelled",
        where="boot log",
        got=f"zones {zones or '(none)'}{where}",
        expected=f"those of {', '.join(architecture_names())}",
        hint="--arch if it is one of these",
    )


def _modelled(name: str) -> Architecture:
    for row in ARCHITECTURES:
        if row.name == name:
            return row
    raise _not_modelled(name, "a kernel for")


def _not_modelled(name: str, what: str) -> ArchitectureError:
    return ArchitectureError(
        f"{what} {name}, an architecture that is not modelled",
        expected=f"one of {', '.join(architecture_names())}",
        hint="--arch if the machine is another",
    )


def _of_tables(srat: Srat | None, madt: Madt | None) -> ArchitectureChoice:
    """Return the architecture that all structures allow; without one the first that any allows."""
    _refuse_unmodelled(srat, madt)
    kinds = [*_srat_kinds(srat), *_madt_kinds(madt)]
    if not kinds:
        return ArchitectureChoice(ARCHITECTURES[0], _NO_KINDS)
    allowed = [row for row in ARCHITECTURES if all(row in rows for rows in kinds)]
    if len(allowed) == 1:
        return ArchitectureChoice(allowed[0])
    if allowed:
        titles = joined([row.title for row in allowed])
        why = f"the SRAT has structures that {titles} share, and there is no MADT"
        return ArchitectureChoice(allowed[0], why)
    first = kinds[0][0]
    return ArchitectureChoice(first, "the tables mix processor structures of several architectures")


def _refuse_unmodelled(srat: Srat | None, madt: Madt | None) -> None:
    srat_types = {entry.type for entry in (srat.entries if srat is not None else ())}
    madt_types = {entry.type for entry in (madt.entries if madt is not None else ())}
    for row in UNMODELLED:
        if not (srat_types.isdisjoint(row.srat_types) and madt_types.isdisjoint(row.madt_types)):
            raise _not_modelled(row.name, "processor structures of")


def _srat_kinds(srat: Srat | None) -> Iterator[tuple[Architecture, ...]]:
    """Yield for each distinct type of the SRAT which architectures have it."""
    for kind in dict.fromkeys(entry.type for entry in (srat.entries if srat is not None else ())):
        rows = with_srat_type(kind)
        if rows:
            yield rows


def _madt_kinds(madt: Madt | None) -> Iterator[tuple[Architecture, ...]]:
    for kind in dict.fromkeys(entry.type for entry in (madt.entries if madt is not None else ())):
        rows = with_madt_type(kind)
        if rows:
            yield rows
