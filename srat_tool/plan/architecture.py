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
from srat_tool.tables.madt import Madt
from srat_tool.tables.srat import Srat

_NO_KINDS = "no processor structure in the tables"


class ArchitectureChoice(NamedTuple):
    """An architecture, and why it had to be assumed; None when something names or shows it."""

    architecture: Architecture
    assumed_because: str | None = None


def choose_architecture(
    asked: str | None = None,
    logged: str | None = None,
    release: str | None = None,
    srat: Srat | None = None,
    madt: Madt | None = None,
) -> ArchitectureChoice:
    """Return the architecture by the best witness, in the order of the arguments.

    Args:
        asked: what the user or a spec names.
        logged: what a boot log names or shows.
        release: the kernel that was asked for; its release may name an architecture.
        srat: processor structures.
        madt: interrupt controllers.

    Raises:
        ArchitectureError: when the witness names one that is not modelled, or the user contradicts
            the log.
    """
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
        return ArchitectureChoice(_modelled(named))
    return _of_tables(srat, madt)


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
