"""A CXL window is above the maximum address.

Checks:
    A CXL fixed memory window of the CEDT that ends above the maximum physical address of the
    MSCT.

Why it matters:
    The window is where memory can be added, so the declared maximum is too low.

What Linux does:
    Linux does not read the MSCT and uses the window as it is.

How to fix:
    Raise the maximum address to the end of the highest window.

References:
    ACPI 6.5, 5.2.19; CXL 3.1, 9.18.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.msct_view import MsctView
from srat_tool.lint.rule import Example, MachineRule

WINDOW = "[mem 0x200000000-0x2ffffffff]"


class MaxAddressBelowWindow(MachineRule):
    id = "MSCT014"
    severity = Severity.WARNING
    yields_to = ("MSCT007",)
    examples = (
        Example(
            "a window above 8G",
            """\
[msct]
maximum_address = 0x1ffffffff
entries = '''
domains 0 0 4 8G
'''
[cedt]
entries = '''
bridge 0 0xc0000000+64K
window 8G+4G 0 volatile type3
'''
""",
            findings=(f"the CXL window {WINDOW} is above the maximum address 0x1ffffffff",),
        ),
        Example(
            "every window below the maximum",
            """\
[msct]
maximum_address = 0x2ffffffff
entries = '''
domains 0 0 4 8G
'''
[cedt]
entries = '''
bridge 0 0xc0000000+64K
window 8G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        spans = [
            cedt.span(window)
            for cedt in machine.every(CedtView)
            for window in cedt.windows
            if window.window_size
        ]
        if not spans:
            return
        highest = max(spans, key=lambda span: span.end)
        for msct in machine.every(MsctView):
            most = msct.msct.maximum_address
            if highest.end - 1 > most:
                text = f"the CXL window {mem_range(highest)} is above the maximum address {most:#x}"
                yield msct.fixed("maximum_address", text)
