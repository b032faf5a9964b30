"""A host bridge's registers do not fit its version.

Checks:
    A CXL version above 1, or a register length other than 0x2000 for version 0 and 0x10000 for
    version 1.

Why it matters:
    The registers cannot be mapped as they are meant.

What Linux does:
    Linux ignores the host bridge.

How to fix:
    Correct version or length.

References:
    CXL 3.1, 9.18.1.2; fwts label CEDTBadCHBSLength.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class ChbsVersionLength(CedtRule):
    id = "CEDT002"
    severity = Severity.ERROR
    examples = (
        Example(
            "the size of the old version",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+8K
'''
""",
            findings=("entry 0 (host bridge): 0x2000 bytes of registers, expected 0x10000",),
        ),
        Example(
            "64 KiB",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.bridges:
            wanted = {0: 0x2000, 1: 0x10000}.get(entry.cxl_version)
            if wanted is None:
                yield cedt.at(entry, "cxl_version", f"CXL version {entry.cxl_version} is reserved")
            elif entry.register_length != wanted:
                message = f"{entry.register_length:#x} bytes of registers, expected {wanted:#x}"
                yield cedt.at(entry, "register_length", message)
