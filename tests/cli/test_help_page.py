"""Help that fits the terminal."""

from __future__ import annotations

import click
import pytest

from srat_tool.cli.help_page import HelpPage


@pytest.mark.parametrize("width", [60, 72, 80, 120])
def test_no_line_ends_inside_a_word(width: int) -> None:
    """Words with hyphens stay whole, and no line is longer than the page."""
    page = HelpPage(width=width)
    page.write_text("Hot-pluggable memory of hot-add windows is hot-pluggable. " * 4)
    page.write_dl([("--set-hotplug", "Set the hot-pluggable bit of a hot-add window. " * 3)])
    lines = page.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line.endswith("-") for line in lines)
    assert "\u2011" not in page.getvalue()


def test_narrow_pages_put_options_on_lines_of_their_own() -> None:
    """Next to a long name there is no room for a sentence."""
    page = HelpPage(width=60)
    page.write_dl([("--kernel-memory SIZE", "Memory that must remain.")])
    first, second = page.getvalue().splitlines()
    assert first.strip() == "--kernel-memory SIZE"
    assert second.strip() == "Memory that must remain."


def test_it_is_a_formatter_of_click() -> None:
    """Everything that click writes goes through it."""
    assert issubclass(HelpPage, click.HelpFormatter)
