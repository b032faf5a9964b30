"""A memory side cache does not have the length that its count asks for.

Checks:
    A structure of type 2 whose length is not 32 + 2S bytes for S SMBIOS handles.

Why it matters:
    Handles are missing, or the count is wrong.

What Linux does:
    Below 32 bytes: "HMAT: Unexpected cache header length: N", and the whole HMAT is dropped.

How to fix:
    Correct the count or the length.

References:
    Linux hmat_parse_cache; fwts.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class Type2Length(HmatRule):
    id = "HMAT006"
    severity = Severity.ERROR
    examples = (
        Example(
            "a handle that is not there",
            """\
[hmat]
entries = '''
cache 0 1G smbios_handle_count=1
'''
""",
            findings=("entry 0 (memory side cache): length is 32, the count asks for 34",),
        ),
        Example(
            "count and length agree",
            """\
[hmat]
entries = '''
cache 0 1G
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.entries:
            if entry.type == 2 and entry.length and not hmat.runs_over(entry):
                needed = 32 + 2 * entry.smbios_handle_count
                if entry.length != needed:
                    message = f"length is {entry.length}, the count asks for {needed}"
                    hit = hmat.at(entry, "length", message)
                    yield hit._replace(values=(entry.length,))
