"""The PPTT lacks a processor of the MADT.

Checks:
    An enabled processor of the MADT whose UID no node without children names, in a PPTT that
    could be read.

Why it matters:
    The processor has no core, no package and no caches.

What Linux does:
    Linux prints "PPTT table found, but unable to locate core N (N)" and gives the processor a
    topology of its own.

How to fix:
    Describe every processor in the PPTT.

References:
    ACPI 6.5, 5.2.30.1; Linux drivers/acpi/pptt.c acpi_pptt_warn_missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class MadtProcessorNotInPptt(MachineRule):
    id = "XPPT004"
    severity = Severity.WARNING
    follows = ("PPTT004",)
    examples = (
        Example(
            "processor 1 is missing",
            """\
[madt]
entries = '''
lapic 0..1 0..1
'''
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
'''
""",
            findings=(
                (
                    "entry 1 (local APIC): processor UID 1 is not in the PPTT, one of 1 such "
                    "processors"
                ),
            ),
        ),
        Example(
            "all are there",
            """\
[madt]
entries = '''
lapic 0..1 0..1
'''
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 1 valid-id leaf
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        pptt, madt = machine.pptt, machine.madt
        if pptt is None or madt is None or not pptt.could_be_read:
            return
        known = {node.acpi_processor_id for node in pptt.leaves}
        lost = [cpu for cpu in madt.cpus if cpu.enabled and cpu.uid not in known]
        if lost:
            what = f"processor UID {lost[0].uid} is not in the PPTT"
            message = f"{what}, one of {len(lost)} such processors"
            hit = madt.at(lost[0].entry, madt.uid_field(lost[0].entry), message)
            # Linux numbers processors in the order of the table, after the one that boots.
            number = [cpu for cpu in madt.cpus if cpu.enabled].index(lost[0])
            yield hit._replace(values=(number, lost[0].uid))
