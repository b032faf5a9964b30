"""The index of an address range does not name one range.

Checks:
    An index of 0, or one that another range has; likewise of interleaves and control regions.

Why it matters:
    Region mappings name a range by its index; 0 names none.

What Linux does:
    Linux ignores a range with index 0. Of two ranges with one index, the mappings of both
    belong to each.

How to fix:
    Give each range its own index above 0.

References:
    ACPI 6.5, 5.2.25.2; Linux drivers/acpi/nfit/core.c acpi_nfit_register_region.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import CONTROL_REGION, INTERLEAVE, NfitView, OtherStructure
from srat_tool.lint.rule import Example, NfitRule
from srat_tool.tables.nfit import SpaRange


class RangeIndex(NfitRule):
    id = "NFIT002"
    severity = Severity.WARNING
    examples = (
        Example(
            "index 0",
            """\
[nfit]
entries = '''
range 0 base_address=4G range_length=4G
'''
""",
            findings=("entry 0 (address range): the index is 0",),
        ),
        Example(
            "one index twice",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
range 0 range_index=1 base_address=8G range_length=4G
'''
""",
            findings=("entry 1 (address range): index 1 is that of entry 0 too",),
        ),
        Example(
            "one each",
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
        seen: dict[int, SpaRange] = {}
        for entry in nfit.ranges:
            first = seen.setdefault(entry.range_index, entry)
            if not entry.range_index:
                yield nfit.at(entry, "range_index", "the index is 0")
            elif first is not entry:
                message = f"index {entry.range_index} is that of entry {nfit.number(first)} too"
                yield nfit.at(entry, "range_index", message)
        known: dict[tuple[int, int], OtherStructure] = {}
        for one in nfit.others(INTERLEAVE, CONTROL_REGION):
            index = one["index"]
            same = known.setdefault((one.entry.type, index), one)
            if not index:
                yield nfit.on(one, "index", "the index is 0")
            elif same is not one:
                message = f"index {index} is that of entry {nfit.number(same.entry)} too"
                yield nfit.on(one, "index", message)
