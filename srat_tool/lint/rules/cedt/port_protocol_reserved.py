"""The registers of a downstream port are of an undefined protocol.

Checks:
    An RDPAS structure with a protocol above 1.

Why it matters:
    0 is CXL.io and 1 CXL.cache and CXL.mem; nothing else is defined.

What Linux does:
    The CXL driver of Linux does not read the structure.

How to fix:
    Write 0 or 1.

References:
    CXL 3.1, 9.18.1.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class PortProtocolReserved(CedtRule):
    id = "CEDT026"
    severity = Severity.WARNING
    examples = (
        Example(
            "protocol 9",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
port 0 0x300 0x80030000 protocol=9
'''
""",
            findings=("entry 2 (downstream port association): protocol 9 is not defined",),
        ),
        Example(
            "CXL.cache and CXL.mem",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
port 0 0x300 0x80030000 protocol=1
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.all_of(3):
            if entry.protocol > 1:
                yield cedt.at(entry, "protocol", f"protocol {entry.protocol} is not defined")
