"""A structure is shorter than its type allows.

Checks:
    A structure of types 1 to 7 that is shorter than the fields that the type has, or than its
    counts ask for; one of a type that no specification defines, which is a warning.

Why it matters:
    A reader takes the next structure for the missing fields.

What Linux does:
    Linux up to 6.x copies the structure with the length that it expects; it ignores types that
    it does not know.

How to fix:
    Write all fields of the type.

References:
    ACPI 6.5, 5.2.25.3 to 5.2.25.9; Linux drivers/acpi/nfit/core.c add_table.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import CONTROL_REGION, FLUSH_HINTS, INTERLEAVE, SIZES, NfitView
from srat_tool.lint.rule import Example, NfitRule
from srat_tool.tables.nfit import OtherNvdimm


class NfitStructureTooShort(NfitRule):
    id = "NFIT007"
    severity = Severity.ERROR
    examples = (
        Example(
            "a control region of 12 bytes",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 4 0000000000000000
'''
""",
            findings=("entry 1 (control region): length is 12, the type has 32",),
        ),
        Example(
            "type 77",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 77 00000000
'''
""",
            findings=("entry 1 (type 77): no specification defines type 77",),
        ),
        Example(
            "a control region of 32 bytes",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 4 01000000000000000000000000000000000000000000000000000000
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        for one in nfit.others(INTERLEAVE, CONTROL_REGION, FLUSH_HINTS):
            if one.entry.length < one.wanted:
                length = one.entry.length
                message = f"length is {length}, the counts ask for {one.wanted}"
                yield nfit.at(one.entry, "length", message)
        for entry in nfit.entries:
            if isinstance(entry, OtherNvdimm):
                least = SIZES.get(entry.type)
                if least is None:
                    message = f"no specification defines type {entry.type}"
                    yield nfit.at(entry, "type", message)._replace(severity=Severity.WARNING)
                elif nfit.family.start.size <= entry.length < least:
                    message = f"length is {entry.length}, the type has {least}"
                    yield nfit.at(entry, "length", message)
