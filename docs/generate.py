"""Write `docs/commands.md` from the commands' own help; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from srat_tool.cli.main import COMMANDS, cli

TARGET = Path(__file__).with_name("commands.md")
INTRODUCTION = """# Commands

Made by `make docs` from what `srattool COMMAND --help` says.
Exit status of every command: 0 good, 1 the answer is no, 2 there is no answer.
"""


def reference() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    parent = click.Context(cli, info_name="srattool", terminal_width=100, max_content_width=100)
    for name in COMMANDS:
        command = cli.get_command(parent, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=parent)
        parts.append(f"## srattool {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def main() -> int:
    """Write the page, or with `--check` tell whether it is true."""
    text = reference()
    if "--check" not in sys.argv:
        TARGET.write_text(text)
        return 0
    if TARGET.read_text() == text:
        return 0
    sys.stderr.write("docs/commands.md is stale; run make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
