"""The SRAT has a non-volatile range that the NFIT does not have.

Checks:
    An enabled Non-Volatile memory entry, not Hot Pluggable, that shares addresses with no range of
    the NFIT and with no CXL window, on a machine whose NFIT has ranges of persistent memory and
    could be read.

Why it matters:
    Persistent memory is found by the NFIT: the base address of one of the two tables is wrong.

What Linux does:
    No pmem device is made for the addresses, and the range of the NFIT has no node of its own.

How to fix:
    State one range in both tables.

References:
    ACPI 6.5, 5.2.16.2 and 5.2.25.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.span import clipped, union
from srat_tool.base.units import mem_range
from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.nfit_view import PERSISTENT_MEMORY, NfitView
from srat_tool.lint.rule import Example, MachineRule

_MACHINE = f"""\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 8G+4G nonvolatile
'''
[nfit]
entries = '''
range 1 range_index=1 flags=2 base_address={{}} range_length=4G type_guid={PERSISTENT_MEMORY.hex()}
'''
"""


class NonvolatileNotInNfit(MachineRule):
    id = "XNFT004"
    severity = Severity.WARNING
    needs = ("NFIT",)
    examples = (
        Example(
            "another address in the NFIT",
            _MACHINE.format("80G"),
            findings=(
                (
                    "entry 2 (memory, domain 1): no range of the NFIT shares addresses with "
                    "[mem 0x200000000-0x2ffffffff]"
                ),
            ),
        ),
        Example("the same address", _MACHINE.format("8G")),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat, nfit = machine.srat, machine.nfit
        if srat is None or nfit is None or not nfit.could_be_read:
            return
        spans = [one.span(e) for one in machine.every(NfitView) for e in one.ranges]
        if not any(one.type_guid == PERSISTENT_MEMORY for one in nfit.ranges):
            return
        known = union([*spans, *(c.span(w) for c in machine.every(CedtView) for w in c.windows)])
        for item in srat.ranges:
            if not item.entry.non_volatile or item.entry.hot_pluggable:
                continue
            if not clipped(known, item.span):
                message = f"no range of the NFIT shares addresses with {mem_range(item.span)}"
                yield srat.at(item.entry, "base_address", message)
