"""The manual page, made from the help of the commands."""

from __future__ import annotations

import re

import click

from srat_tool.cli.main import COMMANDS, cli
from srat_tool.version import __version__

ENVIRONMENT = {
    "NO_COLOR": "Any value turns colours off.",
    "FORCE_COLOR": "Any value but 0 turns colours on in a pipe too; NO_COLOR takes precedence.",
    "COLUMNS": "Width of the output. Default: the width of the terminal, 120 in a pipe.",
    "TERM": "The value dumb turns colours off.",
    "COLORTERM": "The values truecolor and 24bit turn on exact colours.",
    "PYTHONIOENCODING": "An encoding without line drawing characters makes drawings ASCII.",
}
EXIT_STATUS = {
    "0": "Success.",
    "1": "Findings or differences.",
    "2": "The command failed: wrong usage, unreadable input, or nothing to work on.",
}
COMPLETION = {
    "bash": 'eval "$(_SRATTOOL_COMPLETE=bash_source srattool)"',
    "zsh": 'eval "$(_SRATTOOL_COMPLETE=zsh_source srattool)"',
    "fish": "_SRATTOOL_COMPLETE=fish_source srattool | source",
}


def manual_page() -> str:
    """Return `srattool.1` in the man macro language."""
    parent = click.Context(cli, info_name="srattool", terminal_width=78, max_content_width=78)
    lines = [
        f'.TH SRATTOOL 1 "" "srattool {__version__}" "User Commands"',
        ".SH NAME",
        r"srattool \- predict how Linux will use the ACPI SRAT, SLIT, HMAT and CEDT tables",
        ".SH SYNOPSIS",
        r".B srattool",
        r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIINPUTS\fR]...",
        ".SH DESCRIPTION",
        *_paragraphs(cli.help or ""),
        ".PP",
        _escape(
            "An input is a table file, a folder of tables, an acpidump text, a listing, "
            "an archive, a firmware image, a spec, example:NAME, or - for standard input. Its "
            "content decides its kind, not its name."
        ),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        command = cli.get_command(parent, name)
        assert command is not None
        lines += _command(command, click.Context(command, info_name=name, parent=parent))
    lines += [".SH EXIT STATUS", *_terms(EXIT_STATUS)]
    lines += [".SH ENVIRONMENT", *_terms(ENVIRONMENT)]
    lines += [
        ".SH SHELL COMPLETION",
        "If completion does not work, add the line of the shell to its start file.",
        ".PP",
    ]
    return "\n".join([*lines, *_terms(COMPLETION)]) + "\n"


def _command(command: click.Command, context: click.Context) -> list[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f".SS {_escape(f'srattool {context.info_name} {usage}')}"]
    lines += _paragraphs(command.help or "")
    records = [param.get_help_record(context) for param in command.get_params(context)]
    lines += _terms(dict(record for record in records if record and record[1]))
    if command.epilog:
        lines += [".PP", _escape(re.sub(r"\s+", " ", command.epilog).strip())]
    return lines


def _paragraphs(text: str) -> list[str]:
    r"""Turn a help text into paragraphs; a `\b` line keeps the lines below it as they are."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        rows = [row.rstrip() for row in paragraph.splitlines()]
        if rows[0].strip() == "\b":
            lines += [".PP", ".nf", *(_escape(row) for row in rows[1:]), ".fi"]
        else:
            lines += [".PP", _escape(" ".join(row.strip() for row in rows))]
    return lines


def _terms(terms: dict[str, str]) -> list[str]:
    return [
        line
        for term, text in terms.items()
        for line in (".TP", rf"\fB{_escape(term)}\fR", _escape(" ".join(text.split())))
    ]


def _escape(text: str) -> str:
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{text}" if text.startswith(".") else text
