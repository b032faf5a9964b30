"""Some processors of a core are marked as threads, and others are not.

Checks:
    In a table of revision 2 or later: processors with one parent of which only some are marked as
    threads.

Why it matters:
    Threads of one core share it; a program that reads the flags counts the core twice.

What Linux does:
    On arm64 and RISC-V a processor without the mark is a core of its own, and its siblings have one
    thread less.

How to fix:
    Mark all processors of a core as threads, or none of them where the parent is no core.

References:
    ACPI 6.3, table 5-155; Linux drivers/base/arch_topology.c parse_acpi_topology,
    drivers/acpi/pptt.c acpi_pptt_cpu_is_thread.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import LEAF, PpttView
from srat_tool.lint.rule import Example, PpttRule
from srat_tool.tables.pptt import NodeFlags, ProcessorNode

FIRST_WITH_THREADS = 2
THREAD = int(NodeFlags.THREAD)


class ThreadFlag(PpttRule):
    id = "PPTT013"
    severity = Severity.WARNING
    yields_to = ("PPTT007",)
    examples = (
        Example(
            "the second of two",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0
node 56 0 valid-id thread leaf
node 56 1 valid-id leaf
'''
""",
            findings=(
                "entry 3 (processor node): not marked as a thread, and entry 2 of its parent is",
            ),
        ),
        Example(
            "both",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0
node 56 0 valid-id thread leaf
node 56 1 valid-id thread leaf
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        if pptt.header.revision < FIRST_WITH_THREADS:
            return
        siblings: dict[int, list[ProcessorNode]] = {}
        for node in pptt.leaves:
            if node.flags & LEAF and node.parent:
                siblings.setdefault(node.parent, []).append(node)
        for family in siblings.values():
            threads = [node for node in family if node.flags & THREAD]
            others = [node for node in family if not node.flags & THREAD]
            if threads and others:
                message = f"not marked as a thread, and entry {pptt.number(threads[0])}"
                yield pptt.at(others[0], "flags", f"{message} of its parent is")
