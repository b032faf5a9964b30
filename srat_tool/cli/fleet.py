"""`srattool fleet`: many machines, one table."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.base.limits import Budget
from srat_tool.base.text import printable
from srat_tool.cli.atomic import undone_by_signals
from srat_tool.cli.options import arch_option, kernel_option, limit_options
from srat_tool.cli.progress import progress_line
from srat_tool.cli.saying import say
from srat_tool.fleet.reports.catalogue import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srat_tool.fleet.database import Database
    from srat_tool.fleet.options import FleetOptions
    from srat_tool.fleet.reports.answer import FleetReport, Question
    from srat_tool.fleet.row import FleetRow
    from srat_tool.render.paper.console import Paper

_FORMATS = ("table", "jsonl", "csv")
_DATABASES = (".sqlite", ".sqlite3", ".db")
_PARQUET, _HTML = ".parquet", ".html"
_REPORTS = ", ".join(
    f"{' '.join((name, *entry.words))} ({entry.summary})" for name, entry in REPORTS.items()
)


class FleetCommand(click.Command):
    """A command with one option whose first word determines how many words it takes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words after `--report NAME` as the report's own."""
        return super().parse_args(ctx, _folded(args))


def _words_of(report: str | None) -> tuple[str, ...]:
    """Return the names of the words that follow the name of a report."""
    entry = REPORTS.get(report or "")
    return () if entry is None else entry.words


def _folded(args: list[str]) -> list[str]:
    """Give the words after the name of a report an option of their own."""
    folded: list[str] = []
    words = iter(args)
    for word in words:
        folded.append(word)
        name = None
        if word == "--report":
            name = next(words, None)
            folded += [] if name is None else [name]
        elif word.startswith("--report="):
            name = word.partition("=")[2]
        for _ in _words_of(name):
            argument = next(words, None)
            folded += [] if argument is None else ["--report-word", argument]
    return folded


@click.command(
    "fleet", cls=FleetCommand, epilog="Example: srattool fleet sosreports/ -o fleet.sqlite"
)
@click.argument("paths", nargs=-1, metavar="PATHS...", type=click.Path())
@click.option(
    "--report",
    type=click.Choice(tuple(REPORTS)),
    metavar="NAME",
    help=f"Write a report instead of rows: {_REPORTS}.",
)
@click.option("--report-word", multiple=True, hidden=True)
@click.option("--sql", metavar="QUERY", help="Write what a query gives (needs srattool[fleet]).")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="Write rows in this format. Default: table, or as the name of the file ends.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to a file: a database where its name ends in .sqlite, which a later run brings up "
    "to date, reading only what has changed; Parquet where it ends in .parquet; a page for a "
    "browser where it ends in .html.",
)
@click.option(
    "--machine-pages",
    metavar="FOLDER",
    help="Write the interactive report of each machine into this folder, one for equal machines, "
    "and link the page (-o FILE.html) with them.",
)
@kernel_option("Plan this kernel profile or release everywhere.", metavar="PROFILE")
@click.option("--cmdline", metavar="TEXT", help="Plan with this kernel command line everywhere.")
@click.option("--movable-node", is_flag=True, help="Boot option: hot-pluggable memory is movable.")
@arch_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Work with this many processes. Default: one for each processor.",
)
@click.option(
    "--executor",
    metavar="dask:ADDRESS",
    help="Work with the workers of a Dask cluster that has the same files (needs srattool[dask]).",
)
@limit_options
@undone_by_signals()
def command(
    paths: tuple[str, ...],
    *,
    report: str | None,
    report_word: tuple[str, ...],
    sql: str | None,
    form: str | None,
    output: str | None,
    machine_pages: str | None,
    jobs: int | None,
    executor: str | None,
    budget: Budget,
    **asked: Any,
) -> int:
    """Plan and lint many machines, one row each.

    PATHS are files and folders: tables, dumps, archives such as sosreports, kernel logs, in any
    number and depth, or the database of an earlier run. A machine that cannot be read is a row with
    its errors.

    Exit status: 0 every machine is good, or the report is empty or only lists; 1 lint found errors,
    a kernel did something else than planned, or the report has differences; 2 a machine could not
    be read or planned.
    """
    from srat_tool.fleet.options import FleetOptions
    from srat_tool.fleet.rows import opened_fleet

    _check(report, report_word, sql)
    html = output if output is not None and output.endswith(_HTML) else None
    if machine_pages is not None and (html is None or report or sql):
        raise click.UsageError("--machine-pages goes with the page of a fleet: -o FILE.html.")
    if not paths and report == "rollout":
        paths = report_word
    options = FleetOptions(PlanOptions(**asked), budget, jobs, executor)
    database = output if output is not None and output.endswith(_DATABASES) else None
    target = _AnswerTarget(form, None if database else output)
    steps = ReadOptions(progress=progress_line()).steps
    if sql is not None and len(paths) == 1 and paths[0].endswith(_PARQUET):
        return _sql(sql, paths[0], target)
    with steps("fleet") as step, opened_fleet(paths, options, step, database) as whole:
        status = whole.counts().status
        if report is not None:
            status = max(status & 2, _report((report, *report_word), whole, options, target))
        elif sql is not None:
            _sql(sql, whole, target)
        elif html is not None:
            status = max(status, _html(whole, options, html, machine_pages))
        elif database is None or form is not None:
            _rows(whole, target)
        _count(whole)
    return status


def _check(report: str | None, words: tuple[str, ...], sql: str | None) -> None:
    if report is not None and sql is not None:
        raise click.UsageError("--report and --sql are two questions: ask one.")
    expected = len(_words_of(report))
    if len(words) != expected:
        raise click.UsageError(f"--report {report} takes {expected} words, {len(words)} are given.")


class _AnswerTarget(NamedTuple):
    """Where an answer goes: a file, or None for standard output, in a format."""

    asked: str | None
    output: str | None

    @property
    def form(self) -> str:
        """The format that was asked for, or that the name of the file ends in."""
        ending = Path(self.output or "").suffix.removeprefix(".")
        return self.asked or (ending if ending in _FORMATS else _FORMATS[0])

    def write_rows(self, rows: Iterable[FleetRow]) -> None:
        """Write rows of machines; a table is fitted to the screen that it goes to."""
        from srat_tool.cli.writing import write_answer
        from srat_tool.fleet.formats import FORMATS, table_lines

        paper = self._paper()
        lines = FORMATS[self.form](rows) if paper is None else table_lines(rows, paper)
        write_answer(lines, self.output)

    def write_report(self, found: FleetReport) -> None:
        """Write a report; a table is fitted to the screen that it goes to."""
        from srat_tool.cli.writing import write_answer
        from srat_tool.fleet.as_report import REPORT_FORMATS, report_text

        paper = self._paper()
        lines = REPORT_FORMATS[self.form](found) if paper is None else report_text(found, paper)
        write_answer(lines, self.output)

    def _paper(self) -> Paper | None:
        if self.form != "table" or self.output not in {None, "-"}:
            return None
        from srat_tool.cli.look import screen

        return screen()


def _report(
    words: tuple[str, ...], whole: Database, options: FleetOptions, target: _AnswerTarget
) -> int:
    from srat_tool.fleet.reports.answer import Question
    from srat_tool.fleet.reports.catalogue import report

    name, *arguments = words
    with ReadOptions(progress=progress_line()).steps(name) as step:
        found = report(name, Question(whole, arguments, options, step))
    target.write_report(found)
    return found.status


def _sql(sql: str, source: Database | str, target: _AnswerTarget) -> int:
    from srat_tool.fleet.as_report import sql_report
    from srat_tool.fleet.duck import run_sql

    target.write_report(sql_report(run_sql(sql, source)))
    return 0


def _html(whole: Database, options: FleetOptions, output: str, folder: str | None) -> int:
    """Write the page, and those of the machines where a folder is named for them."""
    from srat_tool.cli.writing import write_answer
    from srat_tool.fleet.as_html import fleet_html
    from srat_tool.fleet.formats import counts_line
    from srat_tool.fleet.reports.answer import Question

    pages: dict[str, str] = {}
    status = 0
    if folder is not None:
        with ReadOptions(progress=progress_line()).steps("pages") as step:
            pages, status = _machine_pages(Question(whole, (), options, step), output, Path(folder))
    with ReadOptions(progress=progress_line()).steps("page") as step:
        question = Question(whole, (), options, step)
        write_answer(fleet_html(question, counts_line(whole.counts()), pages), output)
    return status


def _machine_pages(question: Question, output: str, folder: Path) -> tuple[dict[str, str], int]:
    """Write the pages of machines; return their places as links, by judgement, and a status."""
    from srat_tool.cli.writing import create_file, make_folder
    from srat_tool.fleet.machine_pages import machine_pages

    make_folder(folder)
    nearby = os.path.relpath(folder.resolve(), Path(output).resolve().parent)
    pages: dict[str, str] = {}
    status = 0
    for page in machine_pages(question):
        if page.error is not None:
            say(f"srattool: {printable(page.error)}")
            status = 2
            continue
        data = page.html.encode("utf-8", "backslashreplace")
        create_file(folder / page.name, data, force=True)
        pages[page.judgement] = f"{nearby}/{page.name}"
    return pages, status


def _rows(whole: Database, target: _AnswerTarget) -> None:
    rows = (stored.row for stored in whole.rows())
    if target.output is not None and target.output.endswith(_PARQUET):
        from srat_tool.fleet.duck import write_parquet

        write_parquet(rows, Path(target.output))
    else:
        target.write_rows(rows)


def _count(whole: Database) -> None:
    from srat_tool.fleet.formats import counts_line

    say(f"srattool: {counts_line(whole.counts())}")
