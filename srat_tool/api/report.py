"""One report about a machine: its plan, its tables and the findings about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srat_tool.api.options import (
    PLAN_DEFAULTS,
    READ_DEFAULTS,
    LintOptions,
    Paths,
    PlanOptions,
    path_words,
)
from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.base.words import joined

if TYPE_CHECKING:
    from srat_tool.api.options import ReadOptions
    from srat_tool.plan.plan import Plan
    from srat_tool.render.report.value import MachineReport
    from srat_tool.sources.found import Found


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
    from srat_tool.api.checking import lint_found
    from srat_tool.api.tables import inspection_of
    from srat_tool.render.report.value import MachineReport

    words = path_words(paths)
    options = _read_once(options)
    found = _found(words, options, read)
    try:
        plan, no_plan = _plan(found, words, options, read), ""
    except SratToolError as error:
        if not found.tables:
            raise
        plan, no_plan = None, error.message
    with read.bounds():
        return MachineReport(
            title=joined(list(words)) or "this machine",
            plan=plan,
            no_plan=no_plan,
            tables=inspection_of(found).tables,
            findings=lint_found(found, _lint_options(options), read) if found.tables else None,
        )


def _read_once(options: PlanOptions) -> PlanOptions:
    """Put the values of files in place of their names: a pipe gives them once."""
    from srat_tool.api.values import memory_map_of, read_log

    log, memory_map = read_log(options.boot_log, options.boot), memory_map_of(options.memory_map)
    return options._replace(boot_log=log, memory_map=memory_map)


def _found(words: tuple[str, ...], options: PlanOptions, read: ReadOptions) -> Found:
    """Return what the inputs hold; the running machine's tables are those of no other log."""
    from srat_tool.api.inputs import gather_tables
    from srat_tool.sources.detect import SYSFS_TABLES
    from srat_tool.sources.found import Found

    if words:
        return gather_tables(words, read)
    if options.boot_log is not None:
        return Found()
    try:
        return gather_tables([SYSFS_TABLES], read)
    except SourceError:
        return Found()  # the plan raises the error, or does without tables


def _plan(found: Found, words: tuple[str, ...], options: PlanOptions, read: ReadOptions) -> Plan:
    from srat_tool.api.machine import load, machine_of
    from srat_tool.api.planning import plan

    with read.bounds():
        return plan(machine_of(found, words, options, read) if words else load((), options, read))


def _lint_options(options: PlanOptions) -> LintOptions:
    return LintOptions(
        kernel=options.kernel,
        arch=options.arch,
        boot_log=options.boot_log,
        memory_map=options.memory_map,
        cmdline=options.cmdline,
        jobs=1,
    )
