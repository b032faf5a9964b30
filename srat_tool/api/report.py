"""One report about a machine: its plan, its tables and the findings about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srat_tool.api.options import PLAN_DEFAULTS, READ_DEFAULTS, Paths, PlanOptions, path_words
from srat_tool.base.errors import SratToolError
from srat_tool.base.words import joined

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions
    from srat_tool.lint.finding import Report
    from srat_tool.plan.plan import Plan
    from srat_tool.render.report.value import MachineReport


def report(
    paths: Paths = (), options: PlanOptions = PLAN_DEFAULTS, read: ReadOptions = READ_DEFAULTS
) -> MachineReport:
    """Return everything about one machine, for one page: `to_text(report(...), "html")`.

    Where nothing can be planned, the report gives the reason, the tables and the findings only.

    Args:
        paths: anything that holds tables; with none, those of the running machine.
        options: which kernel is to be planned, and facts that replace what is found.
        read: how inputs are read.

    Raises:
        SratToolError: when an input cannot be read, or nothing in it can be shown.
    """
    from srat_tool.api.tables import inspect
    from srat_tool.render.report.value import MachineReport

    words = path_words(paths)
    try:
        plan, no_plan = _plan(words, options, read), ""
    except SratToolError as error:
        plan, no_plan = None, error.message
    try:
        tables = inspect(words, read).tables
    except SratToolError:
        if plan is None:
            raise
        tables = ()  # a boot log alone: the plan rests on its lines
    return MachineReport(
        title=joined(list(words)) or "this machine",
        plan=plan,
        no_plan=no_plan,
        tables=tables,
        findings=_findings(words, options, read) if tables else None,
    )


def _plan(paths: Paths, options: PlanOptions, read: ReadOptions) -> Plan:
    from srat_tool.api.machine import load
    from srat_tool.api.planning import plan

    return plan(load(paths, options, read))


def _findings(paths: Paths, options: PlanOptions, read: ReadOptions) -> Report:
    from srat_tool.api.checking import lint
    from srat_tool.api.options import LintOptions

    same = LintOptions(
        kernel=options.kernel,
        arch=options.arch,
        boot_log=_name(options.boot_log),
        memory_map=_name(options.memory_map),
        cmdline=options.cmdline,
        jobs=1,
    )
    return lint(paths, same, read)


def _name(given: object) -> str | None:
    """Return the name of a file; what was read already is not for lint, which reads itself."""
    return given if isinstance(given, str) else None
