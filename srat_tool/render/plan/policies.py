"""One machine under several policies: verdict, differences, machine, a table per node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.base.words import joined, runs
from srat_tool.compare.policies import NodeShare, PolicyComparison, PolicyPlan
from srat_tool.plan.remedies import unless
from srat_tool.plan.removability import NodeRemoval, node_removals, verdict_line
from srat_tool.render.paper.console import Paper, fitted, fold, sentence, styled
from srat_tool.render.paper.tables import size_cell, table
from srat_tool.render.paper.theme import DIM, ERROR, HEADING, WARNING
from srat_tool.render.plan.outcomes import outcome_sentences

_COLUMNS = ("", "Normal", "Movable", "removable", "node-local", "kernel node")


def policies_lines(comparison: PolicyComparison, paper: Paper) -> list[Text]:
    """Return the whole comparison, no line wider than the paper."""
    return fitted(_lines(comparison, paper), paper)


def _lines(comparison: PolicyComparison, paper: Paper) -> list[Text]:
    lines = [*_verdict(comparison, paper), Text(), styled("differences:", HEADING)]
    if not comparison.differences:
        lines.append(styled("  nothing"))
    for difference in comparison.differences:
        lines += fold(sentence("  ", difference.sentence), paper, hanging=4)
    lines += [*_ignored(comparison, paper), Text(), styled("the machine", HEADING)]
    lines += _rows(list(_totals(comparison)), paper)
    for nids, rows in _nodes(comparison):
        name = _named(tuple(nids)) + (", each" if len(nids) > 1 else "")
        lines += [Text(), styled(name, HEADING), *_rows(rows, paper)]
    doubts = [*_doubts(comparison, paper)]
    return [*lines, *([Text(), *doubts] if doubts else [])]


def _verdict(comparison: PolicyComparison, paper: Paper) -> Iterator[Text]:
    """Yield what each policy makes movable and removable; policies that do the same together."""
    same: dict[tuple[int, tuple[NodeRemoval, ...]], list[str]] = {}
    kernels = {policy.plan.kernel.profile for policy in comparison.policies}
    for policy in comparison.policies:
        movable = sum(share.movable for share in policy.shares.values())
        name = policy.option if len(kernels) == 1 else policy.name
        yes = tuple(one for one in node_removals(policy.plan) if one.answer == "yes")
        same.setdefault((movable, yes), []).append(name)
    for (movable, yes), names in same.items():
        much = f"{format_size(movable)} movable" if movable else "nothing movable"
        removable = verdict_line(yes) or "removable: nothing"
        line = sentence((joined(names), HEADING), f": {much}; {removable}")
        yield from fold(line, paper, hanging=2)


def _named(nids: tuple[int, ...]) -> str:
    return f"node {nids[0]}" if len(nids) == 1 else f"nodes {runs(nids)}"


def _doubts(comparison: PolicyComparison, paper: Paper) -> Iterator[Text]:
    """Yield what was assumed, what keeps early data out of nodes, and other outcomes."""
    sentences: dict[tuple[str, str], list[str]] = {}
    for policy in comparison.policies:
        plan = policy.plan
        notes = [("assumed", str(one)) for one in plan.assumptions]
        notes += [("note", words) for nid in policy.shares if (words := unless(plan, nid))]
        notes += [("if", str(one)) for one in outcome_sentences(plan.alternatives)]
        for one in notes:
            sentences.setdefault(one, []).append(policy.name)
    for (kind, words), names in sentences.items():
        some = "" if len(names) == len(comparison.policies) else f" [{joined(names)}]"
        yield from fold(sentence((kind, DIM), f": {words}{some}"), paper, hanging=2)


def _nodes(comparison: PolicyComparison) -> list[tuple[list[int], list[list[str | Text]]]]:
    """Return the table of each node, one table for nodes of which all cells are equal."""
    tables: dict[tuple[str, ...], tuple[list[int], list[list[str | Text]]]] = {}
    for nid in _nids(comparison):
        rows = [_cells(policy, policy.shares.get(nid)) for policy in comparison.policies]
        words = tuple(str(cell) for row in rows for cell in row)
        tables.setdefault(words, ([], rows))[0].append(nid)
    return list(tables.values())


def _nids(comparison: PolicyComparison) -> list[int]:
    return sorted({nid for policy in comparison.policies for nid in policy.shares})


def _totals(comparison: PolicyComparison) -> Iterator[list[str | Text]]:
    for policy in comparison.policies:
        shares = policy.shares.values()
        sums = (
            sum(share.normal for share in shares),
            sum(share.movable for share in shares),
            sum(share.removable for share in shares),
            sum(share.node_local for share in shares),
        )
        kernel = ",".join(str(share.nid) for share in shares if share.kernel_node)
        yield [styled(policy.name), *(size_cell(size) for size in sums), styled(kernel or "-")]


def _rows(rows: Sequence[Sequence[str | Text]], paper: Paper) -> list[Text]:
    return table(_COLUMNS, rows, paper, right=(1, 2, 3, 4))


def _cells(policy: PolicyPlan, share: NodeShare | None) -> list[str | Text]:
    if share is None:
        return [styled(policy.name), styled("no such node", ERROR)]
    sizes = (share.normal, share.movable, share.removable, share.node_local)
    verdict = styled("yes", WARNING) if share.kernel_node else styled("no")
    return [styled(policy.name), *(size_cell(size) for size in sizes), verdict]


def _ignored(comparison: PolicyComparison, paper: Paper) -> Iterator[Text]:
    for policy in comparison.policies:
        for option, why in policy.plan.kernel.ignored:
            text = f"  {policy.name}: {option} has no effect: {why}"
            yield from fold(styled(text), paper, hanging=4)
