"""A record has the wrong length.

Checks:
    A record of length 0, one that runs past the end, or a length other than 32 for a host
    bridge, 36 + 4W for a window of W ways, 8 + 8M for M XOR maps, 20 for a downstream port
    association, 8 for a system description.

Why it matters:
    Its fields, and all structures after it, are misread.

What Linux does:
    "CFMWS length N less than expected N", and the window is dropped.

How to fix:
    Correct length or counts.

References:
    CXL 3.1, 9.18.1; Linux drivers/cxl/acpi.c; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class RecordLength(CedtRule):
    id = "CEDT001"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "a window without its second target",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 encoded_ways=1 volatile type3
'''
""",
            findings=("entry 1 (window): length is 40, expected 44",),
        ),
        Example(
            "records as they should be",
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
            wanted = cedt.wanted_length(entry)
            if entry.length == 0:
                yield cedt.at(entry, "length", f"{len(entry.extra)} bytes are no record")
            elif wanted is not None and entry.length != wanted:
                hit = cedt.at(entry, "length", f"length is {entry.length}, expected {wanted}")
                yield hit._replace(values=(entry.length, wanted))
            elif entry.offset + entry.length > cedt.header.length:
                yield cedt.at(entry, "length", "runs past the end of the table")
