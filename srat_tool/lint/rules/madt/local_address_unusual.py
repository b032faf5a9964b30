"""The local APICs are not where processors have them.

Checks:
    In the table of a machine with local APICs, a local address, or one of an override, that is
    neither 0 nor 0xfee00000.

Why it matters:
    Processors come out of reset with their registers at 0xfee00000, and no firmware that is known
    moves them.

What Linux does:
    Linux maps the registers at the stated address, and processors without x2APIC mode are then
    controlled by what is there.

How to fix:
    State 0xfee00000.

References:
    Intel SDM volume 3, 11.4.1; ACPI 6.5, 5.2.12; Linux arch/x86/kernel/acpi/boot.c
    acpi_parse_madt.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import LOCAL_ADDRESS
from srat_tool.lint.rule import Example, MadtRule

AT_RESET = 0xFEE00000


class LocalAddressUnusual(MadtRule):
    id = "MADT023"
    severity = Severity.WARNING
    yields_to = ("MADT019",)
    examples = (
        Example(
            "a digit is missing",
            """\
[madt]
local_address = 0xfee0000
entries = '''
lapic 0 0
'''
""",
            findings=("the local address is 0xfee0000, expected 0xfee00000",),
        ),
        Example(
            "an override of another address",
            """\
[madt]
entries = '''
lapic 0 0
raw 5 00000000f0fe00000000
'''
""",
            findings=(
                (
                    "entry 1 (local APIC address override): address is 0xfef00000, expected "
                    "0xfee00000"
                ),
            ),
        ),
        Example(
            "the address after a reset",
            """\
[madt]
entries = '''
lapic 0 0
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        if not madt.is_x86:
            return
        local = madt.decoded.table.local_address
        if local not in {0, AT_RESET}:
            yield madt.hit(f"the local address is {local:#x}, expected {AT_RESET:#x}", 36, 4)
        for one in madt.controllers_of(LOCAL_ADDRESS):
            if one["address"] not in {0, AT_RESET}:
                message = f"address is {one['address']:#x}, expected {AT_RESET:#x}"
                yield madt.on(one, "address", message)
