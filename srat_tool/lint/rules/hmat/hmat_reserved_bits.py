"""Reserved fields or flags are not 0.

Checks:
    Reserved bytes of the table or of a structure are not 0, or flags are set that the table's
    revision does not define; a minimum transfer size without its flag.

Why it matters:
    Reserved bytes must be 0, so that a later specification can use them.

What Linux does:
    Linux does not look at them.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.28; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule

TRANSFER_SIZE_APPLIES = 0x10
"""Flag of a matrix whose values hold for the minimum transfer size only."""


class HmatReservedBits(HmatRule):
    id = "HMAT012"
    severity = Severity.WARNING
    examples = (
        Example(
            "a reserved field",
            """\
[hmat]
entries = '''
memory 0 0 reserved3=1
'''
""",
            findings=("entry 0 (memory attributes): reserved field reserved3 is 0x1",),
        ),
        Example(
            "a flag of revision 1 in revision 2",
            """\
[hmat]
entries = '''
memory 0 0 flags=3
'''
""",
            findings=("entry 0 (memory attributes): reserved bits 0x2 of the flags are set",),
        ),
        Example(
            "zeros",
            """\
[hmat]
entries = '''
memory 0 0
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        if hmat.size >= 40 and hmat.decoded.table.reserved:
            yield hmat.hit(
                f"the reserved field at +0x24 is {hmat.decoded.table.reserved:#x}", 36, 4
            )
        yield from hmat.reserved_bits(hmat.all_of(*hmat.family.layouts))
        for entry in hmat.localities if hmat.header.revision > 1 else ():
            size = entry.minimum_transfer_size
            if size and not entry.flags & TRANSFER_SIZE_APPLIES:
                message = f"minimum transfer size is {size}, without the flag that it applies"
                yield hmat.at(entry, "minimum_transfer_size", message)
