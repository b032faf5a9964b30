"""A window interleaves in pieces of an undefined size.

Checks:
    A granularity above 6.

Why it matters:
    The host bridge of an address is unknown.

What Linux does:
    The window is rejected.

How to fix:
    Write 0 to 6 for 256 bytes to 16 KiB.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/acpi.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsGranularity(CedtRule):
    id = "CEDT006"
    severity = Severity.ERROR
    examples = (
        Example(
            "code 9",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 granularity=9 volatile type3
'''
""",
            findings=("entry 1 (window): granularity 9 is reserved",),
        ),
        Example(
            "256 bytes",
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
            if entry.granularity > 6:
                message = f"granularity {entry.granularity} is reserved"
                yield cedt.at(entry, "granularity", message)
