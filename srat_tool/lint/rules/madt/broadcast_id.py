"""An enabled processor has the id that addresses all processors.

Checks:
    An enabled local APIC structure with id 255, or an x2APIC structure with id 0xffffffff.

Why it matters:
    The id is not a processor's: interrupts sent to it reach every processor.

What Linux does:
    Linux ignores the structure without a message, so the processor is lost.

How to fix:
    Clear Enabled, or write the processor's id.

References:
    ACPI 6.5, 5.2.12.2 and 5.2.12.12; Linux arch/x86/kernel/acpi/boot.c acpi_parse_lapic,
    acpi_parse_x2apic; observed with Linux 6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import FILLERS, MadtView
from srat_tool.lint.rule import Example, MadtRule


class BroadcastId(MadtRule):
    id = "MADT017"
    severity = Severity.WARNING
    examples = (
        Example(
            "id 255",
            """\
[madt]
entries = '''
lapic 0 0
lapic 1 255
'''
""",
            findings=("entry 1 (local APIC): APIC id 0xff is the broadcast id",),
        ),
        Example(
            "a disabled filler",
            """\
[madt]
entries = '''
lapic 0 0
lapic 1 255 off
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for cpu in madt.cpus:
            if cpu.enabled and cpu.key.number == FILLERS.get(cpu.entry.type):
                yield madt.at(cpu.entry, cpu.field, f"{cpu.name} is the broadcast id")
