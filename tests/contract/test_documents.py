"""The generated documents are sound, and shells complete what they should."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from srat_tool.cli.glossary import TermName
from srat_tool.cli.main import COMMANDS, cli, run
from tests.support import ROOT

PAGE = ROOT / "docs" / "srattool.1"


def test_manual_page_names_every_command_and_option() -> None:
    """Each command has its section, hyphens are real ones."""
    page = PAGE.read_text().replace("\\-", "-")
    assert page.startswith(".TH SRATTOOL 1")
    assert all(f".SS srattool {name}" in page for name in COMMANDS)
    assert "--help" in page


SPECS = [
    spec
    for spec in re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    if "[srat]" in spec
]


@pytest.mark.parametrize("spec", SPECS)
def test_the_specs_of_the_readme_build(spec: str, tmp_path: Path) -> None:
    """What a reader copies builds tables without a change."""
    (tmp_path / "machine.toml").write_text(spec)
    assert run(["build", str(tmp_path / "machine.toml"), "-o", str(tmp_path)]) == 0
    assert (tmp_path / "SRAT.bin").exists()


def _commands(text: str) -> Iterator[list[str]]:
    """Yield the words of every command line of a text: in blocks, tables and sentences."""
    for line in re.findall(r"(?m)^(?: {4}|- run: )(srattool [^\n]*)", text):
        yield shlex.split(line, comments=True)[1:]
    for line in re.findall(r"`(?:srattool )?([^`\n]+)`", text):
        words = shlex.split(line)
        if words and words[0] in COMMANDS:
            yield words


COMMAND_LINES = list(_commands((ROOT / "README.md").read_text()))


EXAMPLES = [
    shlex.split(command.epilog or "")[2:]
    for name in COMMANDS
    if (command := cli.get_command(click.Context(cli), name)) is not None
]


@pytest.mark.parametrize("words", [*COMMAND_LINES, *EXAMPLES], ids=" ".join)
def test_the_commands_of_readme_and_help_are_understood(words: list[str]) -> None:
    """Each is a command whose options and values it takes, whether the files are there or not."""
    if words[0].startswith("-"):
        assert words == ["--help"]
        return
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None
    assert command.make_context(words[0], words[1:]).command is command


def test_the_readme_shows_every_command() -> None:
    """A command that no document mentions is not found by users."""
    assert {words[0] for words in COMMAND_LINES} >= set(COMMANDS)


@pytest.mark.peer
@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_manual_page_is_sound_roff() -> None:
    """Groff formats it without a warning."""
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", PAGE], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""


def _complete(words: str, shell: str = "bash") -> list[str]:
    environment = {
        **os.environ,
        "_SRATTOOL_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "srat_tool"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split()


def test_commands_are_completed() -> None:
    """The first word is a command."""
    assert _complete("srattool insp") == ["plain,inspect"]


def test_options_are_completed() -> None:
    """Options of the command that was named."""
    assert "plain,--help" in _complete("srattool inspect --h")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_made(shell: str) -> None:
    """The line that the manual page gives for a shell prints a script for it."""
    done = subprocess.run(
        [sys.executable, "-m", "srat_tool"],
        env={**os.environ, "_SRATTOOL_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "srattool" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", list(COMMANDS))
def test_inputs_are_completed_as_files(name: str) -> None:
    """Every argument that names an input lets the shell complete file names, or terms.

    A target (`node1`, an address) is no file.
    """
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    kind = TermName if name == "glossary" else click.Path
    inputs = [argument for argument in arguments if argument.name != "target"]
    assert all(isinstance(argument.type, kind) for argument in inputs)
