"""A window interleaves by an arithmetic that is not defined.

Checks:
    An interleave arithmetic above 1.

Why it matters:
    The host bridge of an address is unknown.

What Linux does:
    "CFMWS Unknown Interleave Arithmetic: N", and the window is dropped.

How to fix:
    Write 0 for modulo or 1 for XOR.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/acpi.c; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsArithmetic(CedtRule):
    id = "CEDT005"
    severity = Severity.ERROR
    examples = (
        Example(
            "code 2",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 arithmetic=2 volatile type3
'''
""",
            findings=("entry 1 (window): interleave arithmetic 2 is reserved",),
        ),
        Example(
            "modulo",
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
        for entry in cedt.windows:
            if entry.arithmetic > 1:
                message = f"interleave arithmetic {entry.arithmetic} is reserved"
                yield cedt.at(entry, "arithmetic", message)._replace(values=(entry.arithmetic,))
