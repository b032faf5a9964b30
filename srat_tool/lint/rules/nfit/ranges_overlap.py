"""Two address ranges share addresses.

Checks:
    Two ranges of the NFIT that intersect.

Why it matters:
    An address belongs to one region.

What Linux does:
    Linux registers the first region; the driver of the second cannot reserve its addresses and
    fails with "could not reserve region".

How to fix:
    Correct base and length.

References:
    ACPI 6.5, 5.2.25.2; Linux drivers/nvdimm/pmem.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import NfitView
from srat_tool.lint.rule import Example, NfitRule
from srat_tool.tables.nfit import SpaRange


class RangesOverlap(NfitRule):
    id = "NFIT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "the second begins inside the first",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
range 0 range_index=2 base_address=6G range_length=4G
'''
""",
            findings=(
                (
                    "entry 1 (address range): [mem 0x180000000-0x27fffffff] overlaps entry 0 "
                    "(address range)"
                ),
            ),
        ),
        Example(
            "one after the other",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
range 0 range_index=2 base_address=8G range_length=4G
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        reach: SpaRange | None = None
        ranges = [entry for entry in nfit.ranges if entry.range_length]
        for entry in sorted(ranges, key=lambda entry: entry.base_address):
            span = nfit.span(entry)
            if reach is not None and span.start < nfit.span(reach).end:
                message = f"{mem_range(span)} overlaps {nfit.name(reach)}"
                yield nfit.at(entry, "base_address", message)
            if reach is None or span.end > nfit.span(reach).end:
                reach = entry
