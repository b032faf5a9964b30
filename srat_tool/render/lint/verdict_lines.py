"""Operating systems that keep NUMA on a machine: one line for each system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.text import Text

from srat_tool.base.words import joined
from srat_tool.lint.verdicts import SystemVerdict, Verdicts
from srat_tool.render.paper.console import Paper, fold, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import ERROR, GOOD, HEADING, WARNING

SCHEMA = "srattool.verdicts/1"
_WORDS = {True: "yes", False: "no", None: "unknown"}
_OUTCOMES = {True: "kept by", False: "lost on", None: "unknown on"}
_STYLES = {True: GOOD, False: ERROR, None: WARNING}


def verdict_lines(answer: Verdicts, paper: Paper) -> list[Text]:
    """Return for each machine who keeps NUMA, then a line for each system that does the same."""
    lines: list[Text] = []
    for machine, group in groupby(answer.verdicts, key=lambda one: one.machine):
        verdicts = list(group)
        heading = styled(f"{machine}: {_summary(verdicts)}", HEADING)
        rows = [(name, _answer(one), one.reason) for name, one in _folded(verdicts)]
        lines += [*fold(heading, paper, hanging=2), *table((), rows, paper)]
    return lines


def _summary(verdicts: Sequence[SystemVerdict]) -> str:
    """Return `NUMA kept by Linux 6.1 and Xen, lost on illumos, unknown on Windows`."""
    parts = []
    for answer, words in _OUTCOMES.items():
        systems: dict[str, list[str]] = {}
        for one in verdicts:
            if one.keeps_numa is answer:
                system, _, release = one.system.partition(" ")
                systems.setdefault(system, []).append(release)
        if systems:
            names = [_name(system, releases) for system, releases in systems.items()]
            parts.append(f"{words} {joined(names)}")
    return f"NUMA {'; '.join(parts)}"


def _folded(verdicts: Sequence[SystemVerdict]) -> Iterator[tuple[str, SystemVerdict]]:
    """Yield the verdicts with the names that they are for: neighbouring releases that agree."""

    def alike(one: SystemVerdict) -> tuple[str, bool | None, str]:
        return one.system.partition(" ")[0], one.keeps_numa, one.reason

    for (system, _, _), group in groupby(verdicts, key=alike):
        same = list(group)
        yield _name(system, [one.system.partition(" ")[2] for one in same]), same[0]


def _name(system: str, releases: list[str]) -> str:
    return system if releases == [""] else f"{system} {' '.join(releases)}"


def _answer(one: SystemVerdict) -> Text:
    return styled(_WORDS[one.keeps_numa], _STYLES[one.keeps_numa])


def verdicts_value(answer: Verdicts) -> dict[str, Any]:
    """Return the JSON form."""
    return {
        "schema": SCHEMA,
        "verdicts": [_value(one) for one in answer.verdicts],
        "not_checked": [{"path": path, "reason": why} for path, why in answer.not_checked],
    }


def _value(one: SystemVerdict) -> dict[str, Any]:
    return {
        "machine": one.machine,
        "system": one.system,
        "keeps_numa": one.keeps_numa,
        "reason": one.reason,
        "entry": one.entry,
    }
