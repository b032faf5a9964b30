"""Processor entries of different architectures are in one table.

Checks:
    Enabled processor entries of more than one of these groups: types 0 and 2 (x86), type 3 or
    ITS entries (Arm), type 7 (RISC-V).

Why it matters:
    A machine has one architecture; the entries of the others describe nothing.

What Linux does:
    Each kernel handles the types of its own architecture: a GICC entry on x86 meets an empty
    function, and nothing else happens.

How to fix:
    Remove the entries that do not belong to the machine.

References:
    Linux drivers/acpi/numa/srat.c.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView

FAMILIES = {0: "x86", 2: "x86", 3: "Arm", 4: "Arm", 7: "RISC-V"}


class MixedArchitectures(SratRule):
    id = "SRAT016"
    severity = Severity.WARNING
    severities = {"spec": Severity.ERROR}
    examples = (
        Example(
            "an APIC and a GICC",
            """\
[srat]
entries = '''
apic 0 0
gicc 0 1
mem 0 0+4G
'''
""",
            findings=("entry 1 (GICC, domain 0): the table mixes Arm and x86",),
        ),
        Example(
            "GICC and ITS go together",
            """\
[srat]
entries = '''
gicc 0 0..3
its 0 0
mem 0 0+4G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        first: dict[str, Any] = {}
        for entry in [*srat.entries_in_force(0, 2, 3, 7), *srat.its]:
            first.setdefault(FAMILIES[entry.type], entry)
        if len(first) > 1:
            entry = max(first.values(), key=lambda e: e.offset)
            yield srat.at(entry, "type", f"the table mixes {' and '.join(sorted(first))}")
