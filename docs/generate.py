"""Write the documents that are made of the commands' own help; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
from manpage import manual_page

from srat_tool.cli.main import COMMANDS, cli
from srat_tool.lint.rules import all_rules, load
from srat_tool.render.lint.rule_page import rule_markdown

FOLDER = Path(__file__).parent
INTRODUCTION = """# Commands

Made by `make docs` from what `srattool COMMAND --help` says.
Exit status of every command: 0 good, 1 the answer is no, 2 there is no answer.
"""


def reference() -> str:
    """Return the page of all commands."""
    parts = [INTRODUCTION]
    parent = click.Context(cli, info_name="srattool", terminal_width=100, max_content_width=100)
    for name in COMMANDS:
        command = cli.get_command(parent, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=parent)
        parts.append(f"## srattool {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


RULES = """# Rules of `srattool lint`

Made by `make docs` from the rules' own files; `srattool lint --explain ID` prints one of them.

An *error* makes an operating system drop an entry or a table or read out of bounds, or breaks a
stated "must"; a *warning* is accepted and very probably not what was meant; *info* is advice, which
text output shows only with `--show info`, `-v` or `--select`. The severity is that of the `linux`
profile, and in brackets that of others where it differs.
"""


def rules() -> str:
    """Return the page of all rules."""
    parts = [RULES]
    family = ""
    for entry in all_rules():
        if entry.family != family:
            family = entry.family
            parts.append(f"## {family}\n")
        parts.append(rule_markdown(load(entry)))
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": reference,
    "rules.md": rules,
    "srattool.1": manual_page,
}


def main() -> int:
    """Write every page, or with `--check` tell whether all of them are true."""
    stale = []
    for name, write in PAGES.items():
        target, text = FOLDER / name, write()
        if "--check" not in sys.argv:
            target.write_text(text)
        elif not target.exists() or target.read_text() != text:
            stale.append(name)
    for name in stale:
        sys.stderr.write(f"docs/{name} is stale; run make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
