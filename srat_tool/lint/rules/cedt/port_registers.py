"""The registers of a downstream port are described wrongly.

Checks:
    An RDPAS structure with a base of 0 or one that is not a multiple of 4 KiB, and a second
    structure about one port and protocol.

Why it matters:
    Errors of the port are read from the wrong registers.

What Linux does:
    The CXL driver of Linux does not read the structure.

How to fix:
    List each port and protocol once, with the address of its registers.

References:
    CXL 3.1, 9.18.1.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import PAGE_SIZE
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example
from srat_tool.tables.cedt import Rdpas


class PortRegisters(CedtRule):
    id = "CEDT032"
    severity = Severity.WARNING
    examples = (
        Example(
            "base 0",
            """\
[cedt]
entries = '''
port 0 0x300 0 protocol=1
'''
""",
            findings=("entry 0 (downstream port association): base is 0",),
        ),
        Example(
            "a base",
            """\
[cedt]
entries = '''
port 0 0x300 0x80030000 protocol=1
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        seen: dict[tuple[int, int, int], Rdpas] = {}
        for entry in cedt.all_of(3):
            first = seen.setdefault((entry.segment, entry.bdf, entry.protocol), entry)
            if first is not entry:
                message = f"the port and protocol of entry {cedt.number(first)} again"
                yield cedt.at(entry, "bdf", message)
            elif not entry.base:
                yield cedt.at(entry, "base", "base is 0")
            elif entry.base % PAGE_SIZE:
                yield cedt.at(entry, "base", f"base {entry.base:#x} is no multiple of 4 KiB")
