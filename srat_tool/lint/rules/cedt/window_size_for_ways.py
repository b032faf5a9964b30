"""The size of a window does not divide by its targets.

Checks:
    A window whose size is a multiple of 256 MiB, but not of 256 MiB for each of its targets.

Why it matters:
    Each target decodes an equal part, in units of 256 MiB.

What Linux does:
    Linux accepts the window; a region that uses all of it cannot be committed to the decoders
    of the devices.

How to fix:
    State a multiple of 256 MiB times the number of targets.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/core/region.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example

UNIT = 256 * MIB


class WindowSizeForWays(CedtRule):
    id = "CEDT023"
    severity = Severity.WARNING
    examples = (
        Example(
            "256 MiB for two bridges",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
window 64G+256M 1,2 volatile type3
'''
""",
            findings=(
                (
                    "entry 2 (window): size 0x10000000 is no multiple of 256 MiB for each of "
                    "2 targets"
                ),
            ),
        ),
        Example(
            "512 MiB for two bridges",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
window 64G+512M 1,2 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.windows:
            ways, size = entry.ways, entry.window_size
            if ways and not size % UNIT and size % (UNIT * ways):
                message = f"size {size:#x} is no multiple of 256 MiB for each of {ways} targets"
                yield cedt.at(entry, "window_size", message)
