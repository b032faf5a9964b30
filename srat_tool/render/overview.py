"""Each node's removability as text."""

from __future__ import annotations

from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.base.words import plural, runs
from srat_tool.plan.removal_overview import NodeOverview, RemovalOverview
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, HEADING

_NOW = {"yes": "yes", "maybe": "not promised", "no": "no"}
_COLUMNS = ("node", "memory", "removable now", "removable with", "because")


def overview_lines(overview: RemovalOverview, paper: Paper) -> list[Text]:
    """Return the count, a row per node, then what was assumed."""
    now = sum(node.now == "yes" for node in overview.nodes)
    count = plural(len(overview.nodes), "node")
    verdict = f"{now} of {count} with memory removable now, kernel {overview.kernel}:"
    lines = fold(styled(verdict, HEADING), paper, hanging=2)
    lines += table(_COLUMNS, [_row(node) for node in overview.nodes], paper, right=(0, 1))
    by_remedy: dict[str, list[int]] = {}
    for node in overview.nodes:
        if node.remedy is not None:
            by_remedy.setdefault(node.remedy, []).append(node.nid)
    for remedy, nids in by_remedy.items():
        who = f"{'node' if len(nids) == 1 else 'nodes'} {runs(nids)}"
        lines += fold(sentence((f"remedy for {who}", HEADING), f": {remedy}"), paper, hanging=2)
    for assumed in overview.assumptions:
        lines += fold(sentence(("assumed", DIM), f": {assumed}"), paper, hanging=2)
    return lines


def _row(node: NodeOverview) -> list[str | Text]:
    return [
        str(node.nid),
        format_size(node.bytes),
        _NOW[node.now],
        _remedy(node),
        node.never or node.why,
    ]


def _remedy(node: NodeOverview) -> str:
    if node.now == "yes":
        return "-"
    if not node.options:
        return "other firmware" if node.remedy else "nothing"
    words = " ".join(node.options)
    if node.edits:
        words += f" and {plural(node.edits, 'entry', 'entries')} of the SRAT"
    return f"{words} ({format_size(node.cost)} movable only)"
