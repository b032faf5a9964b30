"""Registers of an interrupt controller are in RAM.

Checks:
    A register block that the MADT names and that shares addresses with usable RAM of the memory
    map. The map has to be given.

Why it matters:
    Either the address or the map is wrong.

What Linux does:
    On x86 the registers of an I/O APIC get a fixed mapping whatever the memory map declares, and
    the allocator gets the pages too: interrupts fail, and writes to the registers change memory.
    On arm64 ioremap refuses RAM with a warning: "Unable to map GICD registers", and the machine
    has no interrupt controller.

How to fix:
    Correct the address, or report the range as reserved in the memory map.

References:
    ACPI 6.5, 5.2.12; Linux arch/x86/kernel/apic/io_apic.c, arch/arm64/mm/ioremap.c,
    drivers/irqchip/irq-gic-v3.c gic_acpi_init.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped
from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule

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
[memory]
ram = ["0+2G"]
"""


class RegistersInRam(MachineRule):
    id = "XMAP009"
    severity = Severity.ERROR
    examples = (
        Example(
            "an I/O APIC at 1 MiB",
            _MACHINE.format(address="00001000"),
            findings=(
                "entry 1 (I/O APIC): [mem 0x00100000-0x00100013] shares addresses with usable RAM",
            ),
        ),
        Example("an I/O APIC where PCs have it", _MACHINE.format(address="0000c0fe")),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        madt = machine.madt
        for one in madt.registers if madt is not None and machine.ram else ():
            if madt is not None and clipped(machine.ram or [], one.span):
                message = f"{mem_range(one.span)} shares addresses with usable RAM"
                yield madt.at_registers(one, message)
