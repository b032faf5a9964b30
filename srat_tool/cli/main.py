"""The commands by name, and the only place that turns errors into text and an exit status.

Exit status of every command: 0 success, 1 findings or differences, 2 the command failed.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from typing import NamedTuple

import click

from srat_tool.base.errors import NameMissingError, SratToolError, internal_error
from srat_tool.base.text import printable, shortened
from srat_tool.cli.coloring import add_color_option
from srat_tool.cli.completing import VARIABLE, add_completions
from srat_tool.cli.help_page import HelpContext
from srat_tool.cli.progress import progress_shown
from srat_tool.cli.saying import say, say_usage_error
from srat_tool.version import __version__

NO_ANSWER = 2
# What a shell reports of a command that a signal ended: SIGINT, and SIGPIPE as of any filter.
INTERRUPTED = 130
KILLED_BY_PIPE = 141
TRACEBACK = "SRATTOOL_TRACEBACK"


class CommandEntry(NamedTuple):
    """Where a command lives, and the line that `--help` shows without importing it."""

    module: str
    summary: str


COMMANDS: dict[str, CommandEntry] = {
    "plan": CommandEntry("srat_tool.cli.plan", "Predict nodes, hot-pluggable memory and zones."),
    "diff": CommandEntry("srat_tool.cli.diff", "Compare two sets of tables, and what follows."),
    "inspect": CommandEntry("srat_tool.cli.inspect", "Decode tables: every field, offset and bit."),
    "report": CommandEntry("srat_tool.cli.report", "Write one HTML page about a machine."),
    "why": CommandEntry("srat_tool.cli.why", "Explain why memory can or cannot be removed."),
    "advise": CommandEntry("srat_tool.cli.advise", "Find out how nodes become hot-removable."),
    "build": CommandEntry("srat_tool.cli.build", "Build tables from a spec."),
    "decompile": CommandEntry("srat_tool.cli.decompile", "Write tables as a spec."),
    "edit": CommandEntry("srat_tool.cli.edit", "Write a changed copy of a table."),
    "override": CommandEntry("srat_tool.cli.override", "Write an initrd that replaces tables."),
    "qemu": CommandEntry("srat_tool.cli.qemu", "Print the QEMU command line of a topology."),
    "boot": CommandEntry("srat_tool.cli.boot", "Boot a kernel with tables, and verify the plan."),
    "extract": CommandEntry(
        "srat_tool.cli.extract", "Extract tables from dumps, archives and firmware."
    ),
    "lint": CommandEntry("srat_tool.cli.lint", "Check tables for defects, for firmware CI."),
    "fleet": CommandEntry("srat_tool.cli.fleet", "Plan and lint many machines, one row each."),
    "kernels": CommandEntry(
        "srat_tool.cli.kernels", "List the kernels that are modelled, with the evidence."
    ),
    "verify": CommandEntry("srat_tool.cli.verify", "Compare a plan with what a kernel did."),
    "glossary": CommandEntry("srat_tool.cli.glossary", "Explain a term of art."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command runs."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its `command`."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(entry.module).command
        add_color_option(command)
        if ctx.resilient_parsing:
            add_completions(command)
        command.context_class = HelpContext
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the command that an unknown word resembles; click knows only imported ones."""
        if not (args[0] in COMMANDS or args[0].startswith("-") or ctx.resilient_parsing):
            from difflib import get_close_matches

            near = " or ".join(get_close_matches(args[0], COMMANDS))
            ctx.fail(f"No such command {args[0]!r}.{near and f' Did you mean {near}?'}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    subcommand_metavar="COMMAND [ARGS]...",
    invoke_without_command=True,  # click 8.2 would make an error of the help, with the usage twice
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: srattool plan --movable-node example:two-sockets-removable-riser",
)
@click.version_option(__version__, message="srattool %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Predict how Linux will use the ACPI SRAT, SLIT, HMAT and CEDT tables.

    The plan shows nodes, zones and hot-pluggable memory before the machine boots.

    Exit status: 0 success, 1 findings or differences, 2 the command could not do its job.
    """
    if ctx.invoked_subcommand is not None:
        return None
    click.echo(ctx.get_help(), err=True)
    return NO_ANSWER


def run(arguments: list[str]) -> int:
    """Run one command line and return the exit status."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _invoke(arguments)
    except (BrokenPipeError, SystemExit):
        # click turns a broken pipe into an exit with status 1, which here means findings.
        _drop_output()
        return KILLED_BY_PIPE
    except OSError as error:
        # A full disk after standard output: what is read or written by name has its own errors.
        named = error.filename is not None
        where = printable(shortened(str(error.filename))) if named else "standard output"
        reason = printable(error.strerror or str(error)).lower()
        _complain(f"{where}: {reason}")
        return NO_ANSWER
    except MemoryError:
        _complain("out of memory; try a smaller input, or --max-unpacked")
        return NO_ANSWER
    except Exception as error:  # the last resort: no traceback for anything
        if os.environ.get(TRACEBACK):
            raise
        _complain(_unexpected(error))
        return NO_ANSWER


def _complain(message: str) -> None:
    """Print one line to standard error as far as possible, and let go of what was not written."""
    with contextlib.suppress(OSError):
        say(f"srattool: {message}")
    _drop_output()


def _unexpected(error: Exception) -> str:
    """Return one line for an internal error, with what a report of it needs."""
    return (
        f"{internal_error(error)}; this is a fault of srattool {__version__}: please "
        f"report this line, the command and its input; {TRACEBACK}=1 prints the traceback"
    )


def _open_closed_streams() -> None:
    """Replace standard streams that were closed when the program was started.

    A file opened later would get their number and be written to. Standard output is replaced by
    something that cannot be written, so that a lost answer is an error.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            flags = os.O_WRONLY if number == 2 else os.O_RDONLY
            descriptor = os.open(os.devnull, flags)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


def _invoke(arguments: list[str]) -> int:
    if VARIABLE in os.environ:
        return _complete()
    try:
        with progress_shown(f"srattool {arguments[0] if arguments else ''}".strip()):
            status = cli.main(arguments, prog_name="srattool", standalone_mode=False)
        sys.stdout.flush()
    except NameMissingError as request:
        click.echo(request.listing)
        return 0
    except SratToolError as error:
        for line in (f"srattool: {error.message}", *error.details):
            say(line)
        return NO_ANSWER
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        say_usage_error(error)
        return NO_ANSWER
    return status if isinstance(status, int) else 0


def _complete() -> int:
    """Answer a shell that asks for completions; nothing else is written to its terminal."""
    from click.shell_completion import shell_complete

    from srat_tool.cli.option_completing import register

    register()
    status = shell_complete(cli, {}, "srattool", VARIABLE, os.environ[VARIABLE])
    sys.stdout.flush()
    return NO_ANSWER if status else 0


def _drop_output() -> None:
    """Discard what was not written, or the interpreter reports it at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
