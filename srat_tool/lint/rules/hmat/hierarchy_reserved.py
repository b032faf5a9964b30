"""A matrix is about a level of the hierarchy that is not defined.

Checks:
    A structure of type 1 whose memory hierarchy is above 3.

Why it matters:
    The level of the numbers is unknown.

What Linux does:
    Linux ignores the matrix.

How to fix:
    Write 0 for memory, 1 to 3 for a memory side cache.

References:
    ACPI 6.5, 5.2.28.4; AcpiView.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class HierarchyReserved(HmatRule):
    id = "HMAT011"
    severity = Severity.WARNING
    topic = NUMBERS
    examples = (
        Example(
            "level 4",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 flags=4
'''
""",
            findings=("entry 0 (latency and bandwidth): memory hierarchy 4 is reserved",),
        ),
        Example(
            "memory",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.localities:
            if entry.hierarchy > 3:
                yield hmat.at(entry, "flags", f"memory hierarchy {entry.hierarchy} is reserved")
