"""Architectures by the names that kernels print, those that are refused among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from srat_tool.base.architecture import ARCHITECTURES


class Unmodelled(NamedTuple):
    """An architecture that is refused by name.

    Attributes:
        name: how messages call it.
        pattern: searched in a release or a `Linux version` line.
        srat_types: SRAT structure types that only it has.
        madt_types: MADT structure types that only it has.
        line_ends: ends of lines that only its kernels print.
        line_starts: beginnings of such lines.
        may_have_e820: its firmware may hand over an e820 map.
    """

    name: str
    pattern: str
    srat_types: tuple[int, ...] = ()
    madt_types: tuple[int, ...] = ()
    line_ends: tuple[str, ...] = ()
    line_starts: tuple[str, ...] = ()
    may_have_e820: bool = False


# Limit: kernels of these either read no SRAT or are no longer built.
UNMODELLED = (
    Unmodelled(
        "32-bit x86",
        r"\bi[3-6]86\b|-[3-6]86(?:-pae|-smp|-bigmem)?(?:$| )|[-.]pae\b|el[56]PAE",
        line_ends=("MB LOWMEM available.", "MB HIGHMEM available."),
        line_starts=("mapped low ram: 0 - ", "low ram: 0 - ", "max_low_pfn = "),
        may_have_e820=True,
    ),
    Unmodelled("ppc64le", r"ppc64le|ppc64el|powerpc64le"),
    Unmodelled(
        "ppc64",
        r"ppc64|powerpc64",
        line_starts=(
            "Using pSeries machine description",
            "Using PowerNV machine description",
            "Using standard scheduler topology",
            "Partition configured for ",
            "CPU maps initialized for ",
            "radix-mmu: ",
            "hash-mmu: ",
            "numa:   NODE_DATA [mem",
            "numa: NODE_DATA [mem",
            "numa: Initmem setup node ",
            "numa: Partition configured for ",
            "ppc64_pft_size ",
            "phys_mem_size ",
            "physicalMemorySize ",
            "dcache_bsize ",
            "cpu_user_features ",
            "firmware_features ",
            "htab_address ",
            "htab_hash_mask ",
            "Top of RAM: 0x",
            "Page sizes from device-tree:",
            "Page orders: linear mapping",
            "EEH: ",
            "OPAL ",
            "opal: ",
            "xive: ",
            "rtas: ",
            "pseries_",
            "Starting Linux PPC64 ",
        ),
    ),
    Unmodelled("32-bit PowerPC", r"\bppc\b|\bpowerpc"),
    Unmodelled(
        "s390x",
        r"s390x?\b",
        line_starts=(
            "setup: Linux is running ",
            "setup: The maximum memory size is ",
            "setup: The initial ramdisk ",
            "Linux is running as a z/VM guest",
            "Linux is running natively in ",
            "Linux is running under KVM ",
            "cpu: The CPU configuration topology ",
            "numa: NUMA mode: ",
            "zpci: ",
            "cio: ",
            "sclp_",
            "appldata: ",
            "physmem info source: ",
        ),
    ),
    Unmodelled(
        "ia64",
        r"\bia64\b|itanium|mckinley",
        madt_types=(6, 7, 8),
        line_starts=(
            "Number of logical nodes in system = ",
            "Number of memory chunks in system = ",
            "Virtual mem_map starts at 0x",
            "rsvd_region[",
            "SAL ",
            "SAL: ",
            "PAL: ",
            "SAL Platform features",
        ),
    ),
    Unmodelled(
        "32-bit Arm",
        r"\barmv[4-8]l?|\barm(?:hf|mp|el)\b|\barm-\w+-gnueabi|-v7l?\+",
        line_starts=(
            "CPU: ARMv",
            "CPU: div instructions available",
            "CPU: PIPT / VIPT ",
            "CPU: VIPT ",
            "CPU: VIVT ",
            "Memory policy: ",
        ),
    ),
    Unmodelled("riscv32", r"riscv32"),
    Unmodelled(
        "mips",
        r"\bmips(?:64)?(?:el|r6)*\b|-loongson-[23]|-octeon",
        line_starts=(
            "Determined physical RAM map:",
            "User-defined physical RAM map",
            "CPU revision is: ",
            "CPU0 revision is: ",
            "FPU revision is: ",
            "MIPS: machine is ",
            "Primary instruction cache ",
            "Checking for the daddi bug",
        ),
    ),
    Unmodelled(
        "sparc64",
        r"\bsparc(?:64)?\b",
        line_starts=(
            "PROMLIB: ",
            "PROM: ",
            "ARCH: SUN4",
            "MDESC: ",
            "Remapping the kernel",
            "CPU CAPS: [",
            "OF stdout device is: ",
            "Top of RAM[0x",
        ),
    ),
    Unmodelled(
        "parisc",
        r"\bparisc(?:64)?\b|\bhppa",
        line_starts=(
            "Determining PDC firmware type",
            "The 64-bit Kernel has started",
            "The 32-bit Kernel has started",
        ),
    ),
    Unmodelled(
        "alpha",
        r"\balpha-(?:generic|smp)\b|\balpha-linux",
        line_starts=("memcluster ", "Major Options: "),
    ),
    # A host may have such a name: that of the compiler counts.
    *(
        Unmodelled(name, rf"\b{name}(?:el|eb|be|le)?-[\w-]*(?:linux|elf)")
        for name in (
            *("arc", "csky", "hexagon", "m68k", "microblaze", "nios2", "or1k", "openrisc"),
            *("sh4", "xtensa"),
        )
    ),
    # Every modelled architecture has 64 bits, and none of those has this zone.
    Unmodelled("a machine of 32 bits", r"(?!)", line_starts=("HighMem ",), may_have_e820=True),
)


def name_in(text: str) -> str | None:
    """Return the architecture that a release or a `Linux version` line names.

    Modelled architectures go by their names as whole words; None when the text names none. The
    result may be the name of an architecture that is not modelled.
    """
    for row in ARCHITECTURES:
        words = "|".join(map(re.escape, (row.name, *row.aliases)))
        if re.search(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])", text):
            return row.name
    return next((row.name for row in UNMODELLED if re.search(row.pattern, text)), None)


def unmodelled_by_lines(lines: Iterable[str], *, e820: bool = False) -> str | None:
    """Return the architecture whose kernels alone begin or end a line as one of these does.

    Args:
        lines: of a log.
        e820: an e820 map is among them.
    """
    rows = [row for row in UNMODELLED if row.may_have_e820 or not e820]
    ends = {end: row.name for row in rows for end in row.line_ends}
    starts = {start: row.name for row in rows for start in row.line_starts}
    last, first = tuple(ends), tuple(starts)
    found = next((line for line in lines if line.endswith(last) or line.startswith(first)), None)
    if found is None:
        return None
    by_end = (name for end, name in ends.items() if found.endswith(end))
    by_start = (name for start, name in starts.items() if found.startswith(start))
    return next(chain(by_end, by_start))
