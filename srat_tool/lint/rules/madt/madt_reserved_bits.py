"""Reserved fields or flags are not 0.

Checks:
    Reserved bits of the flags, also of the table, which are a warning, and reserved fields.

Why it matters:
    The specification asks for 0, and a later edition may give the bits a meaning.

What Linux does:
    Linux does not read them.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.12.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import MSI_FRAME
from srat_tool.lint.rule import Example, MadtRule


class MadtReservedBits(MadtRule):
    id = "MADT008"
    severity = Severity.INFO
    examples = (
        Example(
            "an undefined flag",
            """\
[madt]
entries = '''
lapic 0 0 flags=0x81
'''
""",
            findings=("entry 0 (local APIC): reserved bits 0x80 of the flags are set",),
        ),
        Example(
            "a reserved byte of an I/O APIC",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04010000c0fe00000000
'''
""",
            findings=("entry 1 (I/O APIC): reserved field is 0x1",),
        ),
        Example(
            "flags of the table",
            """\
[madt]
flags = 5
entries = '''
lapic 0 0
'''
""",
            findings=("reserved bits 0x4 of the table's flags are set",),
        ),
        Example(
            "all reserved bits are 0",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        known = madt.all_of(*madt.family.layouts)
        for whole, severity in ((False, Severity.WARNING), (True, None)):
            for hit in madt.reserved_bits(known, whole=whole):
                yield hit._replace(severity=severity)
        for one in madt.controllers:
            for field in (name for name in one.fields if name.startswith("reserved")):
                if one[field]:
                    what = field.removeprefix("reserved").rstrip("2")
                    yield madt.on(one, field, f"reserved field{what} is {one[field]:#x}")
            bits = one["flags"] & ~1 if one.entry.type == MSI_FRAME else 0
            if bits:
                hit = madt.on(one, "flags", f"reserved bits {bits:#x} of the flags are set")
                yield hit._replace(severity=Severity.WARNING)
        bits = madt.decoded.table.flags & ~1
        if bits and not madt.is_stub:
            message = f"reserved bits {bits:#x} of the table's flags are set"
            yield madt.hit(message, 40, 4, severity=Severity.WARNING)
