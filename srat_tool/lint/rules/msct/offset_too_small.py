"""The structures begin at an impossible place.

Checks:
    The offset of the first structure is below 0x38 or above the header's Length.

Why it matters:
    Every structure is misread.

What Linux does:
    Linux does not read the MSCT.

How to fix:
    Write 0x38.

References:
    ACPI 6.5, 5.2.19; fwts label MSCTBadProximityOffset.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MsctRule


class OffsetTooSmall(MsctRule):
    id = "MSCT001"
    severity = Severity.ERROR
    examples = (
        Example(
            "an offset without the header",
            """\
[msct]
information_offset = 0x14
entries = '''
domains 0 0 4 4G
'''
""",
            findings=("the structures begin at 0x14, expected 0x38",),
        ),
        Example(
            "right after the fixed part",
            """\
[msct]
entries = '''
domains 0 0 4 4G
'''
""",
        ),
    )

    def check(self, msct: MsctView) -> Iterator[Hit]:
        offset = msct.msct.information_offset
        if msct.size >= 56 and not 0x38 <= offset <= msct.header.length:
            message = f"the structures begin at {offset:#x}, expected 0x38"
            yield msct.fixed("information_offset", message)
