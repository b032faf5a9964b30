"""Leaf nodes are marked wrongly.

Checks:
    In a table of revision 2 or later: a node with a valid processor id and no children that is
    not marked as a leaf, which is an error; a leaf with children; a leaf without a valid
    processor id; a thread with children. A node without processors is a note.

Why it matters:
    The leaves are the processors. From revision 2 on a reader need not look for children.

What Linux does:
    Linux finds the processor of a CPU among the nodes that are marked as leaves. Without the
    mark it prints "PPTT table found, but unable to locate core": the CPU has no caches and no
    package.

How to fix:
    Mark the nodes of processors as leaves with a valid id, and no others.

References:
    ACPI 6.3, table 5-155; Linux drivers/acpi/pptt.c acpi_pptt_leaf_node.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import ID_VALID, LEAF, PpttView
from srat_tool.lint.rule import Example, PpttRule
from srat_tool.tables.pptt import NodeFlags

FIRST_WITH_LEAVES = 2
THREAD = int(NodeFlags.THREAD)


class LeafFlag(PpttRule):
    id = "PPTT007"
    severity = Severity.WARNING
    yields_to = ("PPTT004",)
    examples = (
        Example(
            "a processor that is no leaf",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id
'''
""",
            findings=(
                (
                    "entry 1 (processor node): processor 0 has no children and is not marked "
                    "as a leaf"
                ),
            ),
        ),
        Example(
            "a package that is a leaf",
            """\
[pptt]
entries = '''
node 0 0 package leaf valid-id
node 36 0 valid-id leaf
'''
""",
            findings=("entry 0 (processor node): marked as a leaf, and a parent",),
        ),
        Example(
            "a leaf without an id",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 leaf
'''
""",
            findings=("entry 1 (processor node): a leaf without a valid processor id",),
        ),
        Example(
            "leaves are marked",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 1 valid-id leaf
'''
""",
        ),
        Example(
            "revision 1 has no leaf flag",
            """\
[pptt]
revision = 1
entries = '''
node 0 0 package
node 36 0 valid-id
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        if pptt.header.revision < FIRST_WITH_LEAVES:
            return
        for node in pptt.nodes:
            leaf, parent = node.flags & LEAF, node.offset in pptt.parents
            if node.flags & THREAD and parent and not leaf:
                yield pptt.at(node, "flags", "marked as a thread, and a parent")
            if leaf and parent:
                yield pptt.at(node, "flags", "marked as a leaf, and a parent")
            elif leaf and not node.flags & ID_VALID:
                yield pptt.at(node, "flags", "a leaf without a valid processor id")
            elif node.flags & ID_VALID and not leaf and not parent:
                who = f"processor {node.acpi_processor_id}"
                hit = pptt.at(node, "flags", f"{who} has no children and is not marked as a leaf")
                yield hit._replace(severity=Severity.ERROR)
            elif not leaf and not parent:
                hit = pptt.at(node, "flags", "there is no processor below it")
                yield hit._replace(severity=Severity.INFO)
