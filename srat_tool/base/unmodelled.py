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
        line_end: end of a line that only its kernels print; empty for none.
        line_starts: beginnings of such lines.
    """

    name: str
    pattern: str
    srat_types: tuple[int, ...] = ()
    madt_types: tuple[int, ...] = ()
    line_end: str = ""
    line_starts: tuple[str, ...] = ()


# Limit: kernels of these either read no SRAT or are no longer built.
UNMODELLED = (
    Unmodelled(
        "32-bit x86",
        r"\bi[3-6]86\b|-[3-6]86(?:-pae|-smp|-bigmem)?(?:$| )|[-.]pae\b|el[56]PAE",
        line_end="MB LOWMEM available.",
    ),
    Unmodelled("ppc64le", r"ppc64le|ppc64el|powerpc64le"),
    Unmodelled(
        "ppc64",
        r"ppc64|powerpc64",
        line_starts=(
            "Using pSeries machine description",
            "Using PowerNV machine description",
            "radix-mmu: ",
            "hash-mmu: ",
            "numa:   NODE_DATA [mem",
        ),
    ),
    Unmodelled("32-bit PowerPC", r"\bppc\b|\bpowerpc"),
    Unmodelled(
        "s390x",
        r"s390x?\b",
        line_starts=("setup: Linux is running ", "setup: The maximum memory size is "),
    ),
    Unmodelled("ia64", r"\bia64\b|itanium|mckinley", madt_types=(6, 7, 8)),
    Unmodelled("32-bit Arm", r"\barmv[4-8]l?|\barm(?:hf|mp|el)\b|\barm-\w+-gnueabi|-v7l?\+"),
    Unmodelled("riscv32", r"riscv32"),
    Unmodelled("mips", r"\bmips(?:64)?(?:el|r6)*\b|-loongson-[23]|-octeon"),
    Unmodelled("sparc64", r"\bsparc(?:64)?\b"),
    Unmodelled("parisc", r"\bparisc(?:64)?\b|\bhppa"),
    Unmodelled("alpha", r"\balpha-(?:generic|smp)\b|\balpha-linux"),
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


def unmodelled_by_lines(lines: Iterable[str]) -> str | None:
    """Return the architecture whose kernels alone begin or end a line as one of these does."""
    ends = {row.line_end: row.name for row in UNMODELLED if row.line_end}
    starts = {start: row.name for row in UNMODELLED for start in row.line_starts}
    last, first = tuple(ends), tuple(starts)
    found = next((line for line in lines if line.endswith(last) or line.startswith(first)), None)
    if found is None:
        return None
    by_end = (name for end, name in ends.items() if found.endswith(end))
    by_start = (name for start, name in starts.items() if found.startswith(start))
    return next(chain(by_end, by_start))
