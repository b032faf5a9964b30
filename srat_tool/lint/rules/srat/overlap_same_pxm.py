"""Two enabled memory ranges of one proximity domain share addresses.

Checks:
    Two enabled memory entries of one domain intersect without being equal. Advice only when one
    of them is non-volatile or hot-pluggable, as in QEMU's tables with an NVDIMM inside the
    hot-add window.

Why it matters:
    Readers that add up sizes count the shared bytes twice.

What Linux does:
    Linux prints "Warning: node N [mem ...] overlaps with itself [mem ...]" and merges them.
    FreeBSD refuses the table.

How to fix:
    Merge the entries.

References:
    Linux numa_cleanup_meminfo; FreeBSD acpi_pxm.c; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class OverlapSamePxm(SratRule):
    id = "SRAT102"
    severity = Severity.WARNING
    examples = (
        Example(
            "a range and its neighbour share a GiB",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 3G+4G
'''
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): [mem 0xc0000000-0x1bfffffff] overlaps entry 1 "
                    "(memory, domain 0) [mem 0x00000000-0xffffffff]"
                ),
            ),
        ),
        Example(
            "an NVDIMM inside the hot-add window",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+64G hotplug
mem 0 8G+1G nonvolatile
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 0): [mem 0x200000000-0x23fffffff] overlaps entry 2 "
                    "(memory, domain 0) [mem 0x100000000-0x10ffffffff]"
                ),
            ),
        ),
        Example(
            "neighbours",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for first, second in srat.overlaps:
            if first.domain != second.domain or first.span == second.span:
                continue
            message = f"{second.text} overlaps {srat.name(first.entry)} {first.text}"
            node, span, _, other = srat.nodes_of(first, second)
            hit = srat.at(second.entry, "base_address", message)
            hit = hit._replace(values=(node, span, other))
            window = (first.entry.flags | second.entry.flags) & 6
            yield hit._replace(severity=Severity.INFO) if window else hit
