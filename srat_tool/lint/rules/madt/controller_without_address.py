"""An interrupt controller has no address.

Checks:
    An address of 0 in an I/O APIC, an I/O SAPIC, a local APIC address override, a GIC
    distributor, MSI frame, redistributor, translation service or multiprocessor wakeup
    structure; a redistributor range without bytes; a local address of 0 in the table of a
    machine with local APICs and no override, which is a warning.

Why it matters:
    The operating system cannot reach the controller.

What Linux does:
    Linux on x86 prints "Bogus (zero) I/O APIC address found, skipping!" and does not use the
    I/O APIC; where the local address is 0 it uses 0xfee00000. On arm64 the driver maps address
    0 and fails.

How to fix:
    State where the registers are.

References:
    ACPI 6.5, 5.2.12.3 to 5.2.12.19; Linux arch/x86/kernel/apic/io_apic.c mp_register_ioapic;
    observed with Linux 6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import LOCAL_ADDRESS
from srat_tool.lint.rule import Example, MadtRule


class ControllerWithoutAddress(MadtRule):
    id = "MADT010"
    severity = Severity.ERROR
    examples = (
        Example(
            "an I/O APIC at address 0",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000000000000000
'''
""",
            findings=("entry 1 (I/O APIC): address is 0",),
        ),
        Example(
            "local APICs at address 0",
            """\
[madt]
local_address = 0
entries = '''
lapic 0 0
'''
""",
            findings=("the local address is 0",),
        ),
        Example(
            "addresses",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        for one in madt.controllers:
            for field in ("address", "size"):
                if one.fields.get(field, (1,))[0] == 0:
                    yield madt.on(one, field, f"{field} is 0")
        overridden = madt.controllers_of(LOCAL_ADDRESS)
        if madt.is_x86 and not overridden and madt.decoded.table.local_address == 0:
            yield madt.hit("the local address is 0", 36, 4, severity=Severity.WARNING)
