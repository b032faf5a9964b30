"""A cache in extended linear mode is not direct mapped.

Checks:
    A structure of type 2 with address mode 1 whose associativity is not 1.

Why it matters:
    The mode is defined for direct mapped caches.

What Linux does:
    Linux ignores the mode.

How to fix:
    Correct associativity or mode.

References:
    Linux 7.2 drivers/acpi/numa/hmat.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class ExtendedLinearNotDirectMapped(HmatRule):
    id = "HMAT025"
    severity = Severity.WARNING
    examples = (
        Example(
            "complex indexing",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400211 address_mode=1
'''
""",
            findings=("entry 0 (memory side cache): extended linear mode with associativity 2",),
        ),
        Example(
            "direct mapped",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400111 address_mode=1
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.caches:
            if entry.address_mode == 1 and entry.associativity != 1:
                message = f"extended linear mode with associativity {entry.associativity}"
                yield hmat.at(entry, "address_mode", message)
