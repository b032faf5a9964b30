"""A value is too large for Linux.

Checks:
    Entry times base unit is 2^32 or more.

Why it matters:
    The number is lost.

What Linux does:
    Linux treats the value as not provided.

How to fix:
    Use a smaller base unit.

References:
    Linux hmat_normalize.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class ValueOverflow(HmatRule):
    id = "HMAT016"
    severity = Severity.WARNING
    topic = NUMBERS
    examples = (
        Example(
            "a unit of the wrong scale",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 entry_base_unit=1000000000
'''
""",
            findings=(
                "entry 0 (latency and bandwidth): 10000000000 from domain 0 to 0 is above 2^32 - 1",
            ),
        ),
        Example(
            "picoseconds",
            """\
[hmat]
entries = '''
locality access-latency 0 0 100 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.localities:
            if found := hmat.those_where(entry, lambda raw, _: raw >= 1 << 32):
                first, count = found
                message = (
                    f"{first.raw} from domain {first.initiator} to {first.target} is above 2^32 - 1"
                )
                if count > 1:
                    message += f", and so are {count - 1} more"
                yield hmat.at(entry, "entry_base_unit", message)
