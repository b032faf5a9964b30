"""Online Capable is set where it means nothing.

Checks:
    A structure with both Enabled and Online Capable; or with Online Capable in a table of a
    revision below 5, or 6 for a GICC, where the bit is reserved. Enabled GICC structures are
    judged up to revision 6 only.

Why it matters:
    Online Capable means that a disabled processor may be enabled later; for an enabled one it
    has no meaning.

What Linux does:
    Linux reads Online Capable only where Enabled is clear and the table is of revision 5 or
    later; below, every disabled processor counts as one that may come.

How to fix:
    Clear the bit in enabled structures; use revision 5 or later where it is needed.

References:
    ACPI 6.3, 5.2.12.2, table 5-47; ACPI 6.5, 5.2.12.14 reserves the bit in an enabled GICC, and a
    change for later editions allows it there (TianoCore bug 4481); Linux
    arch/x86/kernel/acpi/boot.c acpi_is_processor_usable, arch/arm64/kernel/smp.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule

GICC, GICC_FIRST = 11, 6
"""ACPI 6.5 gave the bit to the GICC, in tables of revision 6."""


class OnlineCapableWithoutMeaning(MadtRule):
    id = "MADT006"
    severity = Severity.WARNING
    examples = (
        Example(
            "enabled and online capable",
            """\
[madt]
entries = '''
lapic 0 0 online-capable
'''
""",
            findings=("entry 0 (local APIC): Online Capable is set, and the processor is enabled",),
        ),
        Example(
            "before the bit existed",
            """\
[madt]
revision = 4
entries = '''
lapic 0 0
lapic 1 1 off flags=2
'''
""",
            findings=("entry 1 (local APIC): Online Capable is reserved in revision 4",),
        ),
        Example(
            "a GICC before the bit existed for it",
            """\
[madt]
revision = 5
entries = '''
gicc 0 0
gicc 1 1 off flags=8
'''
""",
            findings=("entry 1 (GICC): Online Capable is reserved in revision 5",),
        ),
        Example(
            "a processor that may come",
            """\
[madt]
entries = '''
lapic 0 0
lapic 1 1 off online-capable
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for cpu in madt.cpus:
            if not cpu.entry.flags & cpu.online_bit:
                continue
            if madt.header.revision < (GICC_FIRST if cpu.entry.type == GICC else 5):
                message = f"Online Capable is reserved in revision {madt.header.revision}"
                yield madt.at(cpu.entry, "flags", message)
            elif cpu.enabled and not (cpu.entry.type == GICC and madt.header.revision >= 7):
                message = "Online Capable is set, and the processor is enabled"
                yield madt.at(cpu.entry, "flags", message)
