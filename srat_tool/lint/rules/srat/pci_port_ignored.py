"""A generic port is named by a PCI handle.

Checks:
    An enabled generic port with handle type 1.

Why it matters:
    The specification allows it, Linux does not use it.

What Linux does:
    Linux skips it: there is no CXL performance data for the port.

How to fix:
    Name the host bridge by its ACPI handle.

References:
    Linux drivers/acpi/numa/hmat.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class PciPortIgnored(SratRule):
    id = "SRAT307"
    severity = Severity.INFO
    examples = (
        Example(
            "a PCI handle",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 pci:0000:3a:00.0
'''
""",
            findings=("entry 2 (generic port, domain 1): a generic port with a PCI handle",),
        ),
        Example(
            "an ACPI handle",
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
            if entry.type == 6 and entry.device_handle_type == 1:
                yield srat.at(entry, "device_handle_type", "a generic port with a PCI handle")
