"""A window leads to a host bridge that does not exist.

Checks:
    A target of a window is the unique id of no host bridge record.

Why it matters:
    The window cannot be decoded.

What Linux does:
    The CXL driver cannot bind the decoder.

How to fix:
    Add the host bridge, or correct the target.

References:
    CXL 3.1, 9.18.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class CfmwsTargetUnknown(CedtRule):
    id = "CEDT008"
    severity = Severity.ERROR
    needs = ("CEDT",)
    examples = (
        Example(
            "bridge 7",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 7 volatile type3
'''
""",
            findings=("entry 1 (window): target 7 is no host bridge of the table",),
        ),
        Example(
            "bridge 0",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
window 4G+4G 0 volatile type3
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.windows:
            for uid in sorted(set(entry.targets) - cedt.bridge_uids):
                message = f"target {uid} is no host bridge of the table"
                hit = cedt.inside(entry, 36 + 4 * entry.targets.index(uid), 4, message)
                yield hit._replace(alike=entry.offset)
