"""A memory range is beyond every physical address.

Checks:
    An enabled range ends above 2^52, above the width that `--phys-bits` gives, or above the
    MSCT's maximum physical address. Not for Hyper-V, whose tables describe the whole address
    space on purpose.

Why it matters:
    No processor can address it.

What Linux does:
    max_possible_pfn grows, and with it what drivers assume about the need for bounce buffers.

How to fix:
    Correct the range, or the MSCT.

References:
    Linux sets max_possible_pfn from every enabled entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class BeyondPhysicalWidth(SratRule):
    id = "SRAT106"
    severity = Severity.WARNING
    examples = (
        Example(
            "a range above 2^52",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 8P+1G hotplug
'''
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): [mem 0x20000000000000-0x2000003fffffff] ends "
                    "above the 52 bits of a physical address, 0x10000000000000"
                ),
            ),
        ),
        Example(
            "a range above what the processor can address",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 128G+1G
'''
""",
            findings=(
                (
                    "entry 2 (memory, domain 0): [mem 0x2000000000-0x203fffffff] ends above the 36 "
                    "bits of a physical address, 0x1000000000"
                ),
            ),
            options={"phys_bits": 36},
        ),
        Example(
            "a range that can be addressed",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 0 1T+1G
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        limit, what = srat.settings.highest_address
        if srat.is_hyper_v:
            return
        for item in srat.ranges:
            if item.end > limit:
                message = f"{item.text} ends above {what}, {limit:#x}"
                yield srat.at(item.entry, "range_length", message)
