"""SRAT and memory map disagree about specific purpose memory.

Checks:
    Soft reserved memory inside an enabled entry without flag bit 3, or an entry with flag bit 3
    that holds ordinary RAM and no soft reserved memory. Needs a table that sets the bit at all,
    or soft reserved memory.

Why it matters:
    One table reserves the memory, the other makes it available.

What Linux does:
    Linux uses the memory map: soft reserved memory is left to device-dax, the rest is RAM.

How to fix:
    Set the flag and the attribute EFI_MEMORY_SP together.

References:
    ACPI 6.6, 5.2.16.2; tianocore bug 9201.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.tables.memmap import MemoryType


class SpecificPurposeMismatch(MachineRule):
    id = "XMAP006"
    severity = Severity.WARNING
    examples = (
        Example(
            "soft reserved, not marked",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G
'''
[memory]
ram = ["0+3G"]
soft_reserved = ["4G+4G"]
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): soft reserved memory in [mem "
                    "0x100000000-0x1ffffffff], without the specific purpose flag"
                ),
            ),
        ),
        Example(
            "both declare it",
            """\
[srat]
entries = '''
apic 0 0..1
mem 0 0+4G
mem 1 4G+4G special
'''
[memory]
ram = ["0+3G"]
soft_reserved = ["4G+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, ram = machine.srat, machine.ram
        if srat is None or ram is None:
            return
        soft = machine.spans_of(MemoryType.SOFT_RESERVED)
        for item in srat.ranges:
            kept = bool(clipped(soft, item.span))
            if kept and not item.entry.flags & 8:
                message = f"soft reserved memory in {item.text}, without the specific purpose flag"
                yield srat.at(item.entry, "flags", message)
            elif item.entry.flags & 8 and not kept and clipped(ram, item.span):
                message = f"specific purpose, and {item.text} is ordinary RAM in the memory map"
                yield srat.at(item.entry, "flags", message)
