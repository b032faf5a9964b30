"""What a kernel prints while it walks the SRAT.

*Mirrors:* drivers/acpi/numa/srat.c and arch/x86/mm/srat.c (since 2.6),
arch/arm64/kernel/acpi_numa.c.
"""

from __future__ import annotations

import re

from srat_tool.base.architecture import by_processor_word
from srat_tool.observe.facts import SratCpuLine, SratMemoryLine
from srat_tool.observe.notes import HEX, MEM, NoteRule, Notes, exclusive, inclusive, matcher

_memory = matcher(
    rf"(?:ACPI: )?(?:NUMA: )?SRAT: Node (\d{{1,10}}) PXM (\d{{1,10}}) "
    rf"(?:{MEM}|({HEX})-({HEX}))(.{{0,60}})"
)
_PRINTED_BY = dict(by_processor_word())
_cpu = matcher(
    r"(?:ACPI: )?(?:NUMA: )?SRAT: PXM (\d{1,10}) -> "
    rf"({'|'.join(_PRINTED_BY)}) (0x[0-9a-f]{{1,16}}|\d{{1,10}})"
    r"(?: -> CPU \d{1,10})? -> Node (-?\d{1,10})"
)
_APIC_DIGITS = len("0xff")
_APIC_IDS = 256
_old_hot = matcher(rf"SRAT: hot plug zone found ({HEX}) - ({HEX})")
_HOT = re.compile(r"\bhotplug\b|\bHot Pluggable\b")


def _read_memory(match: re.Match[str], notes: Notes) -> None:
    nid, pxm, first, last, start, end, tail = match.groups()
    span = inclusive(first, last) if first else exclusive(start, end)
    notes.srat_memory.append(
        SratMemoryLine(
            int(nid),
            int(pxm),
            span,
            hot=bool(_HOT.search(tail)),
            non_volatile="non-volatile" in tail,
            line=notes.at,
        )
    )


def _read_cpu(match: re.Match[str], notes: Notes) -> None:
    pxm, kind, number, nid = match.groups()
    notes.fact("machine", _PRINTED_BY[kind])
    is_hex = number.startswith("0x")
    id_ = int(number, 16 if is_hex else 10)
    if kind == "APIC" and (len(number) > _APIC_DIGITS if is_hex else id_ >= _APIC_IDS):
        kind = "X2APIC"
    notes.srat_cpus.append(SratCpuLine(int(pxm), id_, int(nid), notes.at, kind))


def _srat(line: str, notes: Notes) -> None:
    if match := _memory(line):
        _read_memory(match, notes)
    elif match := _cpu(line):
        _read_cpu(match, notes)
    elif match := _old_hot(line):
        # 2.6 prints it in a separate line, with the range of the entry.
        notes.old_hot.add(exclusive(match[1], match[2]))


RULES = (
    NoteRule("SRAT: ", _srat),
    NoteRule("ACPI: SRAT: ", _srat),
    NoteRule("ACPI: NUMA: SRAT: ", _srat),
)
