"""Reading a rule's page out of its docstring."""

from __future__ import annotations

from srat_tool.lint.page import parse, with_values

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


def test_the_kernels_lines_have_the_values_of_the_case() -> None:
    """Only what is quoted is filled in, in order; a line ends before what is not known."""
    text = 'Node N prints "node N [mem ...] and 0xN, N" or "CPU..." in later releases.'
    filled = with_values(text, [1, "[mem 0x0-0xfff]", "0x2a"])
    assert filled == 'Node N prints "node 1 [mem 0x0-0xfff] and 0x2a" or "CPU" in later releases.'
    assert with_values(text, ()) == 'Node N prints "node" or "CPU" in later releases.'
