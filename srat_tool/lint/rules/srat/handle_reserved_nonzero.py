"""Reserved bytes of a device entry are not 0.

Checks:
    An enabled generic initiator or port with non-zero bytes at 2 or 28, or in the reserved part
    of its handle (from 12 on in an ACPI handle, from 4 on in a PCI handle); an interrupt
    translation service with non-zero bytes at 6.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.16.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView

ITS = 4


class HandleReservedNonzero(SratRule):
    id = "SRAT302"
    severity = Severity.INFO
    examples = (
        Example(
            "a translation service",
            """\
[srat]
entries = '''
gicc 0 0
mem 0 0+4G
its 0 0 reserved1=1
'''
""",
            findings=("entry 2 (ITS, domain 0): reserved field reserved1 is 0x1",),
        ),
        Example(
            "a field that is not cleared",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0 reserved2=7
'''
""",
            findings=("entry 2 (generic initiator, domain 1): reserved field reserved2 is 0x7",),
        ),
        Example(
            "zero",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.devices:
            tail = {0: 12, 1: 4}.get(entry.device_handle_type, 16)
            if any(entry.device_handle[tail:]):
                message = "the reserved part of the handle is not 0"
                yield srat.inside(entry, 8 + tail, 16 - tail, message)
            yield from srat.reserved_bits([entry], whole=True)
        yield from srat.reserved_bits(srat.all_of(ITS), whole=True)
