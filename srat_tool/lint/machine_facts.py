"""Settings that follow from the tables of a machine: its architecture's limits, its kind of ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from srat_tool.base.architecture import ArchitectureError
from srat_tool.lint.settings import Settings

if TYPE_CHECKING:
    from srat_tool.base.architecture import Architecture

SHOWING = (b"SRAT", b"APIC")
"""Signatures of the tables that show what a machine is."""
LOCAL_SAPIC = 7


def with_machine_facts(
    settings: Settings, tables: Mapping[bytes, Any], asked: str | None
) -> Settings:
    """Return settings completed by what the tables of a machine show.

    Args:
        settings: what was asked for.
        tables: the decoded SRAT and MADT that count, by signature; those that there are.
        asked: the architecture that the user names; None for that of the tables.
    """
    madt = tables.get(b"APIC")
    if madt is not None and any(entry.type == LOCAL_SAPIC for entry in madt.entries):
        settings = settings._replace(has_sapic=True)
    arch = architecture_of(tables, asked)
    if arch is None:
        return settings
    settings = settings._replace(architecture=arch.name)
    if arch.has_e820:
        return settings
    from srat_tool.kernel.profiles import profile_for  # noqa: PLC0415 - few tables ask for it

    return settings._replace(usual_nodes=profile_for(None, arch).max_nodes)


def architecture_of(tables: Mapping[bytes, Any], asked: str | None) -> Architecture | None:
    """Return the architecture of a machine; None where no kernel that is modelled runs on it."""
    from srat_tool.plan.architecture import choose_architecture  # noqa: PLC0415 - start-up

    try:
        choice = choose_architecture(asked, srat=tables.get(b"SRAT"), madt=tables.get(b"APIC"))
    except ArchitectureError:
        return None
    return choice.architecture
