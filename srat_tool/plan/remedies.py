"""What keeps early kernel data out of a node that is to be removed.

One place words it for plans, advice and lint. What the kernel always has where it is, as its first
pages, has no remedy.

*Mirrors:* plan/boot_path.py has who loads an initrd where; arch/x86/mm/init.c `init_mem_mapping`
takes page tables bottom-up with movable_node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.architecture import E820_ARCHITECTURE, architecture
from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import format_size
from srat_tool.base.words import joined
from srat_tool.plan.boot_path import BOOT_SERVICES, INITRD, PAGE_TABLES
from srat_tool.plan.offline_reason import OfflineBecause
from srat_tool.plan.plan import Alternative, Plan
from srat_tool.plan.reservations import KERNEL_IMAGE, UPGRADED_TABLES

_AT_BORDERS = frozenset({OfflineBecause.NODES, OfflineBecause.HOLE})
_TABLES = ("ACPI table", "ACPI tables", UPGRADED_TABLES)
_ABOVE = "by giving it only memory above 4 GiB"


class Remedy(NamedTuple):
    """What puts something there, and what keeps it out."""

    who: str
    how: str


_REMEDIES = {
    INITRD: Remedy(
        "QEMU loads it at the end of RAM below 4 GiB, GRUB and the EFI stub below 2 GiB",
        f"{_ABOVE}, by another loader, or by booting without one",
    ),
    KERNEL_IMAGE: Remedy("KASLR puts it anywhere", "with nokaslr"),
    PAGE_TABLES: Remedy("the kernel takes them at the end of RAM", "with movable_node"),
    BOOT_SERVICES: Remedy("the firmware takes it", "by a change of the firmware"),
    **dict.fromkeys(
        _TABLES, Remedy("the firmware puts them there", f"{_ABOVE}, or by a change of the firmware")
    ),
}


def causes_of(because: Iterable[str]) -> tuple[str, ...]:
    """Split what a kernel node holds into single causes, each once."""
    every = (cause for words in because for cause in words.split(", "))
    tables = _TABLES[0]
    return tuple(dict.fromkeys(tables if one.startswith(f"{tables} ") else one for one in every))


# Where no boot stub and no link address decides.
_BY_FIRMWARE = Remedy("the firmware decides where it is", "by a change of the firmware")


def _remedies_on(name: str) -> dict[str, Remedy]:
    """Return the remedies of an architecture."""
    decides = architecture(name).kernel_base is None
    return {**_REMEDIES, KERNEL_IMAGE: _BY_FIRMWARE} if decides else _REMEDIES


def remedy(because: Iterable[str], arch: str = E820_ARCHITECTURE.name) -> str | None:
    """Explain what puts kernel data on a node, and how to keep it out; None where nothing does."""
    rows = _remedies_on(arch)
    causes = causes_of(because)
    if not causes or any(cause not in rows for cause in causes):
        return None
    found = [(cause, rows[cause]) for cause in causes]
    several = len(found) > 1
    who = "; ".join(f"{cause}: {one.who}" if several else one.who for cause, one in found)
    how = joined(list(dict.fromkeys(one.how for _, one in found)))
    return f"{who}; keep {'them' if several else 'it'} out {how}"


def unless(plan: Plan, nid: int) -> str | None:
    """State that a node is removable unless avoidable data is on it; None if that is not so.

    It is so with movable_node, where all memory of the node is hot-pluggable by the SRAT.
    """
    node = next((node for node in plan.nodes if node.nid == nid), None)
    if node is None or not node.kernel_node or plan.kernel.policy != "movable_node":
        return None
    ram = [Span(region.start, region.end) for region in plan.memory if region.nid == nid]
    hot = union(Span(one.start, max(one.start, one.end)) for one in plan.hotpluggable)
    found = remedy(node.kernel_node_because, plan.kernel.architecture)
    if found is None or not ram or subtract(ram, hot):
        return None
    causes = causes_of(node.kernel_node_because)
    are = "are" if len(causes) > 1 or causes[0].endswith("s") else "is"
    what = joined([f"the {cause}" for cause in causes])
    return f"node {nid} is removable unless {what} {are} there: {found}"


def borders_remedy(plan: Plan, nid: int) -> str | None:
    """Return what the firmware must change where only memory blocks at a node's borders stay.

    Memory goes offline by whole blocks of one node without a hole (`test_pages_in_a_zone`,
    `offline_pages`); None where something else keeps blocks, or where nothing does.
    """
    kept = [run for run in plan.blocks.runs if nid in run.nids and run.offline != "yes"]
    if not kept or any(run.reason.because not in _AT_BORDERS for run in kept):
        return None
    size = format_size(plan.blocks.size)
    return (
        "change the firmware so that each range of RAM of the node begins and ends at a multiple "
        f"of {size}, the size of a memory block"
    )


def remedies(plan: Plan, nids: Iterable[int]) -> Iterator[str]:
    """Yield what to do so that nodes are removable, or stay so: each sentence once."""
    rows = _remedies_on(plan.kernel.architecture)
    found: dict[str, None] = {}
    for nid in nids:
        if (aligned := borders_remedy(plan, nid)) is not None:
            found[aligned] = None
        sentence = unless(plan, nid)
        causes = [] if sentence is not None else [one.cause for one in _losses(plan, nid)]
        if sentence is not None:
            found[sentence] = None
        for cause in causes:
            if cause is not None:
                one = rows[cause]
                found[f"keep the {cause} out of node {nid} {one.how}: {one.who}"] = None
    yield from found


def at_risk(plan: Plan, nid: int) -> Iterator[str]:
    """Yield the outcomes in which a node is no longer movable: the first one of each cause."""
    seen: set[str] = set()
    for one in _losses(plan, nid):
        cause = one.cause or one.condition
        if cause not in seen:
            seen.add(cause)
            yield f"if {one.condition}: {one.changes}"


def _losses(plan: Plan, nid: int) -> Iterator[Alternative]:
    """Yield the alternatives that cost a node its ZONE_MOVABLE."""
    if any(start.nid == nid for start in plan.movable_start):
        for one in plan.alternatives:
            if all(start.nid != nid for start in one.movable_start):
                yield one
