"""A generic port has no numbers.

Checks:
    An enabled generic port of the SRAT with an ACPI handle is in a domain to which the HMAT does
    not give latency and bandwidth for both directions from processors.

Why it matters:
    CXL devices below that host bridge get no latency, no bandwidth and no class of service, and
    the tier of their memory does not reflect its performance.

What Linux does:
    Since 6.8 the numbers of a region begin with those of the host bridge's generic port; without
    all of them there are none. A structure of type 0 that names processors for the port's domain
    takes them away, too.

How to fix:
    Add the port's domain to the targets of the matrices, and give it no structure of type 0.

References:
    Linux cxl_endpoint_get_perf_coordinates and hmat_update_generic_target.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule
from srat_tool.tables.srat import GenericPortAffinity


class PortWithoutNumbers(PlanRule):
    id = "HMAT032"
    severity = Severity.WARNING
    needs = ("HMAT", "SRAT")
    follows = (NUMBERS,)
    examples = (
        Example(
            "no column for it",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:ACPI0016:7
'''
[hmat]
entries = '''
locality access-latency 0 0 100 entry_base_unit=1000
locality access-bandwidth 0 0 900
'''
""",
            findings=(
                "the generic port of host bridge 7, in domain 1, has no latency or no bandwidth",
            ),
        ),
        Example(
            "a column for it",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
port 1 acpi:ACPI0016:7
'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,150 entry_base_unit=1000
locality access-bandwidth 0 0,1 900,500
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        late, srat = machine.tiers, machine.srat
        if late is None or late.machine is None or srat is None:
            return
        known = {port.uid: port for port in reversed(late.machine.hmat.ports)}
        for entry in srat.entries:
            if not isinstance(entry, GenericPortAffinity) or not entry.enabled:
                continue
            uid = entry.bridge_uid
            if uid is None:
                continue
            port = known.get(uid)
            whole = port is not None and port.local.is_whole and port.cpu.is_whole
            if not whole:
                for hmat in machine.every(HmatView):
                    yield hmat.hit(
                        f"the generic port of host bridge {uid}, in domain "
                        f"{entry.proximity_domain}, has no latency or no bandwidth"
                    )
