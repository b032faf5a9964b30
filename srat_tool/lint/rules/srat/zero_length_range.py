"""An enabled memory entry has no bytes.

Checks:
    An enabled memory entry of length 0.

Why it matters:
    It describes nothing, and yet its domain becomes a node.

What Linux does:
    Linux prints a range that ends below its start, "[mem 0x00000000-0xffffffffffffffff]", adds
    nothing, and marks the node as parsed: a node without memory appears.

How to fix:
    Clear the Enabled flag.

References:
    Observed with Linux 6.1; static tables of several Arm and RISC-V boards do this.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import Example, SratRule
from srat_tool.lint.srat_view import SratView


class ZeroLengthRange(SratRule):
    id = "SRAT104"
    severity = Severity.WARNING
    examples = (
        Example(
            "a slot that was not filled",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 0+0
'''
""",
            findings=("entry 2 (memory, domain 1): enabled, and its length is 0",),
        ),
        Example(
            "the slot is disabled",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 0+0 off
'''
""",
        ),
    )

    def check(self, srat: SratView) -> Iterator[Hit]:
        for entry in srat.memory:
            if not entry.range_length:
                yield srat.at(entry, "range_length", "enabled, and its length is 0")
