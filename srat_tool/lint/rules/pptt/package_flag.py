"""A processor is in no package, or in a package within a package.

Checks:
    A node without children and with a valid processor id of which not exactly one of itself and
    its parents is marked as a physical package. A reference that leads nowhere is another
    rule's.

Why it matters:
    The package decides which processors share a socket.

What Linux does:
    Linux climbs to the first node with the flag, or to the top where none has it: then all
    processors under that top share one package id.

How to fix:
    Set Physical Package in the node of each socket, and in no other.

References:
    ACPI 6.5, 5.2.30.1, table 5.185; Linux drivers/acpi/pptt.c find_acpi_cpu_topology_package.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class PackageFlag(PpttRule):
    id = "PPTT006"
    severity = Severity.WARNING
    examples = (
        Example(
            "no package",
            """\
[pptt]
entries = '''
node 0 0
node 36 0 valid-id leaf
'''
""",
            findings=(
                (
                    "entry 1 (processor node): no node above processor 0 is a package, one "
                    "of 1 such processors"
                ),
            ),
        ),
        Example(
            "a package in a package",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 package
node 56 0 valid-id leaf
'''
""",
            findings=(
                "entry 2 (processor node): processor 0 is in 2 packages, one of 1 such processors",
            ),
        ),
        Example(
            "one package",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for count, members in pptt.packages_above.items():
            if count == 1 or not members:
                continue
            first = members[0]
            number = first.acpi_processor_id
            what = (
                f"processor {number} is in {count} packages"
                if count
                else f"no node above processor {number} is a package"
            )
            message = f"{what}, one of {len(members)} such processors"
            yield pptt.at(first, "flags", message)
