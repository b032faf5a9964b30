"""An address range does not state what it is.

Checks:
    A type (GUID) of zeros.

Why it matters:
    Only the GUID separates persistent memory from volatile memory and from registers.

What Linux does:
    Linux creates no region for a type that it does not know.

How to fix:
    Write the GUID: 66F0D379-B4F3-4074-AC43-0D3318B78CDB for persistent memory.

References:
    ACPI 6.5, 5.2.25.2; Linux drivers/acpi/nfit/core.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import PERSISTENT_MEMORY, NfitView
from srat_tool.lint.rule import Example, NfitRule

FIELDS = "range_index=1 base_address=4G range_length=4G"
RANGE = f"range 1 {FIELDS} type_guid={PERSISTENT_MEMORY.hex()}"


class RangeTypeMissing(NfitRule):
    id = "NFIT008"
    severity = Severity.WARNING
    examples = (
        Example(
            "zeros",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
'''
""",
            findings=("entry 0 (address range): the type is all zeros",),
        ),
        Example(
            "persistent memory",
            f"""\
[nfit]
entries = '''
{RANGE}
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        for entry in nfit.ranges:
            if not any(entry.type_guid):
                yield nfit.at(entry, "type_guid", "the type is all zeros")
