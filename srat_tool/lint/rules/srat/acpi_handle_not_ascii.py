"""The hardware id of an ACPI device handle is not text.

Checks:
    An enabled generic initiator or port with an ACPI handle whose eight _HID bytes are empty or
    hold a byte outside 0x20 to 0x7e other than a trailing NUL.

Why it matters:
    No device of the namespace can be matched with it.

What Linux does:
    Linux compares the bytes when it looks for a host bridge's port, and finds none.

How to fix:
    Write the device's _HID.

References:
    ACPI 6.5, 5.2.16.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class AcpiHandleNotAscii(SratRule):
    id = "SRAT305"
    severity = Severity.WARNING
    examples = (
        Example(
            "no hardware id",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 0:00*16
'''
""",
            findings=(
                "entry 2 (generic initiator, domain 1): hardware id is empty, which is no text",
            ),
        ),
        Example(
            "a hardware id",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 acpi:ACPI0016:5
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.devices:
            hid = entry.device_handle[:8].rstrip(b"\0")
            text = all(0x20 <= byte <= 0x7E for byte in hid) and hid.strip()
            if entry.device_handle_type == 0 and not text:
                what = hid.hex(" ") or "empty"
                yield srat.at(entry, "device_handle", f"hardware id is {what}, which is no text")
