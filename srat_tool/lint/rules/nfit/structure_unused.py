"""No region mapping refers to a control region or an interleave.

Checks:
    A control region or an interleave whose index no region mapping states, in a table all of whose
    structures could be read. A control region that a block data window names is used too.

Why it matters:
    Perhaps a mapping states the index of another structure, or is missing.

What Linux does:
    Linux ignores a control region without a mapping: no module is registered for it.

How to fix:
    Correct the index in the mapping, or leave the structure out.

References:
    ACPI 6.5, 5.2.25.4 and 5.2.25.6; Linux drivers/acpi/nfit/core.c nfit_mem_init.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import CONTROL_REGION, INTERLEAVE, MAPPING, NfitView
from srat_tool.lint.rule import Example, NfitRule

_MAPPING = (
    "0100000000000000010001000000000001000000000000000000000000000000000000000000010000000000"
)
_MACHINE = f"""\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 {_MAPPING}
raw 4 01000000000000000000000000000000000000000000000000000000
raw 4 {{}}000000000000000000000000000000000000000000000000000000
'''
"""


class StructureUnused(NfitRule):
    id = "NFIT014"
    severity = Severity.WARNING
    follows = ("NFIT002", "NFIT006", "NFIT007", "NFIT013")
    examples = (
        Example(
            "a second control region",
            _MACHINE.format("02"),
            findings=("entry 3 (control region): no region mapping refers to index 2",),
        ),
        Example("one, used by a mapping", _MACHINE.replace("raw 4 {}", "# ")),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        if not nfit.could_be_read or not any(nfit.others(MAPPING)):
            return
        used = {(one.type, one.number) for one in nfit.references}
        for one in nfit.others(CONTROL_REGION, INTERLEAVE):
            if one["index"] and (one.entry.type, one["index"]) not in used:
                message = f"no region mapping refers to index {one['index']}"
                yield nfit.on(one, "index", message)
