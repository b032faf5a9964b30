"""Lines on standard error, for a terminal and for a program."""

from __future__ import annotations

import sys
from unittest import mock

import click
import pytest

from srat_tool.cli.saying import say, say_usage_error

LINE = "srattool: " + "a word and another " * 6


def test_a_program_reads_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the width of the terminal would be."""
    monkeypatch.setenv("COLUMNS", "60")
    say(LINE)
    assert capsys.readouterr().err == LINE + "\n"


def test_a_terminal_gets_whole_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folded between words, and indented from the second line on; nothing is lost."""
    monkeypatch.setenv("COLUMNS", "60")
    with mock.patch.object(sys.stderr, "isatty", return_value=True):
        say(LINE)
    written = capsys.readouterr().err
    lines = written.splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 60
    assert all(line.startswith("    ") for line in lines[1:])
    assert written.split() == LINE.split()


def test_a_usage_error_has_the_usage_first(capsys: pytest.CaptureFixture[str]) -> None:
    """The usage, where help is, and what is wrong."""
    context = click.Context(click.Command("plan"), info_name="plan")
    say_usage_error(click.UsageError("No such option: --banana", context))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Usage: plan")
    assert lines[1] == "Try 'plan --help' for help."
    assert lines[-1] == "Error: No such option: --banana"


def test_an_error_without_a_command_is_its_message() -> None:
    """Where click knows no command, there is no usage."""
    with mock.patch("click.echo") as echo:
        say_usage_error(click.ClickException("broken"))
    echo.assert_called_once_with("Error: broken", err=True)


def test_words_of_the_command_line_are_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    """And of a long one only a part is repeated."""
    say_usage_error(click.UsageError("unexpected extra argument (\x10\x1b[31m)"))
    assert capsys.readouterr().err == "Error: unexpected extra argument (\\x10\\x1b[31m)\n"
    say_usage_error(click.UsageError("9" * 100_000))
    assert len(capsys.readouterr().err) < 5_000
