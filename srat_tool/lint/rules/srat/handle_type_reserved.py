"""A device handle is of an undefined type.

Checks:
    An enabled generic initiator or port whose handle type is neither 0 (ACPI) nor 1 (PCI).

Why it matters:
    The sixteen bytes of the handle mean nothing.

What Linux does:
    Linux prints any handle that is not PCI as an ACPI one; the device is not found.

How to fix:
    Write 0 or 1.

References:
    ACPI 6.5, 5.2.16.6; fwts; AcpiView.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class HandleTypeReserved(SratRule):
    id = "SRAT301"
    severity = Severity.ERROR
    examples = (
        Example(
            "type 2",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 2:00112233*4
'''
""",
            findings=("entry 2 (generic initiator, domain 1): device handle type is 2",),
        ),
        Example(
            "a PCI handle",
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
            if entry.device_handle_type > 1:
                message = f"device handle type is {entry.device_handle_type}"
                yield srat.at(entry, "device_handle_type", message)
