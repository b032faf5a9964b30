"""One device is listed twice.

Checks:
    Two enabled generic initiators with the same handle in one domain, or two enabled generic ports
    with the same handle. One function may bring several domains, as accelerators do.

Why it matters:
    A device is in one place.

What Linux does:
    Linux takes both; which of them wins depends on the reader.

How to fix:
    Remove one of them.

References:
    ACPI 6.5, 5.2.16.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView

GENERIC_INITIATOR = 5


class DuplicateHandle(SratRule):
    id = "SRAT308"
    severity = Severity.WARNING
    examples = (
        Example(
            "one device twice in a domain",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0
initiator 1 pci:0000:3a:00.0
'''
""",
            findings=("entry 3 (generic initiator, domain 1): the handle of entry 2 again",),
        ),
        Example(
            "one device with memory in several domains",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0
initiator 2 pci:0000:3a:00.0
'''
""",
        ),
        Example(
            "two devices",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
initiator 1 pci:0000:3a:00.0
initiator 2 pci:0000:3b:00.0
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        seen: dict[tuple[int, int, bytes, int], int] = {}
        for entry in srat.devices:
            # One function may bring several domains; a port belongs to one.
            domain = entry.proximity_domain if entry.type == GENERIC_INITIATOR else 0
            key = (entry.type, entry.device_handle_type, entry.device_handle, domain)
            if key in seen:
                yield srat.at(entry, "device_handle", f"the handle of entry {seen[key]} again")
            seen.setdefault(key, srat.number(entry))
