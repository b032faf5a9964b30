"""Who keeps NUMA on a machine's firmware: one line for each system."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from srat_tool.base.text import printable
from srat_tool.lint.verdicts import SystemVerdict, Verdicts
from srat_tool.render.look import DEFAULT, Look
from srat_tool.render.paper.console import fitted_text

SCHEMA = "srattool.verdicts/1"
_WORDS = {True: "yes", False: "no", None: "unknown"}


def verdict_lines(answer: Verdicts, look: Look = DEFAULT) -> Iterator[str]:
    """Yield the machine, and for each system whether it keeps NUMA, and if not, why."""
    return fitted_text(_lines(answer), look.paper)


def _lines(answer: Verdicts) -> Iterator[str]:
    for machine, group in groupby(answer.verdicts, key=lambda one: one.machine):
        yield printable(f"{machine}: which systems keep NUMA") + "\n"
        for one in group:
            line = f"  {one.system:11} {_WORDS[one.keeps_numa]:7} {one.reason}"
            yield printable(line.rstrip()) + "\n"


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
