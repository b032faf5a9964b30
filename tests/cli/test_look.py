"""How an answer is to look, from options to the output."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from srat_tool.cli.look import FormatOption, Sheet, format_option, look_options
from srat_tool.plan.explain import Step
from srat_tool.render.formats import FormatError


@click.command()
@look_options("Step")
def _command(sheet: Sheet) -> None:
    steps = tuple(Step(str(number)) for number in range(20))
    sheet.write(Step("root", steps=steps), "title")


def test_options_become_a_look() -> None:
    """--details reaches the drawing."""
    assert "8 more" in CliRunner().invoke(_command, []).output
    assert "more" not in CliRunner().invoke(_command, ["--details"]).output


@pytest.mark.parametrize(("form", "begin"), [("svg", "<svg "), ("html", "<!DOCTYPE html>")])
def test_files_are_whole_documents(form: str, begin: str) -> None:
    """With the title that the command gives."""
    output = CliRunner().invoke(_command, ["--format", form]).output
    assert output.startswith(begin)
    assert "title" in output


def test_a_text_file_has_no_colour(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the environment wishes for terminals."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in CliRunner().invoke(_command, [], color=True).output
    CliRunner().invoke(_command, ["-o", str(tmp_path / "file")])
    assert "\x1b" not in (tmp_path / "file").read_text()


def test_too_narrow_is_wrong_usage() -> None:
    """A width of 5 columns is refused."""
    assert CliRunner().invoke(_command, ["--width", "5"]).exit_code == 2


def test_the_choices_are_those_of_the_table() -> None:
    """The option knows the answers that it is for."""
    option = _command.params[0]
    assert isinstance(option, FormatOption)
    assert option.answers == ("Step",)
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == ["text", "json", "svg", "html", "markdown"]


def test_a_format_of_another_answer_is_an_error() -> None:
    """The command offers it for one of its answers, and gives another one."""

    @click.command()
    @format_option("Plan", "Step")
    def both(form: str) -> None:
        Sheet(form=form).write(Step("root"), "title")

    assert CliRunner().invoke(both, ["--format", "json"]).exit_code == 0
    with pytest.raises(FormatError, match="an explanation has no such format, got dmesg, expected"):
        CliRunner().invoke(both, ["--format", "dmesg"], catch_exceptions=False)
