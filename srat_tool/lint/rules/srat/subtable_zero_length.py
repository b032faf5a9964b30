"""A structure states that it has no bytes.

Checks:
    A structure whose length byte is 0, where the kernel's walk reaches it.

Why it matters:
    A walk that adds the length never gets past it; naive readers loop for ever.

What Linux does:
    Linux prints "[SRAT:0x00] Invalid zero length" and "[SRAT:0x01] Invalid zero length", gives
    up the memory pass, and with it all of NUMA: "No NUMA configuration found".

How to fix:
    Write the structure's true length, or close the hole.

References:
    ACPI 6.5, 5.2.16; Linux fw_table.c; fwts label SRATBadStructureLength; observed with Linux
    6.1 on two real tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class SubtableZeroLength(SratRule):
    id = "SRAT001"
    severity = Severity.ERROR
    yields_to = ("SRAT006",)
    examples = (
        Example(
            "a structure of length 0 in front of others",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G length=0
bytes 0100
mem 0 4G+4G
'''
""",
            findings=("entry 1 (memory): length is 0; 2 bytes from here on are no structure",),
        ),
        Example(
            "every structure has its length",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for hole in srat.holes:
            if hole.offset + 2 < srat.header.length and hole.extra[1:2] == b"\0":
                message = f"length is 0; {len(hole.extra)} bytes from here on are no structure"
                hit = srat.at(hole, "length", message)
                yield hit._replace(about=f"no structure at {hole.offset:#x}")
