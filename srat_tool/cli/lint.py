"""`srattool lint`: what is wrong with tables, and what Linux makes of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.cli.look import format_option
from srat_tool.cli.options import input_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from srat_tool.api.options import ReadOptions
    from srat_tool.lint.config import LintConfig
    from srat_tool.lint.finding import Report
    from srat_tool.lint.hit import Severity
    from srat_tool.lint.settings import Settings
    from srat_tool.plan.machine import Machine
    from srat_tool.sources.found import Found

LEVELS = ("error", "warning", "info")
# Formats that keep everything unless told otherwise: their readers filter by severity themselves.
KEEPS_EVERYTHING = ("json", "sarif")


@click.command("lint", epilog="Example: srattool lint --fail-on warning firmware.fd dumps/")
@click.argument("inputs", nargs=-1, type=click.Path())
@click.option(
    "--profile",
    type=click.Choice(["linux", "spec", "freebsd", "xen"]),
    help="Whose reading of a table sets the severities; default linux.",
)
@click.option("--kernel", metavar="RELEASE", help="The Linux that plans are made with.")
@click.option(
    "--kernel-config",
    multiple=True,
    metavar="NAME=VALUE",
    help="A configuration value that differs from a distribution's, such as NODES_SHIFT=6.",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Only these: codes, beginnings, names."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these.")
@click.option(
    "--fail-on", type=click.Choice(LEVELS), help="Exit 1 from this severity on; default error."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option(
    "--show",
    type=click.Choice(LEVELS),
    help="Show findings from this severity on; default warning, json and sarif: info.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show everything, and what was opened.")
@format_option("Report")
@click.option("-o", "--output", metavar="FILE", help="Write the findings to a file.")
@click.option("--explain", metavar="ID", help="Print the page of a rule.")
@click.option("--baseline", metavar="FILE", help="Known findings, which are not reported.")
@click.option("--write-baseline", metavar="FILE", help="Write what is found as known.")
@click.option("--config", metavar="FILE", help="Configuration; default: the nearest srattool.toml.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--allow-empty", is_flag=True, help="Nothing to check is fine.")
@click.option(
    "--memory-map",
    metavar="FILE",
    help="What firmware says about RAM: e820 or EFI lines, /proc/iomem.",
)
@click.option("--boot-log", metavar="FILE", help="A kernel log: map, command line, reservations.")
@click.option("--cmdline", metavar="TEXT", help="The kernel command line that is planned.")
@click.option("--phys-bits", type=click.IntRange(20, 64), help="Width of physical addresses.")
@click.option("--boot-cpu", type=int, metavar="ID", help="APIC id of the boot processor.")
@click.option("--type", "signature", metavar="SIG", help="The signature that inputs must have.")
@input_options
def command(inputs: tuple[str, ...], explain: str | None, read: ReadOptions, **options: Any) -> int:
    """Check SRAT, SLIT, HMAT, MSCT, CEDT, MADT and PPTT, alone and against each other.

    INPUTS are files, folders, dumps, archives and firmware images (`-` for standard input);
    with none those of the running machine. Tables of one folder, archive or image are judged
    together; so are files named one by one that lie in one folder, one of each kind.

    Exit status: 0 clean, 1 findings at or over --fail-on, 2 something could not be checked.
    """
    if explain is not None:
        click.echo(_page(explain))
        return 0
    config = _config(options["config"], isolated=options["isolated"])
    found = _read(inputs, read)
    report = _judge(found, config, options, read)
    _print(report, options)
    return _status(report, config, options)


def _page(code: str) -> str:
    from srat_tool.lint.rules import all_rules, load
    from srat_tool.render.lint.rule_page import rule_page

    for entry in all_rules():
        if code.upper() == entry.id or code == entry.name:
            return rule_page(load(entry))
    raise SratToolError("no such rule", where="--explain", got=code, expected="a code or a name")


def _config(path: str | None, *, isolated: bool) -> LintConfig:
    from srat_tool.lint.config import FILE_NAMES, LintConfig, parse_config

    if isolated:
        return LintConfig()
    here = Path.cwd()
    places = [here, *here.parents]
    candidates = [Path(path)] if path else [place / name for place in places for name in FILE_NAMES]
    for file in candidates:
        if path or file.is_file():
            pyproject = file.name == "pyproject.toml"
            read = parse_config(_text(file), str(file), in_pyproject=pyproject)
            if read is not None:
                return read
    return LintConfig()


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("cannot be read", where=str(file), got=error) from error


def _read(inputs: tuple[str, ...], read: ReadOptions) -> Found:
    """Read the inputs; one that cannot be read does not keep the others from being checked."""
    from srat_tool.api.inputs import gather_tables
    from srat_tool.sources.detect import SYSFS_TABLES
    from srat_tool.sources.found import Found, Refusal

    read = read._replace(missed=None)  # the report names them
    found = Found()
    for path in inputs or (SYSFS_TABLES,):
        try:
            found.extend(gather_tables([path], read))
        except SourceError as error:
            reason = error.message.removeprefix(f"{path}: ")
            found.refused.append(Refusal(label=path, reason=reason))
    return found


def _judge(found: Found, config: LintConfig, options: dict[str, Any], read: ReadOptions) -> Report:
    from srat_tool.lint.engine import lint
    from srat_tool.lint.selection import Selection

    selection = Selection(
        select=_words(options["select"]) or config.select,
        ignore=(*_words(options["ignore"]), *config.ignore),
        per_path=config.per_path,
    )
    boot_of = _boot_of(config, options)
    with read.steps("checking") as step:
        report = lint(found, _settings(config, options), selection, boot_of, step)
    if options["write_baseline"]:
        from srat_tool.cli.writing import write_file
        from srat_tool.lint.baseline import baseline_json

        write_file(Path(options["write_baseline"]), baseline_json(report).encode())
    baseline = options["baseline"] or config.baseline
    if baseline:
        from srat_tool.lint.baseline import apply_baseline, read_baseline

        report = apply_baseline(report, read_baseline(_text(Path(baseline)), baseline))
    return report


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.replace(",", " ").split())


def _settings(config: LintConfig, options: dict[str, Any]) -> Settings:
    from srat_tool.lint.settings import Settings

    pairs = [value.partition("=") for value in options["kernel_config"]]
    signature = options["signature"]
    return Settings(
        profile=options["profile"] or config.profile or "linux",
        kernel_config={name.removeprefix("CONFIG_"): value for name, _, value in pairs},
        phys_bits=options["phys_bits"],
        boot_cpu=options["boot_cpu"],
        signature={"MADT": "APIC"}.get(signature, signature) if signature else None,
    )


def _boot_of(config: LintConfig, options: dict[str, Any]) -> Callable[[Found], Machine | None]:
    """Return what tells about a boot of a machine: files beside its tables, under our options."""
    from srat_tool.api.options import PlanOptions

    own = PlanOptions(
        boot_log=options["boot_log"],
        memory_map=options["memory_map"],
        cmdline=options["cmdline"],
        kernel=options["kernel"] or config.kernel,
        config=options["kernel_config"],
    )
    asked = own != PlanOptions()

    def boot_of(found: Found) -> Machine | None:
        if not asked and not found.evidence:
            return None
        from srat_tool.api.machine import read_log, with_evidence, with_options
        from srat_tool.plan.machine import Machine

        machine = Machine(boot_log=read_log(own.boot_log))
        return with_options(with_evidence(machine, found), own)

    return boot_of


def _show(options: dict[str, Any]) -> Severity:
    from srat_tool.lint.hit import Severity

    quiet = "info" if options["form"] in KEEPS_EVERYTHING else "warning"
    chosen = "info" if options["verbose"] or options["select"] else quiet
    return Severity[(options["show"] or chosen).upper()]


def _print(report: Report, options: dict[str, Any]) -> None:
    from srat_tool.cli.writing import to_stdout, write_answer
    from srat_tool.render.formats import rendered
    from srat_tool.render.lint.finding_lines import summary_lines
    from srat_tool.render.look import Look

    form, output = options["form"], options["output"]
    if form == "text" and options["verbose"]:
        for opened in report.opened:
            click.echo(opened.line, err=True)
    terminal = sys.stdout if to_stdout(output) and sys.stdout.isatty() else None
    look = Look(severity=_show(options), stream=terminal)
    write_answer(rendered(report, form, look), output)
    if form == "text" and terminal is None:
        for line in summary_lines(report, look):
            click.echo(line, err=True)


def _status(report: Report, config: LintConfig, options: dict[str, Any]) -> int:
    from srat_tool.lint.hit import Severity

    if not report.ruled and not options["allow_empty"]:
        _say_empty(report)
        return 2
    if report.not_checked:
        return 2
    if options["exit_zero"] or options["write_baseline"]:
        return 0
    level = options["fail_on"] or config.fail_on or "error"
    return int(report.at_least(Severity[level.upper()]) > 0)


def _say_empty(report: Report) -> None:
    from srat_tool.base.text import printable

    others = " ".join(dict.fromkeys(raw.signature.decode("latin-1") for raw in report.checked))
    only = f": no table of a kind that has rules, only {others}" if others else ""
    click.echo(printable(f"nothing found to check{only}"), err=True)
    for opened in report.opened:
        click.echo(printable(f"  opened {opened.label}: {opened.what}"), err=True)
    click.echo("  --allow-empty accepts that", err=True)
