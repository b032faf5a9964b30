"""A host bridge has registers at address 0.

Checks:
    A host bridge structure whose base is 0.

Why it matters:
    The registers of a host bridge are in memory space, and never at address 0.

What Linux does:
    Linux skips the structure: it prints "CHBS invalid for Host Bridge (UID ...)" or, in later
    releases, "No CHBS found for Host Bridge (UID ...)", and the bridge is not part of the CXL
    topology.

How to fix:
    State where the registers are, or leave the structure out.

References:
    CXL 3.1, 9.18.1.2; Linux drivers/cxl/acpi.c cxl_get_chbs_iter, add_host_bridge_dport.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class BridgeWithoutRegisters(CedtRule):
    id = "CEDT019"
    severity = Severity.WARNING
    examples = (
        Example(
            "base 0",
            """\
[cedt]
entries = '''
bridge 0 0+64K
'''
""",
            findings=("entry 0 (host bridge): base is 0",),
        ),
        Example(
            "a base",
            """\
[cedt]
entries = '''
bridge 0 0x10000000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        for entry in cedt.bridges:
            if entry.base == 0:
                yield cedt.at(entry, "base", "base is 0")._replace(values=(entry.uid, entry.uid))
