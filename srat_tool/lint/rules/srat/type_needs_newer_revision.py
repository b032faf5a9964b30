"""Structures are used that this revision of the table does not have.

Checks:
    Structures of types 2 to 7 in a table of a revision below 3. A note in the table of a
    hypervisor: QEMU writes revision 1 whatever the table has.

Why it matters:
    An operating system that uses the revision may skip them.

What Linux does:
    Linux reads the types whatever the revision; domains of types 2 and 5 are not cut to eight
    bits.

How to fix:
    State revision 3.

References:
    ACPI 4.0, 5.2.16; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView
from srat_tool.plan.boot_memory import hypervisor_of


class TypeNeedsNewerRevision(SratRule):
    id = "SRAT010"
    severity = Severity.WARNING
    examples = (
        Example(
            "x2APIC entries in a table of revision 2",
            """\
[srat]
revision = 2
entries = '''
x2apic 0 0..3
mem 0 0+4G
'''
""",
            findings=(
                (
                    "entry 0 (x2APIC, domain 0): type 2 needs revision 3, the table has 2; so do 3 "
                    "more structures"
                ),
            ),
        ),
        Example(
            "revision 3",
            """\
[srat]
entries = '''
x2apic 0 0..3
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        newer = [entry for entry in srat.entries if 2 <= entry.type <= 7]
        if srat.header.revision < 3 and newer:
            message = f"type {newer[0].type} needs revision 3, the table has {srat.header.revision}"
            if len(newer) > 1:
                message += f"; so do {len(newer) - 1} more structures"
            hit = srat.at(newer[0], "type", message)
            guest = hypervisor_of(srat.srat) is not None
            yield hit._replace(severity=Severity.INFO) if guest else hit
