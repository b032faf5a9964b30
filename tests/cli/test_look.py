"""How an answer is to look, from options to a string."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from srat_tool.cli.look import Look, look_options
from srat_tool.render.paper.console import said


@click.command()
@look_options("text", "svg", "html")
def _command(look: Look) -> None:
    click.echo(look.draw(lambda paper: [said(f"{paper.width} {look.everything}")], "title"))


def test_options_become_a_look() -> None:
    """Width and --ranges reach the drawing."""
    assert CliRunner().invoke(_command, ["--width", "77", "--ranges"]).output == "77 True\n\n"


@pytest.mark.parametrize(("style", "begin"), [("svg", "<svg "), ("html", "<!DOCTYPE html>")])
def test_files_are_whole_documents(style: str, begin: str) -> None:
    """In colour and 100 columns wide where nothing else is said."""
    output = CliRunner().invoke(_command, ["--format", style]).output
    assert output.startswith(begin)
    assert "100 False" in output


def test_a_text_file_has_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment wishes for terminals."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert Look(output="file").paper.color is None


def test_too_narrow_is_wrong_usage() -> None:
    """Nobody reads 5 columns."""
    assert CliRunner().invoke(_command, ["--width", "5"]).exit_code == 2
