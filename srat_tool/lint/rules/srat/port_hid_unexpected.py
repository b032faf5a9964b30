"""A generic port names a device that is not a CXL host bridge.

Checks:
    An enabled generic port with an ACPI handle whose _HID is not ACPI0016, ACPI0017 or PNP0A08.

Why it matters:
    Performance data is looked up for host bridges only.

What Linux does:
    Linux finds no CXL port for it.

How to fix:
    Name the host bridge.

References:
    Linux Documentation/driver-api/cxl.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.text import printable
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView

BRIDGES = {b"ACPI0016", b"ACPI0017", b"PNP0A08"}


class PortHidUnexpected(SratRule):
    id = "SRAT306"
    severity = Severity.INFO
    examples = (
        Example(
            "a memory device",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:PNP0C80X:0
'''
""",
            findings=("entry 2 (generic port, domain 1): hardware id is PNP0C80X",),
        ),
        Example(
            "a CXL host bridge",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:ACPI0016:5
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.devices:
            hid = entry.device_handle[:8].rstrip(b"\0 ")
            if entry.type == 6 and entry.device_handle_type == 0 and hid and hid not in BRIDGES:
                yield srat.at(entry, "device_handle", f"hardware id is {printable(hid)}")
