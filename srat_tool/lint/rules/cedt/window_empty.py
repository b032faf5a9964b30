"""A window is empty.

Checks:
    A fixed memory window of size 0.

Why it matters:
    Nothing can be mapped into it.

What Linux does:
    Linux rejects it: a range of size 0 cannot be a resource, and the window is skipped.

How to fix:
    State the size, or leave the structure out.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/acpi.c cxl_parse_cfmws.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class WindowEmpty(CedtRule):
    id = "CEDT021"
    severity = Severity.ERROR
    examples = (
        Example(
            "size 0",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+0 0 volatile type3
'''
""",
            findings=("entry 1 (window): the window is empty: its size is 0",),
        ),
        Example(
            "a size",
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
            if entry.window_size == 0:
                yield cedt.at(entry, "window_size", "the window is empty: its size is 0")
