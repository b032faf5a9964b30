"""Revision 1 knows proximity domains of eight bits only.

Checks:
    The table has revision 1.

Why it matters:
    Domains above 255 cannot be declared, and the bytes that hold them later are ignored.

What Linux does:
    Linux masks the domains of processor and memory entries with 0xff.

How to fix:
    State revision 3, once the upper bytes are known to be 0.

References:
    ACPI 6.5, 5.2.16; Linux "acpi_srat_revision <= 1".
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class Legacy8BitDomains(SratRule):
    id = "SRAT011"
    severity = Severity.INFO
    examples = (
        Example(
            "an old table",
            """\
[srat]
revision = 1
entries = '''
apic 0 0
mem 0 0+4G
'''
""",
            findings=("revision is 1: proximity domains have eight bits",),
        ),
        Example(
            "revision 3",
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
        if srat.header.revision == 1:
            yield srat.header_hit("revision", "revision is 1: proximity domains have eight bits")
