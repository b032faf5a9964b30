"""The SRAT describes persistent memory as ordinary memory.

Checks:
    A range of persistent memory of the NFIT that shares addresses with an enabled memory entry
    of the SRAT that is neither Non-Volatile nor Hot Pluggable.

Why it matters:
    Programs that read the SRAT count the range as memory of the node.

What Linux does:
    Linux takes RAM from the memory map, not from the SRAT, so the node has no more RAM; but the
    range counts for the end of the node.

How to fix:
    Set Non-Volatile in the memory entry.

References:
    ACPI 6.5, table 5-64 and 5.2.25.2.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from srat_tool.base.units import mem_range
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.nfit_view import PERSISTENT_MEMORY
from srat_tool.lint.rule import Example, MachineRule

FIELDS = "range_index=1 flags=2 base_address=4G range_length=4G"
RANGE = f"range 1 {FIELDS} type_guid={PERSISTENT_MEMORY.hex()}"


class NfitRangeNotNonvolatile(MachineRule):
    id = "XNFT003"
    severity = Severity.WARNING
    examples = (
        Example(
            "an entry without the flag",
            f"""\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[nfit]
entries = '''
{RANGE}
'''
""",
            findings=(
                (
                    "entry 0 (address range): [mem 0x100000000-0x1ffffffff] is persistent "
                    "here, and entry 2 (memory, domain 1) of the SRAT is not Non-Volatile"
                ),
            ),
        ),
        Example(
            "an entry with it",
            f"""\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G nonvolatile
'''
[nfit]
entries = '''
{RANGE}
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        plain = [r for r in srat.ranges if not r.entry.non_volatile] if srat is not None else []
        plain = [r for r in plain if not r.entry.hot_pluggable]
        starts = [r.start for r in plain]
        for nfit, entry, _ in machine.persistent_shares if srat is not None else ():
            span = nfit.span(entry)
            at = bisect_left(starts, span.end) - 1
            if entry.type_guid == PERSISTENT_MEMORY and at >= 0 and span.start < plain[at].end:
                name = srat.name(plain[at].entry)  # type: ignore[union-attr]
                what = f"{mem_range(span)} is persistent here"
                message = f"{what}, and {name} of the SRAT is not Non-Volatile"
                yield nfit.at(entry, "base_address", message)
