"""The lines of an interleave have no size.

Checks:
    An interleave structure that describes lines and whose line size is 0.

Why it matters:
    Addresses of the range cannot be assigned to devices.

What Linux does:
    Linux keeps the structure for block windows only, which since release 5.18 it does not use;
    before, it divided by the line size.

How to fix:
    State the line size, a power of two.

References:
    ACPI 6.5, 5.2.25.4; Linux drivers/acpi/nfit/core.c of 5.17, to_interleave_offset.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import INTERLEAVE, NfitView
from srat_tool.lint.rule import Example, NfitRule

_MACHINE = """\
[nfit]
entries = '''
raw 2 0100000001000000{size}00000000
'''
"""


class LineSizeZero(NfitRule):
    id = "NFIT012"
    severity = Severity.WARNING
    examples = (
        Example(
            "a line of no bytes",
            _MACHINE.format(size="00000000"),
            findings=("entry 0 (interleave): line size is 0",),
        ),
        Example("lines of 256 bytes", _MACHINE.format(size="00010000")),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        for one in nfit.others(INTERLEAVE):
            if one["count"] and not one["line size"]:
                yield nfit.on(one, "line size", "line size is 0")
