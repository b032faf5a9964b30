"""Reserved fields of a memory entry are not 0.

Checks:
    An enabled memory entry whose bytes at 6, 32, or (from revision 2 on) 24 are not 0. In
    revision 1 the field at 24 is the memory type.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.16.2; desktop tables signed FAM_F_10 have 1 at 24. fwts is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class ReservedNonzero(SratRule):
    id = "SRAT108"
    severity = Severity.INFO
    examples = (
        Example(
            "a memory type where there is none any more",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G reserved2=1
'''
""",
            findings=("entry 1 (memory, domain 0): reserved field reserved2 is 0x1",),
        ),
        Example(
            "the memory type of revision 1",
            """\
[srat]
revision = 1
entries = '''
apic 0 0
mem 0 0+4G reserved2=1
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        yield from srat.reserved_bits(srat.memory, whole=True)
