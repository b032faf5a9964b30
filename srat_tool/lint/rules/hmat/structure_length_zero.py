"""A structure states that it has no bytes.

Checks:
    A structure whose length is 0.

Why it matters:
    A walk that adds the length never gets past it.

What Linux does:
    The parse stops: "HMAT: Ignoring: Invalid table".

How to fix:
    Write the structure's true length.

References:
    ACPI 6.5, 5.2.28; Linux drivers/acpi/numa/hmat.c; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class StructureLengthZero(HmatRule):
    id = "HMAT001"
    severity = Severity.ERROR
    examples = (
        Example(
            "a structure of length 0",
            """\
[hmat]
entries = '''
memory 0 0
bytes 0100000000000000
'''
""",
            findings=("entry 1 (latency and bandwidth): length is 0; 8 bytes are no structure",),
        ),
        Example(
            "every structure has its length",
            """\
[hmat]
entries = '''
memory 0 0
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for hole in hmat.holes:
            if len(hole.extra) >= 8:
                yield hmat.at(
                    hole, "length", f"length is 0; {len(hole.extra)} bytes are no structure"
                )
