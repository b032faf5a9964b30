"""One machine under several policies as text: a table per node, then the differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.compare.policies import NodeShare, PolicyComparison, PolicyPlan
from srat_tool.render.paper.console import Paper, fitted, fold, grid, said, sentence
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, WARNING

_COLUMNS = ("", "Normal", "Movable", "hot-removable", "node-local", "kernel node")
_FIRST = 2


def policies_lines(comparison: PolicyComparison, paper: Paper) -> list[Text]:
    """Return the whole comparison, no line wider than the paper."""
    return fitted(_lines(comparison, paper), paper)


def _lines(comparison: PolicyComparison, paper: Paper) -> list[Text]:
    lines: list[Text] = []
    for nid in _nids(comparison):
        lines += [said(f"node {nid}", HEADING), *_table(comparison, nid, paper), Text()]
    lines += [said("the machine", HEADING), *_totals(comparison, paper), Text()]
    lines.append(said("differences:", HEADING))
    if not comparison.differences:
        return [*lines, said("  nothing")]
    for difference in comparison.differences:
        lines += fold(sentence("  ", difference.sentence), paper, hanging=4)
    return [*lines, *_ignored(comparison, paper)]


def _nids(comparison: PolicyComparison) -> list[int]:
    return sorted({nid for policy in comparison.policies for nid in policy.shares})


def _table(comparison: PolicyComparison, nid: int, paper: Paper) -> Iterator[Text]:
    rows = [_cells(policy, policy.shares.get(nid)) for policy in comparison.policies]
    yield from _rows(rows, paper)


def _totals(comparison: PolicyComparison, paper: Paper) -> Iterator[Text]:
    rows: list[list[str | Text]] = []
    for policy in comparison.policies:
        shares = policy.shares.values()
        sums = (
            sum(share.normal for share in shares),
            sum(share.movable for share in shares),
            sum(share.removable for share in shares),
            sum(share.node_local for share in shares),
        )
        kernel = ",".join(str(share.nid) for share in shares if share.kernel_node)
        rows.append([said(policy.name), *(_size(size) for size in sums), said(kernel or "-")])
    yield from _rows(rows, paper)


def _rows(rows: Sequence[Sequence[str | Text]], paper: Paper) -> Iterator[Text]:
    """Yield a table, or a sentence for each row where the table is too wide for the paper."""
    heading = [said(column, DIM) for column in _COLUMNS]
    lines = [sentence("  ", row) for row in grid([heading, *rows], right=(1, 2, 3, 4))]
    if not paper.folds or max(cell_len(line.plain) for line in lines) <= paper.width:
        yield from lines
        return
    for name, *cells in rows:
        parts: list[str | Text] = ["  ", name]
        for column, cell in zip(_COLUMNS[1:], cells, strict=False):
            parts += [": " if len(parts) == _FIRST else ", ", f"{column} ", cell]
        yield from fold(sentence(*parts), paper, hanging=4)


def _cells(policy: PolicyPlan, share: NodeShare | None) -> list[str | Text]:
    if share is None:
        return [said(policy.name), said("no such node", ERROR)]
    sizes = (share.normal, share.movable, share.removable, share.node_local)
    verdict = said("yes", WARNING) if share.kernel_node else said("no")
    return [said(policy.name), *(_size(size) for size in sizes), verdict]


def _size(size: int) -> Text:
    return said(format_size(size)) if size else said("-", DIM)


def _ignored(comparison: PolicyComparison, paper: Paper) -> Iterator[Text]:
    for policy in comparison.policies:
        for option, why in policy.plan.kernel.ignored:
            text = f"  {policy.name}: {option} has no effect: {why}"
            yield from fold(said(text), paper, hanging=4)
