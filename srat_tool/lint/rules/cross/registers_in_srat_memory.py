"""Registers of an APIC are in memory of the SRAT.

Checks:
    Registers of an I/O APIC or of the local APICs that share addresses with an enabled memory
    entry of the SRAT that is neither Hot Pluggable, Non-Volatile nor Specific Purpose. An entry
    that holds 0xfee00000, the usual address of the local APICs, describes addresses and is left
    out. With a memory map the map decides, not the SRAT.

Why it matters:
    Registers and RAM have different addresses: one of the two tables is wrong.

What Linux does:
    The registers of an I/O APIC get a fixed mapping whatever else is there: interrupts fail, and
    writes to the registers change memory.

How to fix:
    Correct the address, or leave it out of the range.

References:
    ACPI 6.5, 5.2.12 and 5.2.16.2; Linux arch/x86/kernel/apic/io_apic.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped, union
from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.srat_view import NOT_ORDINARY

LOCAL_APICS = 0xFEE00000
_MACHINE = """\
[srat]
entries = '''
apic 0 0
mem 0 0+2G
'''
[madt]
entries = '''
lapic 0 0
raw 1 0400{address}00000000
'''
"""


class RegistersInSratMemory(MachineRule):
    id = "XMAD009"
    severity = Severity.WARNING
    examples = (
        Example(
            "a digit of the address is missing",
            _MACHINE.format(address="0000ec0f"),
            findings=(
                (
                    "entry 1 (I/O APIC): [mem 0x0fec0000-0x0fec0013] is in the memory of domain 0 "
                    "of the SRAT"
                ),
            ),
        ),
        Example("an I/O APIC where PCs have it", _MACHINE.format(address="0000c0fe")),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, madt = machine.srat, machine.madt
        if srat is None or madt is None or machine.ram is not None or not madt.is_x86:
            return
        plain = [one for one in srat.ranges if not one.entry.flags & NOT_ORDINARY]
        plain = [one for one in plain if not one.start <= LOCAL_APICS < one.end]
        memory = union(one.span for one in plain)
        for one in madt.registers:
            if not clipped(memory, one.span):
                continue
            domain = next(item.domain for item in plain if clipped([item.span], one.span))
            message = f"{mem_range(one.span)} is in the memory of domain {domain} of the SRAT"
            yield madt.at_registers(one, message)
