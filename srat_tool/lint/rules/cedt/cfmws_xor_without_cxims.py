"""The XOR maps of a window are missing.

Checks:
    A window with XOR arithmetic and neither 1 nor 3 ways, and no XOR maps of its granularity.

Why it matters:
    The maps declare which address bits are combined.

What Linux does:
    "No CXIMS for HBIG N", and the window is dropped.

How to fix:
    Add the XOR maps.

References:
    CXL 3.1, 9.18.1.4; Linux drivers/cxl/acpi.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsXorWithoutCxims(CedtRule):
    id = "CEDT007"
    severity = Severity.ERROR
    needs = ("CEDT",)
    examples = (
        Example(
            "maps of another granularity",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
bridge 1 0x20000000+64K
window 4G+4G 0,1 arithmetic=1 volatile type3
xor 3 0x2100
'''
""",
            findings=("entry 2 (window): XOR arithmetic, and no XOR maps for granularity 0",),
        ),
        Example(
            "maps of the same granularity",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
bridge 1 0x20000000+64K
window 4G+4G 0,1 arithmetic=1 volatile type3
xor 0 0x2100
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        known = {entry.granularity for entry in cedt.xor_maps}
        for entry in cedt.windows:
            needs = entry.arithmetic == 1 and entry.ways not in (None, 1, 3)
            if needs and entry.granularity not in known:
                message = f"XOR arithmetic, and no XOR maps for granularity {entry.granularity}"
                yield cedt.at(entry, "arithmetic", message)._replace(values=(entry.granularity,))
