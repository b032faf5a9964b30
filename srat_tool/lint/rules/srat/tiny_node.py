"""A node has next to no memory.

Checks:
    The ranges of a domain add up to less than 128 MiB (4 MiB under the Xen profile), and to
    more than 0.

Why it matters:
    A node of that size is useless, and more likely a mistake in the units.

What Linux does:
    Linux creates the node; kernels before 6.2 skipped nodes below 4 MiB. Xen skips those still.

How to fix:
    Check base and length.

References:
    Xen NODE_MIN_SIZE; Linux NODE_MIN_SIZE.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB, format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class TinyNode(SratRule):
    id = "SRAT118"
    severity = Severity.WARNING
    examples = (
        Example(
            "kilobytes for megabytes",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4M
'''
""",
            findings=("entry 3 (memory, domain 1): domain 1 has 4M of memory in all",),
        ),
        Example(
            "nodes of use",
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
        least = (4 if srat.settings.profile == "xen" else 128) * MIB
        for domain, size in srat.memory_by_domain.items() if srat.is_complete else ():
            if size < least:
                entry = srat.first_ranges[domain].entry
                message = f"domain {domain} has {format_size(size)} of memory in all"
                yield srat.at(entry, "range_length", message)._replace(about=f"domain {domain}")
