"""`srattool glossary`."""

from __future__ import annotations

import click
import pytest

from srat_tool.base.glossary import glossary
from srat_tool.cli.glossary import TermName, command
from srat_tool.cli.main import run


def test_a_term_of_two_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Words need no quotes."""
    assert run(["glossary", "memory", "block"]) == 0
    assert capsys.readouterr().out.startswith("memory block")


def test_without_a_term_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each term, which may be folded."""
    assert run(["glossary"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line[0] != " "]) == len(glossary())


def test_an_unknown_term_has_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the nearest term on one line."""
    assert run(["glossary", "vmemap"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "srattool: no such term, got 'vmemap'; try vmemmap\n"


def test_terms_are_completed() -> None:
    """A beginning is completed in any case."""
    items = TermName().shell_complete(click.Context(command), command.params[0], "zone_")
    assert [item.value for item in items] == ["ZONE_MOVABLE"]
