"""The SRAT gives a window a domain, and the HMAT gives that domain no numbers.

Checks:
    In the plan, tiers follow from the HMAT, a window is in a domain of the SRAT that has no memory
    at boot, and the HMAT gives no latency or no bandwidth from processors to that domain.

Why it matters:
    Memory that is added there gets a tier by other means than its node's numbers.

What Linux does:
    Memory that the kmem driver adds is in tier 22, unless a CXL region has its own numbers,
    which needs a generic port and the device's CDAT; memory that is hot-added otherwise is in the
    tier of DRAM.

How to fix:
    Add the domain to the targets of the matrices of latency and bandwidth, or leave the window out
    of the SRAT and give the host bridge a generic port with numbers.

References:
    Linux hmat_calculate_adistance, cxl_region_calculate_adistance and dev_dax_kmem_probe.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class WindowWithoutNumbers(PlanRule):
    id = "CEDT034"
    severity = Severity.WARNING
    examples = (
        Example(
            "a domain that the HMAT lacks",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 16G+4G hotplug
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 16G+4G 0 volatile type3
'''
[hmat]
entries = '''
locality access-latency 0 0 100 entry_base_unit=1000
locality access-bandwidth 0 0 900
'''
[memory]
ram = ["0+4G"]
""",
            findings=(
                (
                    "entry 1 (window): is in domain 1, node 1, for which the HMAT has no latency "
                    "or no bandwidth"
                ),
            ),
        ),
        Example(
            "numbers for it",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 16G+4G hotplug
'''
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 16G+4G 0 volatile type3
'''
[hmat]
entries = '''
locality access-latency 0 0,1 100,300 entry_base_unit=1000
locality access-bandwidth 0 0,1 900,500
'''
[memory]
ram = ["0+4G"]
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        late = machine.hmat_tiers
        if late is None or late.machine is None:
            return
        numbers = late.machine.hmat.classes
        known = {nid for nid, classes in numbers.items() if classes[1].coordinate.is_complete}
        for cedt, entry, places in machine.planned_windows:
            for place in places:
                if place.pxm is not None and place.nid not in late.adistances.keys() | known:
                    yield cedt.at(
                        entry,
                        "base_hpa",
                        f"is in domain {place.pxm}, node {place.nid}, for which the HMAT has no "
                        "latency or no bandwidth",
                    )
