"""Other outcomes of a plan as sentences: those that differ only in their nodes are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from srat_tool.base.words import joined, runs
from srat_tool.plan.plan import Alternative

_MENTION = re.compile(r"\bnodes? (\d+(?:(?:, | and )\d+)*)")
_NUMBER = re.compile(r"\d+")
_PLACE = "\0"
"""In the place of the condition's nodes; no sentence has it."""
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


class _Pattern(NamedTuple):
    """A sentence without the nodes of its condition, and whether these were several."""

    condition: str
    changes: str
    several: bool


def outcome_sentences(alternatives: Iterable[Alternative]) -> list[OutcomeSentence]:
    """Return one sentence for all alternatives that do the same, each for nodes of its own.

    KASLR alone has an outcome for each node, and for each two neighbours.
    """
    groups: dict[_Pattern, list[tuple[Alternative, frozenset[int]]]] = {}
    for one in alternatives:
        nodes = _only_nodes(one.condition)
        groups.setdefault(_pattern(one, nodes), []).append((one, nodes))
    return [_sentence(pattern, group) for pattern, group in groups.items()]


def _only_nodes(condition: str) -> frozenset[int]:
    """Return the nodes of the condition, if it names nodes in one place."""
    mentions = list(_MENTION.finditer(condition))
    return _numbers(mentions[0]) if len(mentions) == 1 else frozenset()


def _numbers(mention: re.Match[str]) -> frozenset[int]:
    return frozenset(map(int, _NUMBER.findall(mention[1])))


def _pattern(one: Alternative, nodes: frozenset[int]) -> _Pattern:
    def without(mention: re.Match[str]) -> str:
        named = _numbers(mention)
        if not nodes or not nodes <= named:
            return mention[0]
        return " and ".join(filter(None, (_PLACE, _named(named - nodes))))

    return _Pattern(
        _MENTION.sub(without, one.condition), _MENTION.sub(without, one.changes), len(nodes) > 1
    )


def _named(nodes: frozenset[int]) -> str:
    if not nodes:
        return ""
    return f"{'node' if len(nodes) == 1 else 'nodes'} {joined([str(n) for n in sorted(nodes)])}"


def _sentence(
    pattern: _Pattern, group: list[tuple[Alternative, frozenset[int]]]
) -> OutcomeSentence:
    if len(group) == 1:
        return OutcomeSentence(group[0][0].condition, group[0][0].changes)
    every = f"nodes {runs(frozenset().union(*(nodes for _, nodes in group)))}"
    if pattern.several:
        named = [joined([str(n) for n in sorted(nodes)]) for _, nodes in group[:_GROUPS_NAMED]]
        rest = len(group) - len(named)
        named += [f"{rest} more"] if rest else []
        where, those = f"several of {every} at once ({', '.join(named)})", "those nodes"
    else:
        where, those = f"one of {every}", "that node"
    return OutcomeSentence(
        pattern.condition.replace(_PLACE, where), pattern.changes.replace(_PLACE, those)
    )
