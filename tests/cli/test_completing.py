"""Shells complete rules, kernels and examples."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete

from srat_tool.cli.main import cli


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


def test_every_command_has_colours_to_choose() -> None:
    """One option, whatever the command."""
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert "--color" in [opt for param in command.params for opt in param.opts]
