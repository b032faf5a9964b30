"""A structure has a length that it cannot have.

Checks:
    A structure whose length is 0, is not that of its type and counts, or reaches past the end
    of the table; and bytes at the end that are too few for a structure.

Why it matters:
    The lengths lead from one structure to the next, so nothing after a wrong one can be
    trusted.

What Linux does:
    Linux walks from structure to structure by these lengths, and stops at a length of 0
    ("Invalid zero length" or an endless walk in kernels before 4.20) or at the end:
    processors after that have no caches and no package.

How to fix:
    State the length that the type has in the specification.

References:
    ACPI 6.5, 5.2.30; Linux drivers/acpi/pptt.c acpi_find_processor_node.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class TopologyMalformed(PpttRule):
    id = "PPTT001"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "zeros among the structures",
            """\
[pptt]
entries = '''
node 0 0 package
bytes 0000000000000000
'''
""",
            findings=("entry 1 (processor node): length is 0; 8 bytes are no structure",),
        ),
        Example(
            "a resource that the length leaves out",
            """\
[pptt]
entries = '''
node 0 0 package length=20 resource_count=1
'''
""",
            findings=("entry 0 (processor node): length is 20, expected 24",),
        ),
        Example(
            "structures as they should be",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 0 32K
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        yield from pptt.malformed()
