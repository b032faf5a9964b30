"""What changed between two editions of a machine's tables, and what that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich.style import Style
from rich.text import Text

from srat_tool.base.words import plural
from srat_tool.compare.change import ChangeKind, TableChange
from srat_tool.compare.diff import Diff
from srat_tool.render.look import DEFAULT, Look
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.theme import ADDED, DIM, HEADING, NOTE, REMOVED, WARNING
from srat_tool.render.plan.as_markdown import plain

_KINDS: dict[ChangeKind, Style] = {
    ChangeKind.ADDED: ADDED,
    ChangeKind.REMOVED: REMOVED,
    ChangeKind.TABLE: WARNING,
    ChangeKind.RENUMBERED: WARNING,
    ChangeKind.FLAG: NOTE,
    ChangeKind.MOVED: NOTE,
    ChangeKind.RESIZED: NOTE,
    ChangeKind.DOMAIN: NOTE,
}
_INDENT = 14


def diff_lines(diff: Diff, paper: Paper) -> list[Text]:
    """Return the comparison as lines of text."""
    if not diff.differs and diff.effects is not None:
        return [styled("no difference")]
    lines = [*_verdict(diff, paper), Text()]
    for table, group in groupby(diff.changes, key=lambda change: change.table):
        changes = list(group)
        heading = f"{table}: {plural(len(changes), 'difference')}"
        lines += [styled(heading, HEADING), *_change_lines(changes, paper), Text()]
    return [*lines, *_effect_lines(diff, paper)] if diff.effects else lines[:-1]


def _verdict(diff: Diff, paper: Paper) -> list[Text]:
    """Return how much differs in the tables, and how much that changes."""
    counts = Counter(change.table for change in diff.changes)
    tables = ", ".join(f"{table} {count}" for table, count in counts.items())
    first = f"{plural(len(diff.changes), 'difference')} in the tables: {tables}"
    if not counts:
        first = _unchanged(diff)
    return [
        *fold(styled(first, HEADING), paper, hanging=2),
        *fold(styled(_effects(diff)), paper, hanging=2),
    ]


def _unchanged(diff: Diff) -> str:
    """Return why no difference of the tables is listed."""
    if diff.without_tables:
        return f"only plans are compared: no tables in {' and '.join(diff.without_tables)}"
    return "the tables do not differ"


def _effects(diff: Diff) -> str:
    if diff.effects is None:
        return f"effects on nodes and zones are unknown: {diff.kernel}"
    if not diff.effects:
        return f"nodes and zones stay as they are ({diff.kernel})"
    return f"{plural(len(diff.effects), 'effect')} on nodes and zones ({diff.kernel})"


def _change_lines(changes: Sequence[TableChange], paper: Paper) -> list[Text]:
    return [
        line
        for change in changes
        for line in fold(
            sentence(
                "  ",
                (change.kind.value.ljust(_INDENT - 2), _KINDS.get(change.kind, DIM)),
                change.text,
                (_places(change, paper), DIM),
            ),
            paper,
            hanging=_INDENT,
        )
    ]


def _places(change: TableChange, paper: Paper) -> str:
    if change.before is None and change.after is None:
        return ""
    if change.before == change.after:
        return f"  (+0x{change.after:04x})"
    places = ["none" if at is None else f"+0x{at:04x}" for at in (change.before, change.after)]
    return f"  ({f' {paper.glyphs.arrow} '.join(places)})"


def _effect_lines(diff: Diff, paper: Paper) -> list[Text]:
    return [
        styled("effects on nodes and zones:", HEADING),
        *(
            line
            for effect in diff.effects or ()
            for line in fold(styled(f"  {effect.text}"), paper, hanging=4)
        ),
    ]


def diff_markdown(diff: Diff, look: Look = DEFAULT) -> str:
    """Return the comparison for a review comment."""
    del look
    if not diff.differs and diff.effects is not None:
        return "No difference.\n"
    parts = [] if diff.changes else [f"{plain(_unchanged(diff))}."]
    for table, group in groupby(diff.changes, key=lambda change: change.table):
        items = "\n".join(f"- **{c.kind.value}**: {plain(c.text)}" for c in group)
        parts.append(f"**{plain(table)}**\n\n{items}")
    if diff.effects is None:
        parts.append(f"Effects on nodes and zones are unknown: {plain(diff.kernel)}")
    else:
        effects = "\n".join(f"- {plain(effect.text)}" for effect in diff.effects)
        parts.append(f"**What that changes** ({plain(diff.kernel)})\n\n{effects or '- nothing'}")
    return "\n\n".join(parts) + "\n"
