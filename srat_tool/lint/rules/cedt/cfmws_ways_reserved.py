"""A window interleaves over a number of ways that is not defined.

Checks:
    An encoded number of interleave ways other than 0 to 4 and 8 to 10.

Why it matters:
    The number of host bridges that share the window is unknown.

What Linux does:
    "CFMWS Interleave Ways (N) invalid", and the window is dropped.

How to fix:
    Write 0 to 4 for 1 to 16 ways, 8 to 10 for 3, 6 and 12.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/acpi.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsWaysReserved(CedtRule):
    id = "CEDT004"
    severity = Severity.ERROR
    examples = (
        Example(
            "code 5",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 encoded_ways=5 volatile type3
'''
""",
            findings=("entry 1 (window): encoded interleave ways 5 is reserved",),
        ),
        Example(
            "one way",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.entries:
            if entry.type == 1 and entry.length >= 36 and entry.ways is None:
                message = f"encoded interleave ways {entry.encoded_ways} is reserved"
                hit = cedt.at(entry, "encoded_ways", message)
                yield hit._replace(values=(entry.encoded_ways,))
