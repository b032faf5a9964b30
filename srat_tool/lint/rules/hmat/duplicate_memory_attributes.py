"""A memory domain has two memory attributes structures.

Checks:
    In a table of revision 2, two structures of type 0 about one memory domain; revision 1 has one
    for each range of addresses.

Why it matters:
    Which attached initiator is the right one depends on the reader.

What Linux does:
    The initiator of the last structure counts (hmat_parse_proximity_domain).

How to fix:
    List each memory domain once.

References:
    ACPI 6.5, 5.2.28.3; Linux drivers/acpi/numa/hmat.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class DuplicateMemoryAttributes(HmatRule):
    id = "HMAT033"
    severity = Severity.WARNING
    topic = NUMBERS
    examples = (
        Example(
            "domain 0 twice",
            """\
[hmat]
entries = '''
memory 0 0
memory 0 0
'''
""",
            findings=("entry 1 (memory attributes): memory domain 0 again, first in entry 0",),
        ),
        Example(
            "each domain once",
            """\
[hmat]
entries = '''
memory 0 0
memory 1 1
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        seen: dict[int, int] = {}
        for entry in hmat.attributes if hmat.header.revision > 1 else ():
            first = seen.setdefault(entry.memory_domain, hmat.number(entry))
            if first != hmat.number(entry):
                message = f"memory domain {entry.memory_domain} again, first in entry {first}"
                yield hmat.at(entry, "memory_domain", message)
