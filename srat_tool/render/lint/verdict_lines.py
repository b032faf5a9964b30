"""Who keeps NUMA on a machine's firmware: one line for each system."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.text import Text

from srat_tool.lint.verdicts import SystemVerdict, Verdicts
from srat_tool.render.paper.console import Paper, fold, said
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import ERROR, GOOD, HEADING, WARNING

SCHEMA = "srattool.verdicts/1"
_WORDS = {True: "yes", False: "no", None: "unknown"}
_STYLES = {True: GOOD, False: ERROR, None: WARNING}


def verdict_lines(answer: Verdicts, paper: Paper) -> list[Text]:
    """Return the machine, and for each system whether it keeps NUMA, and if not, why."""
    lines: list[Text] = []
    for machine, group in groupby(answer.verdicts, key=lambda one: one.machine):
        heading = said(f"{machine}: which systems keep NUMA", HEADING)
        rows = [(one.system, _answer(one), one.reason) for one in group]
        lines += [*fold(heading, paper, hanging=2), *table((), rows, paper)]
    return lines


def _answer(one: SystemVerdict) -> Text:
    return said(_WORDS[one.keeps_numa], _STYLES[one.keeps_numa])


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
