"""A structure is longer than its type.

Checks:
    A length above 16, 40, 24, 18, 12, 32, 32, 20 bytes for types 0 to 7, up to the table's end.

Why it matters:
    The bytes after the known fields have no meaning.

What Linux does:
    Longer memory and x2APIC entries are accepted. A processor entry of type 0 must have exactly
    16 bytes, else "SRAT: SRAT not used."; Xen asks the same.

How to fix:
    Write the length of the type.

References:
    ACPI 6.5, 5.2.16; observed with Linux 5.10, 6.1, 6.12 and 7.2; Linux 3.x expects exactly 40
    bytes for memory.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class SubtableTooLong(SratRule):
    id = "SRAT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "a processor entry with four bytes too many",
            """\
[srat]
entries = '''
apic 0 0 length=20 extra=00*4
mem 0 0+4G
'''
""",
            findings=("entry 0 (processor, domain 0): length is 20, type 0 has 16 bytes",),
        ),
        Example(
            "a memory entry with eight bytes too many",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G length=48 extra=00*8
'''
""",
            findings=("entry 1 (memory, domain 0): length is 48, type 1 has 40 bytes",),
        ),
        Example(
            "past the table's end is another rule's",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G length=41
'''
""",
        ),
        Example(
            "exact lengths",
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
        for entry in srat.entries:
            layout = srat.layout(entry)
            if layout and entry.length > layout.size and not srat.runs_over(entry):
                message = f"length is {entry.length}, type {entry.type} has {layout.size} bytes"
                hit = srat.at(entry, "length", message)
                yield hit._replace(severity=Severity.ERROR) if entry.type == 0 else hit
