"""The registers of a host bridge are where none can be.

Checks:
    A base of a host bridge that is not a multiple of 4 KiB; registers that extend above the
    physical addresses; registers inside a window, or inside a range of the SRAT that is not
    hot-pluggable.

Why it matters:
    Registers are in a separate memory space: what is at the address is memory, or nothing.

What Linux does:
    Linux maps the address as it is, reads no capabilities there, and the bridge has no decoders.

How to fix:
    State the address of the registers (CHBCR or RCRB).

References:
    CXL 3.1, 9.18.1.2 and 8.2.3; Linux drivers/cxl/acpi.c.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from srat_tool.base.span import Span
from srat_tool.base.units import PAGE_SIZE, mem_range
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class BridgeRegistersMisplaced(MachineRule):
    id = "CEDT028"
    severity = Severity.WARNING
    examples = (
        Example(
            "a base in the middle of a page",
            """\
[cedt]
entries = '''
bridge 0 0x10000004+64K
'''
""",
            findings=("entry 0 (host bridge): base 0x10000004 is no multiple of 4 KiB",),
        ),
        Example(
            "registers inside a window",
            """\
[cedt]
entries = '''
bridge 0 4G+64K
window 4G+4G 0 volatile type3
'''
""",
            findings=(
                "entry 0 (host bridge): [mem 0x100000000-0x10000ffff] is inside entry 1 (window)",
            ),
        ),
        Example(
            "a page",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        ranges = machine.srat.ranges if machine.srat is not None else []
        fixed = [(r.span, f"{r.text} of the SRAT") for r in ranges if not r.entry.hot_pluggable]
        for cedt in machine.every(CedtView):
            windows = [(cedt.span(one), cedt.name(one)) for one in cedt.windows]
            memory = sorted([*fixed, *windows])
            for bridge in cedt.bridges:
                span = Span(bridge.base, bridge.base + bridge.register_length)
                problem = _problem(span, cedt.settings.highest_address, memory)
                if problem is not None:
                    yield cedt.at(bridge, "base", problem)


def _problem(span: Span, highest: tuple[int, str], memory: list[tuple[Span, str]]) -> str | None:
    if span.start % PAGE_SIZE:
        return f"base {span.start:#x} is no multiple of 4 KiB"
    if span.end > highest[0]:
        return f"{mem_range(span)} ends above {highest[1]}, {highest[0]:#x}"
    at = bisect_right(memory, span.start, key=lambda one: one[0].start) - 1
    if span.start and at >= 0 and span.start < memory[at][0].end:
        return f"{mem_range(span)} is inside {memory[at][1]}"
    return None
