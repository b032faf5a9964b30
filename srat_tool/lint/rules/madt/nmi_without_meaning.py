"""A non-maskable interrupt is connected to nothing.

Checks:
    A local APIC NMI or local x2APIC NMI structure with an input (LINT) above 1, reserved values
    or bits in the flags, or, as a note, a processor UID that no processor structure has; an NMI
    source with wrong flags or with an interrupt (GSI) of no I/O APIC; one input of one processor
    twice.

Why it matters:
    The watchdog or the power button cannot interrupt the processor.

What Linux does:
    Linux prints "NMI not connected to LINT 1!" for any input but 1, and reads nothing else of
    the structure.

How to fix:
    Write LINT 1 and a UID of the table, or 255 (x2APIC: 0xffffffff) for all processors.

References:
    ACPI 6.5, 5.2.12.6, 5.2.12.7 and 5.2.12.13; Linux arch/x86/kernel/acpi/boot.c
    acpi_parse_lapic_nmi; observed with Linux 6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import (
    LOCAL_NMI,
    NMI_SOURCE,
    X2APIC_NMI,
    Controller,
    flags_problem,
)
from srat_tool.lint.rule import Example, MadtRule

EVERY = {LOCAL_NMI: 0xFF, X2APIC_NMI: 0xFFFFFFFF}


class NmiWithoutMeaning(MadtRule):
    id = "MADT012"
    severity = Severity.WARNING
    examples = (
        Example(
            "LINT 5",
            """\
[madt]
entries = '''
lapic 0 0
raw 4 ff000005
'''
""",
            findings=("entry 1 (local APIC NMI): LINT is 5, expected 0 or 1",),
        ),
        Example(
            "a processor that is not there",
            """\
[madt]
entries = '''
lapic 0 0
raw 4 4d000001
'''
""",
            findings=("entry 1 (local APIC NMI): no processor has UID 77",),
        ),
        Example(
            "LINT 1 of all processors",
            """\
[madt]
entries = '''
lapic 0 0
raw 4 ff000001
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        uids = {madt.uid(entry) for entry in madt.processors}
        seen: dict[tuple[int, int, int], Controller] = {}
        for one in madt.controllers_of(NMI_SOURCE, LOCAL_NMI, X2APIC_NMI):
            wrong = flags_problem(one["flags"])
            if wrong is not None:
                yield madt.on(one, "flags", wrong)
            if one.entry.type == NMI_SOURCE:
                far = madt.gsi_problem(one)
                if far is not None:
                    yield madt.on(one, *far)
                continue
            first = seen.setdefault((one.entry.type, one["UID"], one["LINT"]), one)
            if first is not one:
                message = f"LINT {one['LINT']} of UID {one['UID']} again, first in entry"
                yield madt.on(one, "UID", f"{message} {madt.number(first.entry)}")
                continue
            if one["LINT"] > 1:
                yield madt.on(one, "LINT", f"LINT is {one['LINT']}, expected 0 or 1")
            if madt.is_complete and one["UID"] not in {*uids, EVERY[one.entry.type]}:
                hit = madt.on(one, "UID", f"no processor has {one.text('UID')}")
                yield hit._replace(severity=Severity.INFO)
