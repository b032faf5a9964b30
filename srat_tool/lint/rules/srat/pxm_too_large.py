"""A proximity domain has a number that Linux cannot map.

Checks:
    A domain of an enabled processor, memory or initiator entry is not below the kernel's limit:
    the number of nodes it was built for, at least 256 (1,024 in distributions); 256 under the
    Xen profile. A warning from 256 on, where smaller kernels and Xen give up.

Why it matters:
    Proximity domains may be any 32-bit number, but operating systems index tables with them.

What Linux does:
    A memory entry gives "SRAT: Too many proximity domains." and "SRAT: SRAT not used.": all of
    NUMA is lost.

How to fix:
    Number the domains densely from 0.

References:
    Linux MAX_PXM_DOMAINS; Xen has 256. fwts and iasl are silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class PxmTooLarge(SratRule):
    id = "SRAT401"
    severity = Severity.ERROR
    severities = {"spec": Severity.INFO}
    examples = (
        Example(
            "a handle for a number",
            """\
[srat]
entries = '''
apic 0x10001 0
mem 0x10001 0+4G
'''
""",
            findings=("entry 0 (processor, domain 65537): domain 0x10001 is not below 1024",),
        ),
        Example(
            "a number that Xen and small kernels refuse",
            """\
[srat]
entries = '''
apic 0 0
mem 300 0+4G
'''
""",
            findings=(
                (
                    "entry 1 (memory, domain 300): domain 300 is not below 256, the limit of "
                    "kernels built for few nodes"
                ),
            ),
        ),
        Example(
            "the same number under the Xen profile",
            """\
[srat]
entries = '''
apic 0 0
mem 300 0+4G
'''
""",
            findings=("entry 1 (memory, domain 300): domain 0x12c is not below 256",),
            options={"profile": "xen"},
        ),
        Example(
            "small numbers",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        settings = srat.settings
        limit = 256 if settings.profile == "xen" else settings.max_domains
        seen: set[int] = set()
        for entry in srat.entries_in_force(0, 1, 2, 3, 5, 7):
            domain = srat.domain(entry)
            if domain < 256 or domain in seen:
                continue
            seen.add(domain)
            field = "proximity_domain_low" if entry.type == 0 else "proximity_domain"
            if domain >= limit:
                hit = srat.at(entry, field, f"domain {domain:#x} is not below {limit}")
                yield hit._replace(about=f"domain {domain}")
            else:
                message = (
                    f"domain {domain} is not below 256, the limit of kernels built for few nodes"
                )
                yield srat.at(entry, field, message)._replace(severity=Severity.WARNING)
