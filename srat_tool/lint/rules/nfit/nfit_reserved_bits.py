"""Reserved fields or flags are not 0.

Checks:
    Reserved bits of the flags of ranges and mappings, of the capabilities and of the valid fields
    of a control region, which are a warning, and the reserved fields.

Why it matters:
    The specification asks for 0, and a later edition may give the bits a meaning.

What Linux does:
    Linux does not read them.

How to fix:
    Write 0.

References:
    ACPI 6.5, 5.2.25.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import CAPABILITIES, CONTROL_REGION, MAPPING, NAMES, NfitView
from srat_tool.lint.rule import Example, NfitRule

DEFINED = {
    (MAPPING, "flags"): 0x7F,
    (CONTROL_REGION, "valid fields"): 1,
    (CAPABILITIES, "capabilities"): 7,
}
"""The bits that mean something, by type and field."""


class NfitReservedBits(NfitRule):
    id = "NFIT005"
    severity = Severity.INFO
    examples = (
        Example(
            "an undefined flag",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G flags=0x12
'''
""",
            findings=("entry 0 (address range): reserved bits 0x10 of the flags are set",),
        ),
        Example(
            "the reserved field of the table",
            """\
[nfit]
reserved = 1
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
'''
""",
            findings=("the reserved field of the table is 0x1",),
        ),
        Example(
            "all reserved bits are 0",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        for hit in nfit.reserved_bits(nfit.ranges, whole=False):
            yield hit._replace(severity=Severity.WARNING)
        yield from nfit.reserved_bits(nfit.ranges, whole=True)
        for one in nfit.others(*NAMES):
            for field in one.fields:
                defined = DEFINED.get((one.entry.type, field))
                bits = one[field] & ~(defined or 0)
                if defined is not None and bits:
                    hit = nfit.on(one, field, f"reserved bits {bits:#x} of the {field} are set")
                    yield hit._replace(severity=Severity.WARNING)
                elif field.startswith("reserved") and bits:
                    yield nfit.on(one, field, f"reserved field is {bits:#x}")
        reserved = nfit.decoded.table.reserved
        if reserved and not nfit.is_stub:
            yield nfit.hit(f"the reserved field of the table is {reserved:#x}", 36, 4)
