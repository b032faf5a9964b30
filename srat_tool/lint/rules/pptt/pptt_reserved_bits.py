"""Reserved fields or flags are not 0.

Checks:
    Reserved bits of the flags and of the attributes, which are a warning, and reserved fields.
    In revision 1 only two flags of a processor node are defined.

Why it matters:
    The specification asks for 0, and a later edition may give the bits a meaning.

What Linux does:
    Linux does not read them; the flags for threads and leaves it reads from revision 2 on only.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.30.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class PpttReservedBits(PpttRule):
    id = "PPTT011"
    severity = Severity.INFO
    examples = (
        Example(
            "an undefined flag",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf flags=0x10a
'''
""",
            findings=("entry 1 (processor node): reserved bits 0x100 of the flags are set",),
        ),
        Example(
            "a reserved field",
            """\
[pptt]
entries = '''
node 0 0 package reserved1=5
node 36 0 valid-id leaf
'''
""",
            findings=("entry 0 (processor node): reserved field reserved1 is 0x5",),
        ),
        Example(
            "a leaf before there was a flag for it",
            """\
[pptt]
revision = 1
entries = '''
node 0 0 package
node 36 0 valid-id leaf
'''
""",
            findings=("entry 1 (processor node): reserved bits 0x8 of the flags are set",),
        ),
        Example(
            "all reserved bits are 0",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 1 valid-id leaf
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for hit in pptt.reserved_bits(pptt.all_of(*pptt.family.layouts)):
            whole = " reserved1 " in hit.message
            yield hit if whole else hit._replace(severity=Severity.WARNING)
