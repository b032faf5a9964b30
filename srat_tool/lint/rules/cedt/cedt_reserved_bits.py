"""Reserved fields or flags are not 0.

Checks:
    Reserved bytes of a record are not 0, or restrictions above bit 5 or capabilities above bit
    5 are set.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    CXL 3.1, 9.18.1; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.rule import CedtRule, Example, Hit, Severity


class CedtReservedBits(CedtRule):
    id = "CEDT017"
    name = "cedt-reserved-bits"
    severity = Severity.WARNING
    examples = (
        Example(
            "a reserved field",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K reserved2=1
'''
""",
            findings=("entry 0 (host bridge): a reserved field is not 0",),
        ),
        Example(
            "zeros",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.all_of(0, 1, 2, 3, 4):
            for field in ("reserved1", "reserved2", "reserved3"):
                value = getattr(entry, field, 0)
                if any(value) if isinstance(value, bytes) else value:
                    yield cedt.at(entry, field, "a reserved field is not 0")
            for field in ("restrictions", "capabilities"):
                bits = getattr(entry, field, 0) & ~0x3F
                if bits:
                    yield cedt.at(entry, field, f"reserved bits {bits:#x} of {field} are set")
