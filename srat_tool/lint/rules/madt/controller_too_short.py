"""An interrupt controller structure is shorter than its type allows.

Checks:
    A structure of types 1 to 6, 8, 10, 12, 13, 14, 16, 18 to 23 and 25 to 27, which name no
    processor, that is shorter than the fields that the type has.

Why it matters:
    A reader takes the next structure for the missing fields.

What Linux does:
    Linux rejects such a structure (BAD_MADT_ENTRY): without an I/O APIC or an interrupt
    controller the machine runs with one processor, or does not boot.

How to fix:
    Write all fields of the type.

References:
    ACPI 6.5, 5.2.12.3 to 5.2.12.26; ACPI 6.6 for RISC-V; Linux include/linux/acpi.h BAD_MADT_ENTRY.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import SIZES
from srat_tool.lint.rule import Example, MadtRule


class ControllerTooShort(MadtRule):
    id = "MADT002"
    severity = Severity.ERROR
    examples = (
        Example(
            "an I/O APIC of 8 bytes",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 00000000c0fe
'''
""",
            findings=("entry 1 (I/O APIC): length is 8, the type has 12",),
        ),
        Example(
            "an I/O APIC of 12 bytes",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 00000000c0fe00000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for entry in madt.others:
            least = SIZES.get(entry.type, 0)
            if 2 <= entry.length < least:
                yield madt.at(entry, "length", f"length is {entry.length}, the type has {least}")
