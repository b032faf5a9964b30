"""A matrix is about something that is not defined.

Checks:
    A structure of type 1 whose data type is above 5.

Why it matters:
    The meaning of the numbers is unknown.

What Linux does:
    Linux ignores the matrix.

How to fix:
    Write 0 to 5.

References:
    ACPI 6.5, 5.2.28.4; fwts; AcpiView.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class DataTypeReserved(HmatRule):
    id = "HMAT010"
    severity = Severity.ERROR
    topic = NUMBERS
    examples = (
        Example(
            "type 6",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 data_type=6
'''
""",
            findings=("entry 0 (latency and bandwidth): data type 6 is reserved",),
        ),
        Example(
            "access latency",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.localities:
            if entry.data_type > 5:
                yield hmat.at(entry, "data_type", f"data type {entry.data_type} is reserved")
