"""The memory of two domains alternates without gaps.

Checks:
    Three ranges with RAM that touch each other belong to domains A, B, A. Hot-add windows and
    persistent memory do not count.

Why it matters:
    The nodes' spans overlap.

What Linux does:
    Linux cannot join the pieces of a node; spanned and present pages differ, and both nodes'
    zones span the same addresses.

How to fix:
    Give each domain one range, or use the firmware's interleaving setting.

References:
    Linux merge rule in numa_cleanup_meminfo; Ampere firmware issue 19.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.srat_view import SratView


class InterleavedDomains(MachineRule):
    id = "SRAT117"
    severity = Severity.WARNING
    examples = (
        Example(
            "A, B, A",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
mem 0 8G+4G
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): [mem 0x100000000-0x1ffffffff] is between two "
                    "ranges of domain 0"
                ),
            ),
        ),
        Example(
            "A, A, B",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+8G
mem 1 8G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for srat in machine.every(SratView):
            for (first, middle), (again, last) in itertools.pairwise(srat.touching()):
                between = middle is again and first.domain == last.domain != middle.domain
                if between and not any(machine.lacks_ram(r, srat) for r in (first, middle, last)):
                    message = f"{middle.text} is between two ranges of domain {first.domain}"
                    yield srat.at(middle.entry, "proximity_domain", message)
