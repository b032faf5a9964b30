"""Other outcomes of a plan as sentences: those that differ only in their nodes are one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.words import joined, runs
from srat_tool.plan.node_outcome import Called, NodeOutcome
from srat_tool.plan.plan import Alternative

_GROUPS_NAMED = 2


class OutcomeSentence(NamedTuple):
    """One or more alternatives in one sentence, unescaped.

    Attributes:
        condition: what is otherwise.
        changes: what follows.
    """

    condition: str
    changes: str

    def __str__(self) -> str:
        return f"{self.condition}: {self.changes}"


def outcome_sentences(alternatives: Iterable[Alternative]) -> list[OutcomeSentence]:
    """Return one sentence for all alternatives that do the same, each to nodes of its own.

    KASLR alone has an outcome for each node, and for each two neighbours.
    """
    groups: dict[object, list[Alternative]] = {}
    for one in alternatives:
        groups.setdefault(_kind(one), []).append(one)
    return [_sentence(group) for group in groups.values()]


def _kind(one: Alternative) -> object:
    nodes = one.of_nodes
    if nodes is None:
        return one
    return nodes.who, len(nodes.nids) > 1, nodes.change.apart_from(nodes.nids)


def _sentence(group: list[Alternative]) -> OutcomeSentence:
    outcomes = [one.of_nodes for one in group if one.of_nodes is not None]
    if len(outcomes) < 2:
        return OutcomeSentence(group[0].condition, group[0].changes)
    first = outcomes[0]
    every = f"nodes {runs(frozenset().union(*(one.nids for one in outcomes)))}"
    if len(first.nids) == 1:
        where, called = f"one of {every}", "that node"
    else:
        where, called = f"several of {every} at once ({_some(outcomes)})", "those nodes"
    changes = first.change.sentence(Called(first.nids, called))
    return OutcomeSentence(f"{first.who} {where}", changes)


def _some(outcomes: list[NodeOutcome]) -> str:
    named = [joined([str(nid) for nid in sorted(one.nids)]) for one in outcomes[:_GROUPS_NAMED]]
    rest = len(outcomes) - len(named)
    return ", ".join([*named, *([f"{rest} more"] if rest else [])])
