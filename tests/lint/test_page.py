"""Reading a rule's page out of its docstring."""

from __future__ import annotations

from srat_tool.lint.page import parse

TEXT = """One line.

Checks:
    This and
    that.

References:
    A book.
"""


def test_sections_become_lines() -> None:
    """Each section is one line, without its indentation."""
    found = parse(TEXT)
    assert found.summary == "One line."
    assert found.checks == "This and that."
    assert found.references == "A book."


def test_nothing_gives_an_empty_page() -> None:
    """Without docstrings (python -OO) every section is empty."""
    assert not any(parse(""))
