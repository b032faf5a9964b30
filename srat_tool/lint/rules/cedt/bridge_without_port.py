"""A host bridge with a window has no generic port.

Checks:
    A host bridge that a window names has no generic port in the SRAT that Linux reads: enabled,
    with an ACPI handle, of the bridge's unique id. Only where the machine has an HMAT.

Why it matters:
    The way from processors to the bridge has no numbers, so that CXL memory of the bridge has none.

What Linux does:
    CXL regions get no access coordinates, so that their memory is in the default tier of kmem,
    and devices no class of service (QTG).

How to fix:
    Add a generic port for the bridge, in a domain that the HMAT has numbers for.

References:
    Linux drivers/acpi/numa/hmat.c acpi_get_genport_coordinates, drivers/cxl/acpi.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.srat_view import SratView

_MACHINE = """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
{port}'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,200 entry_base_unit=1000
locality access-bandwidth 0 0,1 900,500
'''
[cedt]
entries = '''
bridge 7 0x10000000+64K
window 4G+4G 7 volatile type3
'''
"""


class BridgeWithoutPort(MachineRule):
    id = "CEDT036"
    severity = Severity.INFO
    needs = ("SRAT",)
    examples = (
        Example(
            "no port at all",
            _MACHINE.format(port=""),
            findings=("entry 0 (host bridge): host bridge 7 has no generic port in the SRAT",),
        ),
        Example(
            "a port that is off",
            _MACHINE.format(port="port 1 acpi:ACPI0016:7 off\n"),
            findings=("entry 0 (host bridge): the generic port of host bridge 7 is disabled",),
        ),
        Example("a port", _MACHINE.format(port="port 1 acpi:ACPI0016:7\n")),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None or not any(machine.every(HmatView)):
            return
        ports = _ports(srat)
        for cedt in machine.every(CedtView):
            named = {uid for window in cedt.windows for uid in window.targets}
            for bridge in cedt.bridges:
                enabled = ports.get(bridge.uid)
                if bridge.uid not in named or enabled:
                    continue
                what = f"host bridge {bridge.uid} has no generic port in the SRAT"
                if enabled is False:
                    what = f"the generic port of host bridge {bridge.uid} is disabled"
                yield cedt.inside(bridge, 4, 4, what)


def _ports(srat: SratView) -> dict[int, bool]:
    """Return the unique ids of generic ports with an ACPI handle, and whether one is enabled."""
    found: dict[int, bool] = {}
    for entry in srat.all_of(6):
        uid = entry.bridge_uid
        if uid is not None:
            found[uid] = found.get(uid, False) or entry.enabled
    return found
