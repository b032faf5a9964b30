"""Advice as text."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from srat_tool.base.words import address_range, joined, plural
from srat_tool.plan.advise import Advice
from srat_tool.render.paper.console import Paper, fitted, fold, sentence, styled
from srat_tool.render.paper.tables import size_cell, table
from srat_tool.render.paper.theme import DIM, ERROR, GOOD, HEADING, WARNING


def advice_lines(advice: Advice, paper: Paper) -> list[Text]:
    """Return the answer, what to do, what it costs, and what was tried."""
    lines = [*_verdict(advice, paper)]
    if advice.possible:
        lines += [*fitted(_what_to_do(advice), paper), Text(), *_costs(advice, paper)]
    for warning in advice.warnings:
        lines += fold(sentence(("warning", WARNING), f": {warning}"), paper, hanging=2)
    for remedy in advice.remedies:
        lines += fold(sentence(("remedy", GOOD), f": {remedy}"), paper, hanging=2)
    if advice.tried:
        lines += [Text(), styled("tried:", HEADING)]
        for tried in advice.tried:
            lines += fold(sentence("  ", tried), paper, hanging=4)
    for assumed in advice.assumptions:
        lines += fold(sentence(("assumed", DIM), f": {assumed}"), paper, hanging=2)
    return lines


def _verdict(advice: Advice, paper: Paper) -> Iterator[Text]:
    nodes = _nodes(advice.nodes)
    if advice.possible:
        how = "with a change of the SRAT" if advice.edits else "with boot options alone"
        text = sentence(
            ("yes", GOOD), f": {nodes} can be hot-removable {how} (kernel {advice.kernel})"
        )
        yield from fold(text, paper, hanging=2)
        return
    if advice.empty:
        why = joined(list(advice.because))
        text = sentence(("no", ERROR), f": {why} (kernel {advice.kernel})")
        yield from fold(text, paper, hanging=2)
        return
    text = sentence(
        ("no", ERROR), f": {nodes} cannot be made hot-removable (kernel {advice.kernel})"
    )
    yield from fold(text, paper, hanging=2)
    for why in advice.because:
        yield from fold(sentence("  because ", why), paper, hanging=4)


def _nodes(nids: tuple[int, ...]) -> str:
    word = "node" if len(nids) == 1 else "nodes"
    return f"{word} {joined([str(nid) for nid in nids])}"


def _what_to_do(advice: Advice) -> Iterator[Text]:
    yield sentence("  boot with: ", (" ".join(advice.options), HEADING))
    if not advice.edits:
        return
    entries = plural(len(advice.edits), "entry", "entries")
    yield sentence("  and change the SRAT in ", entries, ":")
    for edit in advice.edits:
        where = "" if edit.offset is None else f"+0x{edit.offset:04x} "
        verb = "set" if edit.hot else "clear"
        yield sentence(
            f"    {where}domain {edit.pxm} {address_range(edit.span)}: ", f"{verb} Hot Pluggable"
        )
    yield styled(
        "  create that table with srattool edit, and an initrd that loads it with srattool override"
    )


def _costs(advice: Advice, paper: Paper) -> Iterator[Text]:
    yield styled("cost:", HEADING)
    heads = ("", "for the kernel", "movable", "its kernel data elsewhere")
    rows = [
        [styled(f"node {nid}"), *(size_cell(size) for size in (kernel, movable, remote))]
        for nid, kernel, movable, remote in advice.costs
    ]
    remote = sum(cost.remote for cost in advice.costs)
    total = [
        styled("together"),
        *(size_cell(s) for s in (advice.kernel_bytes, advice.movable_bytes, remote)),
    ]
    yield from table(heads, [*rows, total], paper, right=(1, 2, 3))
    if advice.kernel_bytes:
        tenths = advice.movable_bytes * 10 // advice.kernel_bytes
        yield sentence(f"  movable to kernel memory: {tenths // 10}.{tenths % 10}:1")
