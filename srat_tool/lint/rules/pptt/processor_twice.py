"""One processor has two places in the topology.

Checks:
    Two nodes that have no children and a valid processor id, with the same id.

Why it matters:
    A processor can have one core, one package and one set of caches only.

What Linux does:
    Linux takes the first node with the processor id.

How to fix:
    Give each processor its own node with its own UID.

References:
    ACPI 6.5, 5.2.30.1; Linux drivers/acpi/pptt.c acpi_find_processor_node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.pptt_view import PpttView
from srat_tool.lint.rule import Example, PpttRule


class ProcessorTwice(PpttRule):
    id = "PPTT005"
    severity = Severity.WARNING
    examples = (
        Example(
            "processor 0 twice",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 0 valid-id leaf
'''
""",
            findings=("entry 2 (processor node): processor 0 again, first in entry 1",),
        ),
        Example(
            "each once",
            """\
[pptt]
entries = '''
node 0 0 package
node 36 0 valid-id leaf
node 36 1 valid-id leaf
'''
""",
        ),
    )

    def check(self, pptt: PpttView) -> Iterator[Hit]:
        seen: dict[int, Any] = {}
        for node in pptt.leaves:
            first = seen.setdefault(node.acpi_processor_id, node)
            if first is not node:
                what = f"processor {node.acpi_processor_id} again"
                message = f"{what}, first in entry {pptt.number(first)}"
                yield pptt.at(node, "acpi_processor_id", message)
