"""The device handle of a generic port is empty.

Checks:
    An enabled generic port, not one with a PCI handle, whose handle begins with two zero bytes.

Why it matters:
    It names no port.

What Linux does:
    Linux takes such a handle for one that was never filled in, and skips the entry.

How to fix:
    Fill in the handle.

References:
    Linux hmat_update_target_attrs.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class EmptyDeviceHandle(SratRule):
    id = "SRAT310"
    severity = Severity.WARNING
    examples = (
        Example(
            "zeros",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 0:00*16
'''
""",
            findings=("entry 2 (generic port, domain 1): the device handle is empty",),
        ),
        Example(
            "a host bridge",
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
            if (
                entry.type == 6
                and entry.device_handle_type != 1
                and not any(entry.device_handle[:2])
            ):
                yield srat.at(entry, "device_handle", "the device handle is empty")
