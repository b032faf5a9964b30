"""A memory domain has no performance data.

Checks:
    A domain with memory in the SRAT to which the HMAT gives no latency or no bandwidth, or only
    0 and 0xffff. A matrix that lacks its unit has a separate rule.

Why it matters:
    The purpose of the table is to declare how fast each memory is.

What Linux does:
    The node gets no attributes in sysfs and is left in the default memory tier.

How to fix:
    Add the missing numbers.

References:
    Linux hmat_register_target.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class MissingPairs(MachineRule):
    id = "HMAT020"
    severity = Severity.WARNING
    topic = NUMBERS
    needs = ("HMAT",)
    follows = ("HMAT010", "HMAT011", "HMAT016", "HMAT005")
    yields_to = ("SRAT401", "MSCT006", "SLIT013", "HMAT026")
    examples = (
        Example(
            "latency alone",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 0 0
locality access-latency 0 0 100 entry_base_unit=1000
'''
""",
            findings=(
                "entry 0 (memory attributes): no bandwidth is given for the memory of domain 0",
            ),
        ),
        Example(
            "a matrix without a unit is another rule's",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 0 0
locality access-latency 0 0 100 entry_base_unit=1000
locality access-bandwidth 0 0 100 entry_base_unit=0
'''
""",
        ),
        Example(
            "latency and bandwidth",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 0 0
locality access-latency 0 0 100 entry_base_unit=1000
locality access-bandwidth 0 0 100 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for hmat in machine.every(HmatView):
            if not hmat.localities:
                continue
            for kind, values in (("latency", hmat.latencies), ("bandwidth", hmat.bandwidths)):
                known = hmat.targets_without_unit.union(*values.values())
                for domain in sorted(srat.memory_domains - known):
                    message = f"no {kind} is given for the memory of domain {domain}"
                    hit = _place(hmat, domain, message)
                    yield hit._replace(about=f"domain {domain}", alike=kind)


def _place(hmat: HmatView, domain: int, message: str) -> Hit:
    """Return a hit on the memory attributes of a domain, or on the table where it has none."""
    entry = next((one for one in hmat.attributes if one.memory_domain == domain), None)
    if entry is None:
        return hmat.hit(message)
    return hmat.at(entry, "memory_domain", message)
