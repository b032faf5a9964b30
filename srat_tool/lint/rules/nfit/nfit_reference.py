"""A structure refers to one that is not there.

Checks:
    A region mapping whose address range, control region or interleave structure, and a block
    data window whose control region, is not in a table all of whose structures could be read; a
    region mapping that names no control region.

Why it matters:
    Without it nothing is known of the DIMM or of its addresses.

What Linux does:
    Linux leaves the DIMM out of the region; without its control region the DIMM has no identity
    and is not registered.

How to fix:
    Add the structure, or correct the index.

References:
    ACPI 6.5, 5.2.25.3; Linux drivers/acpi/nfit/core.c nfit_mem_init.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import MAPPING, NfitView
from srat_tool.lint.rule import Example, NfitRule


class NfitReference(NfitRule):
    id = "NFIT006"
    severity = Severity.WARNING
    follows = ("NFIT002", "NFIT007")
    examples = (
        Example(
            "a range that is not there",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0000000000000000090001000000000000000000000000000000000000000000000000000000000000000000
raw 4 01000000000000000000000000000000000000000000000000000000
'''
""",
            findings=("entry 1 (region mapping): there is no range with index 9",),
        ),
        Example(
            "both are there",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0000000000000000010001000000000000000000000000000000000000000000000000000000000000000000
raw 4 01000000000000000000000000000000000000000000000000000000
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        if not nfit.could_be_read:
            return
        indices = nfit.indices
        for one in nfit.references:
            if one.number not in indices[one.type]:
                message = f"there is no {one.what} with index {one.number}"
                hit = nfit.inside(one.entry, one.place, 2, message)
                yield hit._replace(alike=(one.what, one.number))
        for mapping in nfit.others(MAPPING):
            if not mapping["control region"]:
                yield nfit.on(mapping, "control region", "the index of the control region is 0")
