"""The page of a rule: its file's docstring, under fixed headings."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from srat_tool.lint.rule import Rule

HEADINGS = ("Checks", "Why it matters", "What Linux does", "How to fix", "References")


class Page(NamedTuple):
    """A rule's page; every text is one line of sentences."""

    summary: str
    checks: str
    why_it_matters: str
    what_linux_does: str
    how_to_fix: str
    references: str


def page(rule: type[Rule]) -> Page:
    """Read the page of a rule; python -OO leaves no docstrings, and then it is empty."""
    return _page(rule.__module__)


@cache
def _page(module: str) -> Page:
    return parse(sys.modules[module].__doc__ or "")


_QUOTED = re.compile(r'"([^"]*)"')
_BETWEEN = " :=[(,"
"""What a line that is cut does not end with."""
_UNKNOWN = re.compile(r"\[(?:mem )?\.\.\.\]|0x\.\.\.|0xN|\.\.\.|\bN\b")


def with_values(text: str, values: Iterable[object]) -> str:
    """Return a section with the values of a case in the kernel's lines that it quotes.

    A line ends before the first value that is not known.
    """
    left = iter(values)

    def line(quoted: re.Match[str]) -> str:
        begin, *rest = _UNKNOWN.split(quoted[1])
        for part in rest:
            value = next(left, None)
            if value is None:
                return f'"{begin.rstrip(_BETWEEN)}"'
            begin += f"{value}{part}"
        return f'"{begin}"'

    return _QUOTED.sub(line, text)


def parse(text: str) -> Page:
    """Split a docstring into its summary and the five sections, each joined into one line."""
    sections: dict[str, list[str]] = {}
    lines = sections.setdefault("", [])
    for line in text.splitlines():
        if line.endswith(":") and line[:-1] in HEADINGS:
            lines = sections.setdefault(line[:-1], [])
        elif line.strip():
            lines.append(line.strip())
    return Page(*(" ".join(sections.get(name, ())) for name in ("", *HEADINGS)))
