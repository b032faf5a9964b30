"""A window does not consist of whole 256 MiB pieces.

Checks:
    Base or size of a window is not a multiple of 256 MiB, the size is 0, or the window wraps
    past 2^64.

Why it matters:
    The specification asks for it, and decoders cannot do otherwise.

What Linux does:
    "CFMWS Base HPA not 256MB aligned", and the window is dropped by the CXL driver; 7.2 prints
    "CFMWS: [BIOS BUG] base/size alignment violates spec". NUMA still invents a node for it, an
    empty one when the size is 0.

How to fix:
    Align the window.

References:
    CXL 3.1, 9.18.1.3; Linux drivers/cxl/acpi.c; observed with Linux 6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import MIB, U64
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsNot256M(CedtRule):
    id = "CEDT003"
    severity = Severity.ERROR
    examples = (
        Example(
            "an odd base",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 0x108000000+4G 0 volatile type3
'''
""",
            findings=("entry 1 (window): base 0x108000000 is no multiple of 256 MiB",),
        ),
        Example(
            "an even base",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.windows:
            span = cedt.span(entry)
            if span.start % (256 * MIB):
                yield cedt.at(entry, "base_hpa", f"base {span.start:#x} is no multiple of 256 MiB")
            if span.size % (256 * MIB):
                yield cedt.at(
                    entry, "window_size", f"size {span.size:#x} is no multiple of 256 MiB"
                )
            if span.end > U64:
                yield cedt.at(entry, "window_size", f"{span.start:#x} plus {span.size:#x} wraps")
