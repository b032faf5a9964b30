"""The SRAT has memory above the maximum address.

Checks:
    An enabled SRAT range ends above the maximum physical address. Hyper-V's ranges are not
    meant as memory.

Why it matters:
    Memory is declared above the declared maximum.

What Linux does:
    Linux does not read the MSCT and uses the SRAT as it is.

How to fix:
    Raise the maximum address.

References:
    ACPI 6.5, 5.2.19. Every peer is silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MachineRule


class MaxAddressBelowSrat(MachineRule):
    id = "MSCT007"
    severity = Severity.ERROR
    examples = (
        Example(
            "memory above 4G",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G
'''
[msct]
maximum_address = 0xffffffff
entries = '''
domains 0 0 4 16G
'''
""",
            findings=("the SRAT has memory up to 0x1ffffffff, the maximum address is 0xffffffff",),
        ),
        Example(
            "all memory below the maximum",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 4G+4G
'''
[msct]
entries = '''
domains 0 0 4 16G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None or srat.is_hyper_v or not srat.ranges:
            return
        for msct in machine.every(MsctView):
            most = msct.msct.maximum_address
            last = max(item.end for item in srat.ranges) - 1
            if last > most:
                message = f"the SRAT has memory up to {last:#x}, the maximum address is {most:#x}"
                yield msct.fixed("maximum_address", message)
