"""The platform capabilities contradict themselves.

Checks:
    More than one platform capabilities structure, one whose highest valid bit is above 31, or one
    that flushes processor caches and not the memory controller.

Why it matters:
    Writes can be lost at a power failure that are believed to be stored.

What Linux does:
    Linux reads the bits up to the highest valid one; the last structure counts.

How to fix:
    List the capabilities once; set bit 1 where bit 0 is set.

References:
    ACPI 6.5, 5.2.25.9; Linux drivers/acpi/nfit/core.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import CAPABILITIES, NfitView
from srat_tool.lint.rule import Example, NfitRule

HIGHEST_BIT = 31
CACHES, BOTH = 1, 3
"""Bit 0 is about the processor caches, bit 1 about the memory controller."""


class PlatformCapabilities(NfitRule):
    id = "NFIT011"
    severity = Severity.WARNING
    examples = (
        Example(
            "caches only",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 7 020000000100000000000000
'''
""",
            findings=(
                (
                    "entry 1 (platform capabilities): processor caches are flushed, and the memory "
                    "controller is not"
                ),
            ),
        ),
        Example(
            "both",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 7 020000000300000000000000
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        for at, one in enumerate(nfit.others(CAPABILITIES)):
            if at:
                yield nfit.at(one.entry, "type", "platform capabilities again")
            if one["highest"] > HIGHEST_BIT:
                message = f"highest valid bit is {one['highest']}, expected 0 to 31"
                yield nfit.on(one, "highest", message)
            if one["capabilities"] & BOTH == CACHES:
                message = "processor caches are flushed, and the memory controller is not"
                yield nfit.on(one, "capabilities", message)
