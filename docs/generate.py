"""Write the documents, schemas and completions that are made from code; `--check` compares."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from click.shell_completion import get_completion_class
from inspect_schema import document_schema, line_schema
from manpage import manual_page
from spec_page import spec_page

from srat_tool.base.glossary import glossary
from srat_tool.cli.completing import VARIABLE
from srat_tool.cli.main import COMMANDS, cli
from srat_tool.cli.option_completing import register
from srat_tool.lint.rules import all_rules, load
from srat_tool.render.glossary import glossary_markdown
from srat_tool.render.lint.rule_page import rule_markdown

FOLDER = Path(__file__).parent
SCHEMAS = "../srat_tool/data/schemas"
INTRODUCTION = """# Commands

Made by `make docs` from `srattool COMMAND --help`. Exit status of every command: 0 success,
1 findings or differences, 2 the command failed.
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

Made by `make docs` from the files of the rules. `srattool lint --explain ID` prints one page,
`srattool lint --list-rules` the list.

An *error* makes an operating system drop an entry or a table, read outside the table, or violates a
"must" of the specification. A *warning* is accepted and very probably not intended. An *info* is
advice; text output shows it only with `--show info`, `-v` or `--select`. The severity is that
of the `linux` profile; severities of other profiles are in brackets where they differ.
"""


def rules() -> str:
    """Return the page of all rules."""
    parts = [RULES, _index()]
    family = ""
    for entry in all_rules():
        if entry.family != family:
            family = entry.family
            parts.append(f"## {family}\n")
        parts.append(rule_markdown(load(entry)))
    return "\n".join(parts)


def _index() -> str:
    """Return a table of all rules with links to their pages."""
    rows = ["| rule | severity | name |", "|---|---|---|"]
    for rule in map(load, all_rules()):
        anchor = f"{rule.id} {rule.name}".lower().replace(" ", "-")
        rows.append(f"| [{rule.id}](#{anchor}) | {rule.severity.label} | {rule.name} |")
    return "\n".join(rows) + "\n"


GLOSSARY = """# Glossary

Made by `make docs` from `srat_tool/data/glossary.toml`; `srattool glossary TERM` prints one term.

"""


def terms() -> str:
    """Return the page of all terms of art."""
    return GLOSSARY + glossary_markdown(glossary())


def completion(shell: str) -> str:
    """Return the completion script of a shell, as the program writes it."""
    register()
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(cli, {}, "srattool", VARIABLE)
    return kind.source_template % script.source_vars()


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": reference,
    "rules.md": rules,
    "glossary.md": terms,
    "spec.md": spec_page,
    "srattool.1": manual_page,
    f"{SCHEMAS}/inspect.schema.json": document_schema,
    f"{SCHEMAS}/inspect-line.schema.json": line_schema,
    "completions/srattool": partial(completion, "bash"),
    "completions/_srattool": partial(completion, "zsh"),
    "completions/srattool.fish": partial(completion, "fish"),
}


def main() -> int:
    """Write every page, or with `--check` return whether all of them are current."""
    stale = []
    for name, write in PAGES.items():
        target, text = FOLDER / name, write()
        if "--check" not in sys.argv:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text)
        elif not target.exists() or target.read_text() != text:
            stale.append(name)
    for name in stale:
        sys.stderr.write(f"docs/{name} is stale; run make docs\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
