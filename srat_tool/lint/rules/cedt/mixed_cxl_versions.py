"""Host bridges are of different CXL versions.

Checks:
    Host bridge structures of which some are of CXL 1.1 (version 0) and some of CXL 2.0 or later
    (version 1).

Why it matters:
    It is legal where slots differ; it is a mistake where one template was copied.

What Linux does:
    Linux looks for the registers of a CXL 1.1 bridge in an RCRB, and for those of a later one
    in component registers.

How to fix:
    Check that the version is that of the bridge.

References:
    CXL 3.1, 9.18.1.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class MixedCxlVersions(CedtRule):
    id = "CEDT020"
    severity = Severity.INFO
    examples = (
        Example(
            "both",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
bridge 1 0x20000000+8K cxl_version=0
'''
""",
            findings=("entry 1 (host bridge): CXL version 0, other bridges have version 1",),
        ),
        Example(
            "one version",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
bridge 1 0x20000000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        versions = {entry.cxl_version for entry in cedt.bridges}
        if versions == {0, 1}:
            first = next(entry for entry in cedt.bridges if entry.cxl_version == 0)
            yield cedt.at(first, "cxl_version", "CXL version 0, other bridges have version 1")
