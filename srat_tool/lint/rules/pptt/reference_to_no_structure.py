"""A reference leads to no structure of the right kind.

Checks:
    A parent that is not 0 and not the offset of a processor node; a private resource or a next
    level of a cache (where not 0) that is not the offset of a cache, or of an ID structure for
    a resource.

Why it matters:
    Topology and cache sizes come from following these references.

What Linux does:
    Linux reads whatever bytes are at the offset as a processor node or a cache: it reports
    caches and packages that do not exist. References outside the table are ignored.

How to fix:
    Write the offset, from the start of the table, of the structure that is meant.

References:
    ACPI 6.5, 5.2.30.1 and 5.2.30.2; Linux drivers/acpi/pptt.c fetch_pptt_subtable.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class ReferenceToNoStructure(PpttRule):
    id = "PPTT003"
    severity = Severity.ERROR
    follows = ("PPTT001",)
    examples = (
        Example(
            "a parent in the middle of a node",
            """\
[pptt]
entries = '''
node 0 0 package
node 40 0 valid-id leaf
'''
""",
            findings=("entry 1 (processor node): parent 0x28 is inside entry 0 (processor node)",),
        ),
        Example(
            "a processor node as a private resource",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=36
'''
""",
            findings=(
                (
                    "entry 1 (processor node): resource 0x24 is entry 0 (processor node), "
                    "expected a cache"
                ),
            ),
        ),
        Example(
            "a next level outside the table",
            """\
[pptt]
entries = '''
node 0 0 package
cache 9000 32K
'''
""",
            findings=("entry 1 (cache): next level 0x2328 is outside the table",),
        ),
        Example(
            "references that meet",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf resources=80
cache 108 32K
cache 0 1M
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        for reference in pptt.references:
            if problem := pptt.problem_of(reference):
                message = f"{reference.text} {problem}"
                hit = pptt.inside(reference.entry, reference.place, 4, message)
                ignored = pptt.is_outside(reference)
                yield hit._replace(severity=Severity.WARNING) if ignored else hit
