"""A matrix has no unit.

Checks:
    A structure of type 1 whose entry base unit is 0.

Why it matters:
    Every number becomes 0.

What Linux does:
    All its values count as not provided.

How to fix:
    Set the unit.

References:
    ACPI 6.5, 5.2.28.4; fwts label HMATBadBaseUnit.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class BaseUnitZero(HmatRule):
    id = "HMAT009"
    severity = Severity.ERROR
    topic = NUMBERS
    examples = (
        Example(
            "no unit",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 entry_base_unit=0
'''
""",
            findings=("entry 0 (latency and bandwidth): the entry base unit is 0",),
        ),
        Example(
            "nanoseconds",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.localities:
            if not entry.entry_base_unit:
                yield hmat.at(entry, "entry_base_unit", "the entry base unit is 0")
