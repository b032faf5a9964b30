"""A structure is shorter than its type.

Checks:
    A length of 1, or below 16, 40, 24, 18, 12, 32, 32, 20 bytes for types 0 to 7.

Why it matters:
    Its last fields are read from the structure after it.

What Linux does:
    A short memory entry gives "SRAT: Unexpected header length: N" and "SRAT: SRAT not used.";
    short processor and x2APIC entries drop the SRAT as well. A short generic initiator is read
    past its end. The walk continues by the length as written, so that what follows is read out of
    step; that is not reported again where only the length is wrong.

How to fix:
    Write the whole structure and its full length.

References:
    ACPI 6.5, 5.2.16.1 to 5.2.16.7; observed with Linux 5.10, 6.1, 6.12 and 7.2; fwts SRAT
    length labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class SubtableTooShort(SratRule):
    id = "SRAT002"
    severity = Severity.ERROR
    examples = (
        Example(
            "a memory entry of 38 bytes",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G length=38
'''
""",
            findings=(
                "entry 1 (memory, domain 0): length is 38, a structure of type 1 has 40 bytes",
            ),
        ),
        Example(
            "the length byte alone is wrong",
            """\
[srat]
entries = '''
apic 0 0 length=15 extra=00
mem 0 0+4G
'''
""",
            findings=(
                "entry 0 (processor, domain 0): length is 15, a structure of type 0 has 16 bytes",
            ),
        ),
        Example(
            "40 bytes",
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
            least = layout.size if layout else 2
            if 0 < entry.length < least:
                kind = f"of type {entry.type} has" if layout else "has at least"
                message = f"length is {entry.length}, a structure {kind} {least} bytes"
                yield srat.at(entry, "length", message)._replace(values=(entry.length,))
