"""Two nodes meet inside a memory section.

Checks:
    Two touching ranges of different domains meet at an address that is not a multiple of 128
    MiB.

Why it matters:
    The memory block at the border holds pages of two nodes.

What Linux does:
    Such a block cannot be set offline. Kernels without per-page node numbers refuse: "Node
    alignment %LuMB < min %LuMB, rejecting NUMA config".

How to fix:
    Let nodes meet at a multiple of 128 MiB, better of 2 GiB.

References:
    Linux numa_register_meminfo.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class NodeBoundarySection(SratRule):
    id = "SRAT119"
    severity = Severity.WARNING
    examples = (
        Example(
            "a border at an odd MiB",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4097M
mem 1 4097M+4G
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): meets domain 0 at 0x100100000, inside a 128 MiB "
                    "section"
                ),
            ),
        ),
        Example(
            "a border at a GiB",
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
        for left, right in srat.touching():
            if left.domain != right.domain and right.start % (128 * MIB):
                message = (
                    f"meets domain {left.domain} at {right.start:#x}, inside a 128 MiB section"
                )
                yield srat.at(right.entry, "base_address", message)
