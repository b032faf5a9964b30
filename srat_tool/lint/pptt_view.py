"""A PPTT as rules see it: which processors share a package."""

from __future__ import annotations

from functools import cached_property

from srat_tool.lint.views import EntryView
from srat_tool.tables.pptt import ProcessorNode

PACKAGE, ID_VALID = 1, 2
DEEPEST = 32


class PpttView(EntryView):
    """One PPTT."""

    @cached_property
    def _nodes(self) -> dict[int, ProcessorNode]:
        return {entry.offset: entry for entry in self.all_of(0)}

    @cached_property
    def packages(self) -> dict[int, list[int]]:
        """UIDs of the processors of each package, by the package's place in the table."""
        found: dict[int, list[int]] = {}
        parents = {node.parent for node in self._nodes.values()}
        for node in self._nodes.values():
            if node.flags & ID_VALID and node.offset not in parents:
                top = self._package(node)
                if top is not None:
                    found.setdefault(top.offset, []).append(node.acpi_processor_id)
        return found

    def _package(self, node: ProcessorNode) -> ProcessorNode | None:
        """Climb to the package; None when there is none, or the parents go in a circle."""
        at: ProcessorNode | None = node
        for _ in range(DEEPEST):
            if at is None or at.flags & PACKAGE:
                return at
            at = self._nodes.get(at.parent)
        return None

    def node(self, offset: int) -> ProcessorNode:
        """Return the node at a place in the table."""
        return self._nodes[offset]
