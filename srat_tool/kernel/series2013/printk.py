"""The messages about the direct map.

*Mirrors:* the printk calls of arch/x86/mm/init.c, 3.9 and 3.10 with "x86, mm, numa: Put pagetable
on local node ram for 64bit".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB, mem_range
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.series2013.events import BrkTaken, GbPages, RamMapped, RunMapped

Lines: TypeAlias = Iterator[str]

_PAGE_NAMES = ((GIB, "1G"), (2 * MIB, "2M"))


def _run_mapped(event: RunMapped, _: KernelProfile) -> Lines:
    yield f"Node {event.nid}: {mem_range(event.span, 16)}"


def _gb_pages(_event: GbPages, _profile: KernelProfile) -> Lines:
    yield "Using GB pages for direct mapping"


def _ram_mapped(event: RamMapped, _: KernelProfile) -> Lines:
    yield f"init_memory_mapping: {mem_range(event.span)}"
    for part in event.parts:
        name = next((name for size, name in _PAGE_NAMES if size in part.sizes), "4k")
        yield f" {mem_range(Span(part.start, part.end))} page {name}"


def _brk_taken(event: BrkTaken, _: KernelProfile) -> Lines:
    start, end = event.page
    yield f"BRK [{start:#010x}, {end - 1:#010x}] PGTABLE"


PRINTERS: dict[type[Any], Callable[[Any, KernelProfile], Lines]] = {
    RunMapped: _run_mapped,
    GbPages: _gb_pages,
    RamMapped: _ram_mapped,
    BrkTaken: _brk_taken,
}
