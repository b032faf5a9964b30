"""The device handle of a generic initiator or port is empty.

Checks:
    An enabled generic port whose ACPI handle begins with two zero bytes; any enabled generic
    initiator or port whose handle is all zeros. As a PCI handle that is 0000:00:00.0, the host
    bridge, which is no initiator.

Why it matters:
    It names no device.

What Linux does:
    Linux takes such a handle of a port for one that was never filled in, and skips the entry. It
    does not look at the handle of an initiator.

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
from srat_tool.tables.srat import GenericInitiatorAffinity, GenericPortAffinity

GENERIC_PORT, PCI = 6, 1


class EmptyDeviceHandle(SratRule):
    id = "SRAT310"
    severity = Severity.WARNING
    yields_to = ("SRAT301",)
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
            "a PCI handle of zeros",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:00:00.0
'''
""",
            findings=("entry 2 (generic initiator, domain 1): the device handle is empty",),
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
            begins = entry.device_handle[:2] if _is_port(entry) else entry.device_handle
            if not any(begins):
                yield srat.at(entry, "device_handle", "the device handle is empty")


def _is_port(entry: GenericInitiatorAffinity | GenericPortAffinity) -> bool:
    return entry.type == GENERIC_PORT and entry.device_handle_type != PCI
