"""No processor is enabled.

Checks:
    A table all of whose structures could be read, and in which no processor structure is
    enabled.

Why it matters:
    An operating system finds no processor that it may start.

What Linux does:
    Linux on x86 prints "ACPI: No LAPIC entries present" where there is none, and in both cases
    runs on the boot processor alone. On arm64 no other processor is brought up.

How to fix:
    Set Enabled in the structures of the processors that are there.

References:
    ACPI 6.5, 5.2.12.2; Linux arch/x86/kernel/acpi/boot.c acpi_parse_madt_lapic_entries.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule


class NoEnabledProcessor(MadtRule):
    id = "MADT005"
    severity = Severity.ERROR
    examples = (
        Example(
            "every processor is off",
            """\
[madt]
entries = '''
lapic 0..3 0..3 off
'''
""",
            findings=("none of 4 processor structures is enabled",),
        ),
        Example(
            "one is enabled",
            """\
[madt]
entries = '''
lapic 0 0
lapic 1..3 1..3 off
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        if madt.could_be_read and not any(cpu.enabled for cpu in madt.cpus):
            count = len(madt.processors)
            what = f"none of {count} processor structures is enabled"
            yield madt.hit(what if count else "no processor is listed")
