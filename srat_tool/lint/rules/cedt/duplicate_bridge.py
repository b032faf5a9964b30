"""Two host bridges have one UID or one address.

Checks:
    A host bridge structure whose UID, or whose base address where it is not 0, an earlier one
    has.

Why it matters:
    A host bridge has one set of registers, and each set belongs to one bridge.

What Linux does:
    Linux takes the first structure with the UID (cxl_get_chbs_iter): the second one is never
    seen. Two bridges with one address claim the same registers, and the second one fails to map
    them.

How to fix:
    Give each host bridge the _UID of its ACPI0016 device and its own registers.

References:
    CXL 3.1, 9.18.1.2; Linux drivers/cxl/acpi.c cxl_get_chbs_iter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example


class DuplicateBridge(CedtRule):
    id = "CEDT018"
    severity = Severity.WARNING
    examples = (
        Example(
            "one UID twice",
            """\
[cedt]
entries = '''
bridge 12 0x10000000+64K
bridge 12 0x20000000+64K
'''
""",
            findings=("entry 1 (host bridge): UID 12 again, first in entry 0",),
        ),
        Example(
            "one address twice",
            """\
[cedt]
entries = '''
bridge 1 0x10000000+64K
bridge 2 0x10000000+64K
'''
""",
            findings=("entry 1 (host bridge): base 0x10000000 again, first in entry 0",),
        ),
        Example(
            "bridges of their own",
            """\
[cedt]
entries = '''
bridge 1 0x10000000+64K
bridge 2 0x20000000+64K
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        uids: dict[int, Any] = {}
        bases: dict[int, Any] = {}
        for entry in cedt.bridges:
            same_uid = uids.setdefault(entry.uid, entry)
            same_base = bases.setdefault(entry.base, entry) if entry.base else entry
            if same_uid is not entry:
                message = f"UID {entry.uid} again, first in entry {cedt.number(same_uid)}"
                yield cedt.at(entry, "uid", message)
            elif same_base is not entry:
                message = f"base {entry.base:#x} again, first in entry {cedt.number(same_base)}"
                yield cedt.at(entry, "base", message)
