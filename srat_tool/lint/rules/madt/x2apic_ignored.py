"""A processor is listed as an x2APIC that Linux ignores.

Checks:
    An enabled x2APIC structure with an id below 255 that no local APIC structure has, in a
    table with enabled local APIC structures.

Why it matters:
    Ids below 255 belong into local APIC structures; in x2APIC structures they are copies of
    those.

What Linux does:
    Linux 6.5 and later ignores x2APIC ids below 255 where the table has usable local APICs: the
    processor is lost without a message. Earlier kernels use it.

How to fix:
    Use a local APIC structure for the processor, or x2APIC structures for all.

References:
    ACPI 6.5, 5.2.12.12; Linux arch/x86/kernel/acpi/boot.c acpi_parse_x2apic, has_lapic_cpus;
    observed: 6.1 counts the processor, 7.2 does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule

X2APIC = 9
FIRST_X2APIC_ONLY = 255


class X2apicIgnored(MadtRule):
    id = "MADT014"
    severity = Severity.WARNING
    examples = (
        Example(
            "one x2APIC among local APICs",
            """\
[madt]
entries = '''
lapic 0 0
x2apic 1 1
'''
""",
            findings=("entry 1 (x2APIC): x2APIC id 0x1 is below 255, and there are local APICs",),
        ),
        Example(
            "copies",
            """\
[madt]
entries = '''
lapic 0..1 0..1
x2apic 0..1 0..1
'''
""",
        ),
        Example(
            "x2APICs only",
            """\
[madt]
entries = '''
x2apic 0..1 0..1
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        usable = [cpu for cpu in madt.cpus if cpu.enabled or cpu.online_capable]
        plain = {cpu.key.number for cpu in usable if cpu.entry.type == 0}
        for cpu in usable if plain else ():
            number = cpu.key.number
            if cpu.entry.type == X2APIC and number < FIRST_X2APIC_ONLY and number not in plain:
                message = f"x2APIC id {number:#x} is below 255, and there are local APICs"
                yield madt.at(cpu.entry, "x2apic_id", message)
