"""A memory attributes structure has the wrong length.

Checks:
    A structure of type 0 whose length is not 40.

Why it matters:
    Its fields are not where readers look for them.

What Linux does:
    "HMAT: Unexpected address range header length: N", and the whole HMAT is dropped.

How to fix:
    Write 40.

References:
    Linux hmat_parse_proximity_domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class Type0Length(HmatRule):
    id = "HMAT004"
    severity = Severity.ERROR
    examples = (
        Example(
            "eight bytes too many",
            """\
[hmat]
entries = '''
memory 0 0 length=48 extra=00*8
'''
""",
            findings=("entry 0 (memory attributes): length is 48, expected 40",),
        ),
        Example(
            "40 bytes",
            """\
[hmat]
entries = '''
memory 0 0
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.entries:
            if entry.type == 0 and entry.length not in (0, 40) and not hmat.runs_over(entry):
                hit = hmat.at(entry, "length", f"length is {entry.length}, expected 40")
                yield hit._replace(values=(entry.length,))
