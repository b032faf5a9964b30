"""A structure has a length that it cannot have.

Checks:
    A structure whose length is 0, is not one of its type, or reaches past the end of the table;
    and bytes at the end that are too few for a structure.

Why it matters:
    The lengths lead from one structure to the next, so nothing after a wrong one can be
    trusted.

What Linux does:
    Linux on x86 turns ACPI off: for a length of 0 it prints "[APIC:0x05] Invalid zero length"
    and "ACPI: Invalid BIOS MADT, disabling ACPI", for a processor structure that is too short
    or reaches past the end "ACPI: Error parsing LAPIC/X2APIC entries" and the same (5.10, 6.1,
    6.12 and 6.18, booted under QEMU: one of two processors is left, and no NUMA). Structures
    that are too long are read.

How to fix:
    State the length that the type has in the specification.

References:
    ACPI 6.5, 5.2.12; Linux lib/fw_table.c acpi_parse_entries_array, arch/x86/kernel/acpi/boot.c
    acpi_process_madt.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.rule import Example, MadtRule


class ControllerMalformed(MadtRule):
    id = "MADT001"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "zeros among the structures",
            """\
[madt]
entries = '''
lapic 0 0
bytes 0000000000000000
'''
""",
            findings=("entry 1 (local APIC): length is 0; 8 bytes are no structure",),
        ),
        Example(
            "a local APIC of 6 bytes",
            """\
[madt]
entries = '''
lapic 0 0 length=6
'''
""",
            findings=("entry 0 (local APIC): length is 6, expected 8",),
        ),
        Example(
            "past the end",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 0000
bytes 0110000000
'''
""",
            findings=("entry 2 (I/O APIC): length is 16, and the table ends after 5 bytes",),
        ),
        Example(
            "structures as they should be",
            """\
[madt]
entries = '''
lapic 0..1 0..1
raw 1 00000000c0fe00000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        yield from madt.malformed()
