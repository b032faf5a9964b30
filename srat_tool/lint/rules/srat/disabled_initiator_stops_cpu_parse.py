"""A disabled generic initiator precedes processors.

Checks:
    A disabled entry of type 5, followed by an enabled entry of type 0, 2, 3, 5 or 7.

Why it matters:
    A flag that should switch one entry off switches off all that follow.

What Linux does:
    Linux's handler fails for the disabled entry, and no later processor or initiator entry of
    the table is looked at. Memory is, so the processors lose their node and the nodes are
    numbered in another order.

How to fix:
    Move the entry to the end of the table, or delete it.

References:
    Linux acpi_parse_gi_affinity; observed with Linux 5.10, 6.1, 6.12 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import plural
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class DisabledInitiatorStopsCpuParse(SratRule):
    id = "SRAT304"
    severity = Severity.WARNING
    severities = {"spec": Severity.INFO, "freebsd": Severity.INFO, "xen": Severity.INFO}
    examples = (
        Example(
            "an initiator that was switched off",
            """\
[srat]
entries = '''
apic 0 0
initiator 2 pci:0000:3a:00.0 off
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
            findings=(
                (
                    "entry 1 (generic initiator, domain 2): disabled, and Linux skips 1 entry "
                    "after it"
                ),
            ),
        ),
        Example(
            "it is last",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
initiator 2 pci:0000:3a:00.0 off
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        off = next((entry for entry in srat.all_of(5) if not entry.flags & 1), None)
        lost = [e for e in srat.entries_in_force(0, 2, 3, 5, 7) if off and e.offset > off.offset]
        if off and lost:
            message = f"disabled, and Linux skips {plural(len(lost), 'entry', 'entries')} after it"
            yield srat.at(off, "flags", message)
