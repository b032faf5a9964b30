"""Findings with one cause: the cause is listed, and names the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from srat_tool.lint.finding import Finding
from srat_tool.lint.hit import Severity
from srat_tool.lint.rule import MachineRule, Rule


class Spot(NamedTuple):
    """What findings of two rules can have in common.

    Attributes:
        code: of the rule that is looked for.
        table: identity of the table; 0 for any.
        place: index of the structure, offset of the field, or what of the machine it is about.
    """

    code: str
    table: int
    place: str


def one_per_cause(findings: list[Finding], rules: Mapping[str, type[Rule]]) -> list[Finding]:
    """Leave out findings that another one explains, and name them there.

    A finding is explained by one of a rule that its own rule yields to or follows. The cause has
    the severity of the worst of them, so that nothing that is left out makes a status better.

    Args:
        findings: in any order.
        rules: the rule of each code; the first that it yields to comes first.
    """
    first: dict[Spot, int] = {}
    for at, finding in enumerate(findings):
        topic = rules[finding.id].topic
        tables = (id(finding.raw), 0)
        anywhere = [Spot(code, raw, "") for code in (finding.id, topic) if code for raw in tables]
        for spot in (*_places(finding, finding.id), *anywhere):
            first.setdefault(spot, at)
    causes = {at: _cause(at, finding, rules, first) for at, finding in enumerate(findings)}
    explained: dict[int, list[int]] = {}
    for at in causes:
        root = _root(at, causes)
        if root != at:
            explained.setdefault(root, []).append(at)
    lost = {at for ats in explained.values() for at in ats}
    return [
        _with(finding, [findings[other] for other in explained.get(at, ())])
        for at, finding in enumerate(findings)
        if at not in lost
    ]


def _places(finding: Finding, code: str) -> Iterator[Spot]:
    """Yield where another finding with the same cause may be."""
    if finding.entry is not None:
        yield Spot(code, id(finding.raw), f"structure {finding.entry}")
    elif finding.offset is not None:
        yield Spot(code, id(finding.raw), f"offset {finding.offset}")
    if finding.about:
        yield Spot(code, 0, finding.about)


def _cause(
    at: int, finding: Finding, rules: Mapping[str, type[Rule]], first: Mapping[Spot, int]
) -> int | None:
    """Return the finding that explains one; None for none."""
    rule = rules[finding.id]
    spots = [spot for code in rule.yields_to for spot in _places(finding, code)]
    table = 0 if issubclass(rule, MachineRule) else id(finding.raw)
    spots += [Spot(code, table, "") for code in rule.follows]
    return next((first[spot] for spot in spots if first.get(spot, at) != at), None)


def _root(at: int, causes: Mapping[int, int | None]) -> int:
    """Return the first cause in a chain of them."""
    seen = [at]
    while (cause := causes[seen[-1]]) is not None and cause not in seen:
        seen.append(cause)
    return seen[-1]


def _with(finding: Finding, others: list[Finding]) -> Finding:
    if not others:
        return finding
    worst = max(finding.severity, *(Severity(one.severity) for one in others))
    codes = dict.fromkeys([*finding.also, *(one.id for one in others)])
    return finding._replace(also=tuple(codes), severity=worst)
