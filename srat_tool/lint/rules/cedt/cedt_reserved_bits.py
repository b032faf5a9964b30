"""Reserved fields or flags are not 0.

Checks:
    Reserved bytes of a record are not 0, or restrictions above bit 5 or capabilities above bit
    5 are set.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    CXL 3.1, 9.18.1; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CedtReservedBits(CedtRule):
    id = "CEDT017"
    severity = Severity.WARNING
    examples = (
        Example(
            "a reserved field",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K reserved2=1
'''
""",
            findings=("entry 0 (host bridge): reserved field reserved2 is 0x1",),
        ),
        Example(
            "zeros",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        yield from cedt.reserved_bits(cedt.all_of(*cedt.family.layouts))
