"""Which releases print a line in this way: the age of a kernel that did not print its release.

A row holds for mainline; distributions carry changes back, so rows only narrow a choice, and a row
that contradicts what the earlier ones left over is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

Release: TypeAlias = tuple[int, ...]

FIRST: Release = (2, 6)
LAST: Release = (99, 0)


class Wording(NamedTuple):
    """Lines that begin with `start` and hold `part` come from releases in `[since, before)`."""

    start: str
    part: str
    since: Release = FIRST
    before: Release = LAST


WORDINGS = (
    # 365811d6f9f4 ("x86: print e820 physical addresses consistently ...") (in v3.5).
    Wording("BIOS-e820: ", " - ", before=(3, 5)),
    Wording("BIOS-e820: ", "[mem 0x", since=(3, 5)),
    # The prefix went when e820 got its own pr_fmt() no longer (in v4.16).
    Wording("e820: ", "physical RAM map:", since=(3, 5), before=(4, 16)),
    Wording("e820: ", "last_pfn = ", since=(3, 5), before=(4, 16)),
    Wording("last_pfn = ", "max_arch_pfn", since=(4, 16)),
    # The types are spelt out, and gaps are printed (6.19 does not, 7.0 does).
    Wording("BIOS-e820: ", "] usable", before=(7, 0)),
    Wording("BIOS-e820: ", "  System RAM", since=(7, 0)),
    # The parser moved from arch/x86 to drivers/acpi, with its own prefix (in v4.8).
    Wording("SRAT: Node ", "[mem 0x", since=(3, 5), before=(4, 8)),
    Wording("ACPI: SRAT: Node ", "[mem 0x", since=(4, 8)),
    Wording("SRAT: Node ", "-", before=(4, 8)),
    # 830a0d12943f ("x86/mm: Don't print out SRAT table information") (in v6.12): debug level.
    Wording("SRAT: PXM ", " -> APIC 0x", before=(6, 12)),
    Wording("SRAT: PXM ", " -> APIC 0x", since=(3, 0)),
    # Tables are listed with `0x` and six digits of length (ACPICA 20140828, in v3.18).
    Wording("ACPI: SRAT 0x", "", since=(3, 18)),
    # 1a1c130ab757 ("ACPI: tables: x86: Reserve memory occupied by ACPI tables") (in v5.12, 5.10.y).
    Wording("ACPI: Reserving ", "table memory at", since=(5, 10)),
    # mm: "%0#10lx" became "%#018Lx" (seen on 4.0 first).
    Wording("DMA ", "[mem 0x00001000-", since=(3, 5), before=(4, 0)),
    Wording("DMA ", "[mem 0x0000000000001000-", since=(4, 0)),
    Wording("DMA32 ", "[mem 0x01000000-0x", since=(3, 5), before=(4, 0)),
    Wording("DMA32 ", "[mem 0x0000000001000000-", since=(4, 0)),
    Wording("Normal ", "[mem 0x1", since=(3, 5), before=(4, 0)),
    Wording("Normal ", "[mem 0x0000000", since=(4, 0)),
    Wording("DMA ", "0x00001000 -> ", before=(3, 5)),
    Wording("Bootmem setup node ", "", before=(3, 0)),
    Wording("early_node_map[", "active PFN ranges", before=(3, 5)),
    Wording("SRAT: Node ", "] hotplug", since=(3, 14)),
    # 09f49dca570a ("mm: handle uninitialized numa nodes gracefully") (in v5.18).
    Wording("Initializing node ", " as memoryless", since=(5, 18), before=(6, 12)),
    Wording("Initmem setup node ", " as memoryless", since=(5, 18)),
    # 87482708210f ("mm: introduce numa_memblks") (in v6.12): cut to where RAM begins.
    Wording("NUMA: Node 0 [mem 0x00001000-", "", since=(6, 12)),
    Wording("DMI: Memory slots populated", "", since=(6, 10)),
)


# Kernels of makers whose wording no kernel of mainline has: all of these lines, and a release.
MAKERS = (
    # Red Hat's 3.10 reports nodes as 4.x does, in the narrow format of 3.x.
    ((("NODE_DATA(", "allocated [mem"), ("DMA32 ", "[mem 0x01000000-0x")), "3.10.0-957.el7.x86_64"),
)


def maker(lines: Iterable[str]) -> str | None:
    """Return a release that represents the maker whose kernel words these lines, or None."""
    lines = list(lines)
    for words, release in MAKERS:
        if all(any(line.startswith(s) and p in line for line in lines) for s, p in words):
            return release
    return None


def vintage(lines: Iterable[str]) -> tuple[Release, Release]:
    """Return the releases that print all these lines, as `(since, before)`.

    Args:
        lines: a log, without timestamps and indentation.
    """
    since, before = FIRST, LAST
    for line in lines:
        for words in WORDINGS:
            if not line.startswith(words.start) or words.part not in line:
                continue
            narrowed = max(since, words.since), min(before, words.before)
            if narrowed[0] < narrowed[1]:
                since, before = narrowed
    return since, before
