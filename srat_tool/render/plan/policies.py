"""One machine under several policies as text: a table per node, then the differences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.compare.policies import NodeShare, PolicyComparison, PolicyPlan
from srat_tool.render.paper.console import Paper, fold, grid, said, sentence
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, WARNING

_COLUMNS = ("", "Normal", "Movable", "hot-removable", "node-local", "kernel node")


def policies_lines(comparison: PolicyComparison, paper: Paper) -> list[Text]:
    """Return the whole comparison."""
    lines: list[Text] = []
    for nid in _nids(comparison):
        lines += [said(f"node {nid}", HEADING), *_table(comparison, nid), Text()]
    lines += [said("the machine", HEADING), *_totals(comparison), Text()]
    lines.append(said("differences:", HEADING))
    if not comparison.differences:
        return [*lines, said("  nothing")]
    for difference in comparison.differences:
        lines += fold(sentence("  ", difference.sentence), paper, hanging=4)
    return [*lines, *_ignored(comparison, paper)]


def _nids(comparison: PolicyComparison) -> list[int]:
    return sorted({nid for policy in comparison.policies for nid in policy.shares})


def _table(comparison: PolicyComparison, nid: int) -> Iterator[Text]:
    rows = [_cells(policy, policy.shares.get(nid)) for policy in comparison.policies]
    heading = [said(column, DIM) for column in _COLUMNS]
    yield from (sentence("  ", row) for row in grid([heading, *rows], right=(1, 2, 3, 4)))


def _totals(comparison: PolicyComparison) -> Iterator[Text]:
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
    heading = [said(column, DIM) for column in _COLUMNS]
    yield from (sentence("  ", row) for row in grid([heading, *rows], right=(1, 2, 3, 4)))


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
