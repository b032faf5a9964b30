"""The comparison of two sets of tables: changes of the tables, and of the plans for them."""

from __future__ import annotations

from dataclasses import dataclass

from srat_tool.base.text import printable
from srat_tool.base.words import plural
from srat_tool.compare.change import TableChange
from srat_tool.compare.plans import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """A whole comparison.

    Attributes:
        before: what the user named first.
        after: what the user named second.
        changes: what differs in the tables.
        effects: what differs in nodes and zones, for whatever reason; None when it cannot be
            planned.
        kernel: the kernel and policy that the effects are about, or why there are none.
        without_tables: those that have no tables, such as logs: tables are not compared then.
    """

    before: str
    after: str
    changes: tuple[TableChange, ...]
    effects: tuple[Effect, ...] | None
    kernel: str
    without_tables: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """There is a difference, in the tables or in what comes of the inputs."""
        return bool(self.changes or self.effects)

    def __repr__(self) -> str:
        effects = "unknown effects"
        if self.effects is not None:
            effects = plural(len(self.effects), "effect")
        changes = plural(len(self.changes), "change")
        return printable(f"<Diff {self.before} {self.after}: {changes}, {effects} ({self.kernel})>")
