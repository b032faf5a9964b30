"""Shells complete rules, kernels and examples."""

from __future__ import annotations

import click
import pytest
from click.shell_completion import ShellComplete

from srat_tool.cli.main import cli, run


def _completed(words: list[str], incomplete: str) -> set[str]:
    shell = ShellComplete(cli, {}, "srattool", "_SRATTOOL_COMPLETE")
    return {item.value for item in shell.get_completions(words, incomplete)}


def test_rules_by_code_and_by_name() -> None:
    """Of the option that explains one."""
    assert "SRAT001" in _completed(["lint", "--explain"], "SRAT00")
    assert "SLIT005" in _completed(["lint", "--explain"], "slit005")


def test_kernels() -> None:
    """Of a plan and of lint."""
    assert "6.12" in _completed(["plan", "--kernel"], "6.1")
    assert "6.12" in _completed(["lint", "--kernel"], "6.1")


def test_examples_stand_for_files() -> None:
    """Once the word can become one; everything else is a file."""
    assert "example:cxl-window" in _completed(["plan"], "example:c")
    assert "example:cxl-window" in _completed(["inspect"], "exa")
    assert _completed(["plan"], "tab") == {"tab"}


def test_every_input_of_every_command() -> None:
    """Both of `diff`, and those after another argument."""
    assert "example:cxl-window" in _completed(["diff", "a"], "example:c")
    assert "example:cxl-window" in _completed(["why", "node1"], "example:c")
    assert "example:cxl-window" in _completed(["report"], "example:c")


def test_architectures() -> None:
    """By the names of the kernel."""
    assert _completed(["plan", "--arch"], "aa") == {"aarch64"}


def test_options_that_take_a_file_complete_to_files() -> None:
    """The shell lists them itself."""
    shell = ShellComplete(cli, {}, "srattool", "_SRATTOOL_COMPLETE")
    for words, kind in ((["plan", "--boot-log"], "file"), (["extract", "-o"], "dir")):
        (item,) = shell.get_completions(words, "x")
        assert (item.value, item.type) == ("x", kind)


def test_a_terminal_shows_no_progress_while_it_completes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that is typed is on it."""
    monkeypatch.setenv("_SRATTOOL_COMPLETE", "fish_complete")
    monkeypatch.setenv("COMP_WORDS", "srattool plan")
    monkeypatch.setenv("COMP_CWORD", "example:cx")
    monkeypatch.setattr("srat_tool.cli.main.progress_shown", None)
    assert run([]) == 0
    assert capsys.readouterr().out.split() == ["plain,example:cxl-window"]


def test_every_command_has_colours_to_choose() -> None:
    """One option, whatever the command."""
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert "--color" in [opt for param in command.params for opt in param.opts]
