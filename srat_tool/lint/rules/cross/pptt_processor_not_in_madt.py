"""The PPTT names a processor that the MADT lacks.

Checks:
    A node without children and with a valid processor id that is the UID of no structure of the
    MADT, enabled or not.

Why it matters:
    The topology is about another machine, or counts processors in another way.

What Linux does:
    Linux never meets the node: its caches and its place in a package are lost.

How to fix:
    Use the ACPI processor UIDs of the MADT.

References:
    ACPI 6.5, 5.2.30.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class PpttProcessorNotInMadt(MachineRule):
    id = "XPPT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "processor 9",
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
node 36 9 valid-id leaf
'''
""",
            findings=(
                (
                    "entry 3 (processor node): processor UID 9 is not in the MADT, one of 1 "
                    "such processors"
                ),
            ),
        ),
        Example(
            "all are in the MADT",
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
        if pptt is None or madt is None or not madt.could_be_read:
            return
        known = {madt.uid(entry) for entry in madt.processors}
        lost = [node for node in pptt.leaves if node.acpi_processor_id not in known]
        if lost:
            what = f"processor UID {lost[0].acpi_processor_id} is not in the MADT"
            message = f"{what}, one of {len(lost)} such processors"
            yield pptt.at(lost[0], "acpi_processor_id", message)
