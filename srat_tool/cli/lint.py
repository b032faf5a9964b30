"""`srattool lint`: what is wrong with tables, and what Linux does with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from srat_tool.base.errors import SratToolError
from srat_tool.base.text import printable, shortened
from srat_tool.cli.completing import complete_rules
from srat_tool.cli.look import format_option, screen
from srat_tool.cli.options import arch_option, input_options, kernel_option
from srat_tool.cli.saying import say

if TYPE_CHECKING:
    from srat_tool.api.options import LintOptions, ReadOptions
    from srat_tool.lint.config import LintConfig
    from srat_tool.lint.finding import Report
    from srat_tool.lint.hit import Severity

LEVELS = ("error", "warning", "info")
# Formats that keep everything unless set otherwise: their readers filter by severity themselves.
KEEPS_EVERYTHING = ("json", "sarif")


@click.command("lint", epilog="Example: srattool lint --fail-on warning firmware.fd dumps/")
@click.argument("inputs", nargs=-1, type=click.Path())
@click.option(
    "--profile",
    type=click.Choice(["linux", "spec", "freebsd", "xen", "illumos"]),
    help="Operating system or specification that sets the severities; default linux.",
)
@kernel_option("Linux release for plans.")
@arch_option
@click.option(
    "--kernel-config",
    multiple=True,
    metavar="NAME=VALUE",
    help="Kernel configuration value that differs from a distribution's, such as NODES_SHIFT=6.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Check only these rules (codes, code prefixes or names).",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help="Ignore these rules (codes, code prefixes or names).",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Exit with status 1 at this severity or above; default error.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 whatever is found.")
@click.option(
    "--show",
    type=click.Choice(LEVELS),
    help="Show findings at this severity or above; default warning, for json and sarif info.",
)
@click.option(
    "--output-format",
    "style",
    type=click.Choice(["full", "concise"]),
    help="Text with the consequence and the remedy of each finding, or a line for each; default"
    " full on a terminal and with -v, otherwise concise.",
)
@click.option(
    "--statistics", is_flag=True, help="Print the number of findings of each rule instead."
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Show all findings in full, and what was opened."
)
@format_option("Report", "Verdicts")
@click.option("-o", "--output", metavar="FILE", help="Write the findings to a file.")
@click.option(
    "--explain", metavar="ID", shell_complete=complete_rules, help="Print the page of a rule."
)
@click.option("--list-rules", is_flag=True, help="List all rules, or those that are selected.")
@click.option(
    "--verdicts",
    is_flag=True,
    help="Print which operating systems keep NUMA on this firmware, and why one does not.",
)
@click.option("--baseline", metavar="FILE", help="File of known findings, which are not reported.")
@click.option("--write-baseline", metavar="FILE", help="Write all findings to this file as known.")
@click.option(
    "--config", metavar="FILE", help="Configuration file; default: the nearest srattool.toml."
)
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option(
    "--allow-empty",
    is_flag=True,
    help="Skip files that contain no table, and exit with status 0 when there is nothing to check.",
)
@click.option(
    "--memory-map",
    metavar="FILE",
    help="Firmware memory map: e820 or EFI lines, /proc/iomem.",
)
@click.option(
    "--boot-log", metavar="FILE", help="Kernel log: memory map, command line, reservations."
)
@click.option("--cmdline", metavar="TEXT", help="Kernel command line for plans.")
@click.option(
    "--phys-bits", type=click.IntRange(20, 64), help="Width of physical addresses in bits."
)
@click.option("--boot-cpu", type=int, metavar="ID", help="APIC id of the boot processor.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Number of processes that check machines, where there are many; default one on each"
    " usable core.",
)
@click.option("--type", "signature", metavar="SIG", help="Signature that every input must have.")
@input_options
def command(inputs: tuple[str, ...], explain: str | None, read: ReadOptions, **options: Any) -> int:
    """Check SRAT, SLIT, HMAT, MSCT, CEDT, MADT, PPTT and NFIT, alone and against each other.

    INPUTS are files, folders, dumps, archives and firmware images (`-` for standard input);
    with none those of the running machine. Tables of one folder, archive or image are judged
    together; so are files given one by one that are in one folder, one of each kind.

    Exit status: 0 no findings, 1 findings at or above --fail-on, 2 something could not be checked.
    """
    if explain is not None:
        from srat_tool.render.paper.console import fitted_text

        paper = screen()
        with _reader_may_go():
            for line in fitted_text(_page(explain, min(paper.width, 92)).splitlines(), paper):
                click.echo(line)
        return 0
    if options["list_rules"]:
        with _reader_may_go():
            _list_rules(options)
        return 0
    from srat_tool.api.checking import lint, without_known

    config = _config(options["config"], isolated=options["isolated"])
    if options["verdicts"]:
        return _verdicts(inputs, _lint_options(config, options), read, options)
    report = lint(inputs, _lint_options(config, options), read)
    if options["write_baseline"]:
        from srat_tool.cli.writing import write_file
        from srat_tool.lint.baseline import baseline_json

        write_file(Path(options["write_baseline"]), baseline_json(report).encode())
    baseline = options["baseline"] or config.baseline
    if baseline:
        report = without_known(report, baseline)
    status = _status(report, config, options, inputs)
    with _reader_may_go():
        _print(report, config, options)
        _point_to_fleet(report, options)
    return status


@contextmanager
def _reader_may_go() -> Iterator[None]:
    """Print until the reader has enough: the findings decide the status, not how long it stays."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _verdicts(
    inputs: tuple[str, ...], asked: LintOptions, read: ReadOptions, options: dict[str, Any]
) -> int:
    """Print the verdicts; status 1 where a system loses NUMA."""
    from srat_tool.api.checking import verdicts
    from srat_tool.cli.writing import to_stdout, write_answer
    from srat_tool.render.formats import rendered
    from srat_tool.render.look import Look

    answer = verdicts(inputs, asked, read)
    for label, reason in answer.not_checked:
        say(printable(f"{label}: not checked: {reason}"))
    stream = sys.stdout if to_stdout(options["output"]) else None
    with _reader_may_go():
        write_answer(rendered(answer, options["form"], Look(stream=stream)), options["output"])
    if answer.not_checked or not answer.verdicts:
        return 2
    return 0 if options["exit_zero"] else int(not answer.all_keep_numa)


def _list_rules(options: dict[str, Any]) -> None:
    from srat_tool.lint.rules import all_rules, load
    from srat_tool.lint.selection import Selection
    from srat_tool.render.lint.rule_list import rules_text

    words = _words(options["select"]), _words(options["ignore"])
    selection = Selection(select=words[0], ignore=words[1])
    rules = (load(entry) for entry in all_rules() if selection.wants(entry))
    click.echo(rules_text(rules, screen()), nl=False)


def _page(code: str, width: int) -> str:
    from srat_tool.lint.rules import all_rules, load
    from srat_tool.render.lint.rule_page import rule_page

    for entry in all_rules():
        if code.upper() == entry.id or code == entry.name:
            return rule_page(load(entry), width)
    raise SratToolError(
        "no such rule",
        where="--explain",
        got=code,
        expected="a code or a name",
        hint="srattool lint --list-rules",
    )


def _config(path: str | None, *, isolated: bool) -> LintConfig:
    from srat_tool.api.checking import lint_config
    from srat_tool.lint.config import LintConfig

    return LintConfig() if isolated else lint_config(path)


def _lint_options(config: LintConfig, options: dict[str, Any]) -> LintOptions:
    """Return the options with what the configuration file sets where they are silent."""
    from srat_tool.api.options import LintOptions

    same = ("arch", "kernel_config", "boot_log", "memory_map", "cmdline", "phys_bits", "boot_cpu")
    return LintOptions(
        select=_words(options["select"]) or config.select,
        ignore=(*_words(options["ignore"]), *config.ignore),
        per_path=config.per_path,
        profile=options["profile"] or config.profile,
        kernel=options["kernel"] or config.kernel,
        signature=options["signature"],
        allow_empty=options["allow_empty"],
        jobs=options["jobs"],
        **{name: options[name] for name in same},
    )


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.replace(",", " ").split())


def _show(options: dict[str, Any]) -> Severity:
    from srat_tool.lint.hit import Severity

    quiet = "info" if options["form"] in KEEPS_EVERYTHING else "warning"
    chosen = "info" if options["verbose"] or options["select"] else quiet
    return Severity[(options["show"] or chosen).upper()]


def _print(report: Report, config: LintConfig, options: dict[str, Any]) -> None:
    from srat_tool.cli.writing import to_stdout, write_answer
    from srat_tool.render.formats import rendered
    from srat_tool.render.lint.finding_lines import statistics_lines, summary_lines
    from srat_tool.render.look import Look
    from srat_tool.render.paper.console import fitted_text

    form, output = options["form"], options["output"]
    found = config.file if options["config"] is None else None
    if found is not None and Path(found).parent != Path.cwd():
        say(printable(f"srattool: configuration from {found}"))
    for note in report.notes:
        say(printable(f"srattool: {note}"))
    if form == "text" and options["verbose"]:
        for opened in report.opened:
            say(opened.line)
    style = options["style"]
    eyes = to_stdout(output) and sys.stdout.isatty() and style != "concise"
    terminal = sys.stdout if eyes and not options["statistics"] else None
    look = Look(
        severity=_show(options),
        fail_on=_fail_on(config, options),
        full=style == "full" or (style is None and options["verbose"]),
        stream=terminal,
    )
    if options["statistics"]:
        write_answer(fitted_text(statistics_lines(report, look), screen()), output)
    else:
        write_answer(rendered(report, form, look), output)
    if form == "text" and terminal is None:
        for line in summary_lines(report, look):
            say(line)


def _point_to_fleet(report: Report, options: dict[str, Any]) -> None:
    """Name the command for many machines where there are several."""
    from srat_tool.sources.found import Found

    if options["form"] != "text":
        return
    count = len(Found(tables=list(report.checked)).machines())
    if count > 1:
        say(f"{count} machines; srattool fleet gives each one row")


def _status(
    report: Report, config: LintConfig, options: dict[str, Any], inputs: tuple[str, ...]
) -> int:
    if not report.ruled and not options["allow_empty"]:
        _say_empty(report, inputs)
        return 2
    if report.not_checked:
        return 2
    if options["exit_zero"] or options["write_baseline"]:
        return 0
    return int(report.at_least(_fail_on(config, options)) > 0)


def _fail_on(config: LintConfig, options: dict[str, Any]) -> Severity:
    from srat_tool.lint.hit import Severity

    return Severity[(options["fail_on"] or config.fail_on or "error").upper()]


def _say_empty(report: Report, inputs: tuple[str, ...]) -> None:
    missing = [one for one in report.not_checked if one.reason == "no such file or directory"]
    if missing and not report.checked:
        return  # no option makes that right, and the line about each is enough
    others = " ".join(dict.fromkeys(raw.signature.decode("latin-1") for raw in report.checked))
    only = f": no table of a kind that has rules, only {others}" if others else ""
    where = f" in {shortened(', '.join(inputs))}" if inputs else ""
    say(printable(f"nothing found to check{where}{only}"))
    for opened in report.opened:
        say(printable(f"  opened {opened.label}: {opened.what}"))
    say("  --allow-empty skips files without a table")
