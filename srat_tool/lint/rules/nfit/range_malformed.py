"""A structure has a length that it cannot have.

Checks:
    A structure whose length is 0, is not that of its type, or reaches past the end of the
    table; and bytes at the end that are too few for a structure.

Why it matters:
    The lengths lead from one structure to the next, so nothing after a wrong one can be
    trusted.

What Linux does:
    Linux stops at a length of 0 ("found a zero length table") and reads past
    the end otherwise: persistent memory after that is missing.

How to fix:
    State the length that the type has in the specification.

References:
    ACPI 6.5, 5.2.25; Linux drivers/acpi/nfit/core.c add_table.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import NfitView
from srat_tool.lint.rule import Example, NfitRule


class RangeMalformed(NfitRule):
    id = "NFIT001"
    severity = Severity.ERROR
    yields_to = ("ACPI002", "ACPI003")
    examples = (
        Example(
            "zeros among the structures",
            """\
[nfit]
entries = '''
range 0 base_address=4G range_length=4G length=56
bytes 00000000
'''
""",
            findings=("entry 1 (address range): length is 0; 4 bytes are no structure",),
        ),
        Example(
            "a range",
            """\
[nfit]
entries = '''
range 0 base_address=4G range_length=4G length=56
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        yield from nfit.malformed()
