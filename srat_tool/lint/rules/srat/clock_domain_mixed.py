"""The processors of one proximity domain are in several clock domains.

Checks:
    Enabled processor entries of one proximity domain with different clock domains.

Why it matters:
    It declares that their time stamp counters may differ.

What Linux does:
    Linux does not look at the field.

How to fix:
    Give them one clock domain, if they have one clock. Some old desktop firmware writes the
    APIC id there.

References:
    ACPI 6.5, 5.2.16.1, _CDM.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import Cpu, SratView


class ClockDomainMixed(SratRule):
    id = "SRAT209"
    severity = Severity.INFO
    examples = (
        Example(
            "two clocks in a socket",
            """\
[srat]
entries = '''
apic 0 0
apic 0 1 clock_domain=1
mem 0 0+4G
'''
""",
            findings=("entry 1 (processor, domain 0): clock domain 1, that of APIC id 0x0 is 0",),
        ),
        Example(
            "one clock a socket",
            """\
[srat]
entries = '''
apic 0 0..1
apic 1 2..3 clock_domain=1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        first: dict[int, Cpu] = {}
        seen: set[int] = set()
        for cpu in srat.cpus:
            other = first.setdefault(cpu.domain, cpu)
            clock = cpu.entry.clock_domain
            if clock != other.entry.clock_domain and cpu.domain not in seen:
                seen.add(cpu.domain)
                message = (
                    f"clock domain {clock}, that of {other.name} is {other.entry.clock_domain}"
                )
                yield srat.at(cpu.entry, "clock_domain", message)
