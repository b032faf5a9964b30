"""An interrupt source override does not describe an ISA interrupt.

Checks:
    A source above 15 or of 2, by which the two interrupt controllers of a PC are connected, a bus
    other than 0 (ISA), reserved values or bits in the flags, the same source twice, two sources
    on one interrupt (GSI), and an interrupt of no I/O APIC: below that of the first, or 240 or
    more above that of the last.

Why it matters:
    The override does nothing, or a device interrupt arrives with the wrong polarity.

What Linux does:
    Linux ignores a source of 16 or more, with "Invalid bus_irq ... for legacy override", and
    does not read the bus. Of two overrides of one source the later one counts. For an interrupt
    of no I/O APIC it prints "Failed to find ioapic for gsi".

How to fix:
    Correct the override, or leave it out.

References:
    ACPI 6.5, 5.2.12.5, table 5-26; Linux arch/x86/kernel/acpi/boot.c mp_override_legacy_irq;
    observed with Linux 6.1 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.other_controllers import OVERRIDE, Controller, flags_problem
from srat_tool.lint.rule import Example, MadtRule

HIGHEST_ISA = 15
CASCADE = 2


class OverrideMalformed(MadtRule):
    id = "MADT011"
    severity = Severity.WARNING
    examples = (
        Example(
            "source and interrupt exchanged",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 2 0002000000000000
'''
""",
            findings=(
                (
                    "entry 2 (interrupt source override): source is 2, which connects the two "
                    "8259s and is no device's"
                ),
            ),
        ),
        Example(
            "source 40",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 2 00280b0000000000
'''
""",
            findings=("entry 2 (interrupt source override): source is 40, expected 0 to 15",),
        ),
        Example(
            "reserved polarity",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 2 0005050000000200
'''
""",
            findings=("entry 2 (interrupt source override): polarity 2 is reserved",),
        ),
        Example(
            "one source twice",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 2 0000020000000000
raw 2 0000030000000000
'''
""",
            findings=("entry 3 (interrupt source override): source 0 again, first in entry 2",),
        ),
        Example(
            "the timer and the SCI",
            """\
[madt]
entries = '''
lapic 0 0
raw 1 04000000c0fe00000000
raw 2 0000020000000000
raw 2 0009090000000d00
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        sources: dict[int, Controller] = {}
        targets: dict[int, Controller] = {}
        for one in madt.controllers_of(OVERRIDE):
            problem = next(_problems(madt, one), None)
            if problem is not None:
                yield madt.on(one, *problem)._replace(values=(one["source"],))
                continue
            first = sources.setdefault(one["source"], one)
            same = targets.setdefault(one["GSI"], one)
            if first is not one:
                place = madt.number(first.entry)
                yield madt.on(one, "source", f"{one.text('source')} again, first in entry {place}")
            elif same is not one:
                message = f"{one.text('GSI')} is that of source {same['source']} too"
                yield madt.on(one, "GSI", message)


def _problems(madt: MadtView, one: Controller) -> Iterator[tuple[str, str]]:
    if one["source"] > HIGHEST_ISA:
        yield "source", f"source is {one['source']}, expected 0 to {HIGHEST_ISA}"
    if one["source"] == CASCADE:
        yield "source", f"source is {CASCADE}, which connects the two 8259s and is no device's"
    if one["bus"]:
        yield "bus", f"bus is {one['bus']}, expected 0"
    wrong = flags_problem(one["flags"])
    if wrong is not None:
        yield "flags", wrong
    far = madt.gsi_problem(one)
    if far is not None:
        yield far
