"""A generic port names a host bridge that the table does not have.

Checks:
    An enabled generic port of the SRAT with hardware id ACPI0016 whose unique id is that of no
    host bridge record.

Why it matters:
    The performance data of the port reaches no device.

What Linux does:
    There is no CXL performance data for that bridge.

How to fix:
    Correct the unique id, or add the host bridge.

References:
    Linux drivers/cxl/acpi.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.tables.srat import GenericPortAffinity


class PortWithoutChbs(MachineRule):
    id = "CEDT016"
    severity = Severity.WARNING
    needs = ("CEDT",)
    examples = (
        Example(
            "bridge 5",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:ACPI0016:5
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
            findings=("entry 2 (generic port, domain 1): host bridge 5 is not in the CEDT",),
        ),
        Example(
            "bridge 0",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:ACPI0016:0
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for cedt in machine.every(CedtView):
            for entry in srat.devices:
                if not isinstance(entry, GenericPortAffinity):
                    continue
                if not entry.device_handle.startswith(b"ACPI0016"):
                    continue
                uid = entry.bridge_uid
                if uid is not None and uid not in cedt.bridge_uids:
                    yield srat.inside(entry, 16, 4, f"host bridge {uid} is not in the CEDT")
