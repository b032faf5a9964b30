"""The boot processor has no entry.

Checks:
    The processor that `--boot-cpu` names, else the enabled one with the lowest APIC id in the
    MADT, has no enabled SRAT entry although others have. Not for Arm and RISC-V.

Why it matters:
    The first processor runs on a guessed node.

What Linux does:
    The processor gets node 0, or the next one in turn.

How to fix:
    Add its entry.

References:
    Linux numa_init_array.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class BootCpuDomainUnknown(MachineRule):
    id = "SRAT210"
    severity = Severity.WARNING
    examples = (
        Example(
            "the processor that was named",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
""",
            findings=("the boot processor, APIC id 0x8, has no enabled entry",),
            options={"boot_cpu": 8},
        ),
        Example(
            "it has an entry",
            """\
[srat]
entries = '''
apic 0 0..3
mem 0 0+4G
'''
""",
            options={"boot_cpu": 0},
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, boot = machine.srat, machine.boot_cpu
        if srat is None or boot is None or not srat.cpus:
            return
        if ("apic", boot) not in srat.cpu_keys:
            yield srat.hit(f"the boot processor, APIC id {boot:#x}, has no enabled entry")
