"""What is wrong with tables, and whether a kernel did what the plan predicts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from srat_tool.api.options import READ_DEFAULTS, LintOptions, Paths, PlanOptions, path_words
from srat_tool.base.errors import SourceError
from srat_tool.base.pool import usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from srat_tool.api.options import ReadOptions
    from srat_tool.compare.verified import Verification
    from srat_tool.lint.config import LintConfig
    from srat_tool.lint.finding import Report
    from srat_tool.lint.settings import Settings
    from srat_tool.lint.verdicts import Verdicts
    from srat_tool.plan.machine import Machine
    from srat_tool.sources.found import Found

LINT_DEFAULTS = LintOptions()


def lint(
    paths: Paths = (), options: LintOptions = LINT_DEFAULTS, read: ReadOptions = READ_DEFAULTS
) -> Report:
    """Check tables, alone and against each other.

    An input that cannot be read does not keep the others from being checked: the report names it.

    Args:
        paths: anything that holds tables; with none, those of the running machine.
        options: which rules run, and facts that tables do not contain.
        read: how inputs are read.

    Raises:
        SratToolError: when an option is wrong.
    """
    found = _gathered(path_words(paths), read._replace(casually=options.allow_empty))
    return lint_found(found, options, read)


def lint_found(
    found: Found, options: LintOptions = LINT_DEFAULTS, read: ReadOptions = READ_DEFAULTS
) -> Report:
    """Check the tables of inputs that were read already; see `lint`."""
    from srat_tool.lint.engine import lint as check
    from srat_tool.lint.selection import Selection

    selection = Selection(select=options.select, ignore=options.ignore, per_path=options.per_path)
    with read.bounds(), read.steps("checking") as step:
        jobs = usable_cores() if options.jobs is None else options.jobs
        report = check(found, _settings(options), selection, _boot_of(options), step, jobs=jobs)
    return report if options.baseline is None else without_known(report, options.baseline)


def verdicts(
    paths: Paths = (), options: LintOptions = LINT_DEFAULTS, read: ReadOptions = READ_DEFAULTS
) -> Verdicts:
    """Return which operating systems keep NUMA on machines, and the first reason why not.

    Args:
        paths: anything that holds tables; with none, those of the running machine.
        options: facts that tables do not contain; rules do not matter here.
        read: how inputs are read.

    Raises:
        SratToolError: when an option is wrong.
    """
    from srat_tool.lint.engine import machines
    from srat_tool.lint.verdicts import Verdicts
    from srat_tool.lint.verdicts import verdicts as of_machine

    found = _gathered(path_words(paths), read)
    made = machines(found, _settings(options), _boot_of(options))
    refused = ((one.label, one.reason) for one in found.refused if one.matters)
    return Verdicts(tuple(one for m in made for one in of_machine(m)), tuple(refused))


def without_known(report: Report, baseline: str) -> Report:
    """Return a report without the findings that the file of a baseline knows.

    Raises:
        SratToolError: when it cannot be read, or is not a baseline.
    """
    from srat_tool.lint.baseline import apply_baseline, read_baseline

    return apply_baseline(report, read_baseline(_text(Path(baseline)), baseline))


def lint_config(path: str | None = None) -> LintConfig:
    """Return what a configuration file sets for lint.

    Args:
        path: the file; None for the nearest `srattool.toml`, or `pyproject.toml` with a section of
            ours, from the working directory upwards.

    Raises:
        SratToolError: when it cannot be read, or is wrong.
    """
    from srat_tool.lint.config import FILE_NAMES, LintConfig, parse_config

    here = Path.cwd()
    places = [here, *here.parents]
    candidates = [Path(path)] if path else [place / name for place in places for name in FILE_NAMES]
    for file in candidates:
        if path or _is_regular(file):
            pyproject = file.name == "pyproject.toml"
            config = parse_config(_text(file), str(file), in_pyproject=pyproject)
            if config is not None:
                return config
    return LintConfig()


def _is_regular(file: Path) -> bool:
    """Return whether a configuration file is there.

    Raises:
        SourceError: when something else of its name is, which would be ignored without a word.
    """
    if file.is_file():
        return True
    if os.path.lexists(file):
        raise SourceError("not a regular file", where=str(file), hint="--config or --isolated")
    return False


def _text(file: Path) -> str:
    from srat_tool.sources.filebytes import read_named

    try:
        return read_named(str(file)).decode()
    except UnicodeDecodeError as error:
        raise SourceError("not text", where=str(file), expected="UTF-8") from error


def _gathered(paths: tuple[str, ...], read: ReadOptions) -> Found:
    from srat_tool.api.inputs import gather_tables
    from srat_tool.sources.detect import SYSFS_TABLES
    from srat_tool.sources.found import Found, Refusal

    read = read._replace(missed=None)  # the report names them
    found = Found()
    for path in paths or (SYSFS_TABLES,):
        try:
            found.extend(gather_tables([path], read))
        except SourceError as error:
            reason = error.message.removeprefix(f"{path}: ")
            found.refused.append(Refusal(label=path, reason=reason))
    return found


def _settings(options: LintOptions) -> Settings:
    from srat_tool.lint.settings import Settings

    pairs = [value.partition("=") for value in options.kernel_config]
    signature = options.signature
    settings = Settings(
        profile=options.profile or "linux",
        kernel_config={name.removeprefix("CONFIG_"): value for name, _, value in pairs},
        phys_bits=options.phys_bits,
        boot_cpu=options.boot_cpu,
        signature={"MADT": "APIC"}.get(signature, signature) if signature else None,
    )
    settings.demand_known()
    if options.kernel is not None:
        from srat_tool.kernel.profiles import profile_for

        profile_for(options.kernel)  # refuses what is no release, whether a plan is made or not
    return settings


def _boot_of(options: LintOptions) -> Callable[[Found], Machine | None]:
    """Return what finds the boot of a machine: files next to its tables, under these options.

    What the options name is read here, once: a pipe gives it once, and machines may be many.
    """
    from srat_tool.api.values import memory_map_of, read_log

    log = read_log(options.boot_log)
    own = PlanOptions(
        boot_log=log,
        memory_map=memory_map_of(options.memory_map),
        cmdline=options.cmdline,
        kernel=options.kernel,
        arch=options.arch,
        config=options.kernel_config,
    )
    asked = own != PlanOptions()

    def boot_of(found: Found) -> Machine | None:
        if not asked and not found.evidence:
            return None
        from srat_tool.api.machine import with_evidence, with_options
        from srat_tool.plan.machine import Machine

        return with_options(with_evidence(Machine(boot_log=log), found), own)

    return boot_of


def verify(
    paths: Paths = (),
    *,
    live: bool = False,
    kernel: str | None = None,
    arch: str | None = None,
    boot: str | None = None,
    read: ReadOptions = READ_DEFAULTS,
) -> Verification:
    """Compare what the plan predicts with what a kernel did.

    Args:
        paths: a boot log and the machine's tables, or an archive that holds both.
        live: compare with the running machine.
        kernel: kernel profile or release, where no log names it.
        arch: the architecture, where no log names it.
        boot: which boot of a log that holds several: a number from 1 on, `first` or `last`.
        read: how inputs are read.

    Raises:
        SratToolError: when an input cannot be read, or nothing can be planned.
    """
    from srat_tool.api.inputs import one_machine, report_cut_tables
    from srat_tool.api.values import check_boot
    from srat_tool.compare.reality import plan_of
    from srat_tool.compare.verify import verify as compare_with
    from srat_tool.observe.bootlog import boot_choice
    from srat_tool.plan.observed import observe

    words = path_words(paths)
    found = _observed(words, read, live=live)
    observed = observe(found.evidence, found.refused if live else (), boot_choice(boot))
    check_boot(boot, observed.log)
    report_cut_tables(found, read)
    tables = one_machine(found, words).tables
    has_other_log = observed.log is not None and not observed.log.is_kernels
    if not tables and (has_other_log or not found.evidence):
        raise _nothing_observed(words, found)
    try:
        planned = plan_of(tables, observed, profile=kernel, arch=arch)
    except SourceError as error:
        error.where = error.where or " ".join(words) or None
        raise
    return compare_with(planned.plan, observed, planned.srat, planned.doubts, planned.basis)


def _observed(paths: tuple[str, ...], read: ReadOptions, *, live: bool) -> Found:
    from srat_tool.api.inputs import gather_tables

    if live:
        return _running(paths, read)
    if not paths:
        raise SourceError("nothing to verify", hint="a boot log, a sosreport, or --live")
    # A log whose first lines are lost is still a log when it is named as one.
    return gather_tables(paths, read, otherwise="bootlog")


def _nothing_observed(paths: tuple[str, ...], found: Found) -> SourceError:
    """Return the error for inputs in which there is neither a table nor a line of a kernel."""
    reasons = dict.fromkeys(one.reason for one in found.refused)
    what = f"nothing to verify ({'; '.join(reasons)})" if reasons else "nothing to verify"
    return SourceError(what, where=" ".join(paths), hint="a boot log, a sosreport, or --live")


def _running(paths: tuple[str, ...], read: ReadOptions) -> Found:
    from srat_tool.api.inputs import gather_tables
    from srat_tool.sources.detect import SYSFS_TABLES, read_inputs
    from srat_tool.sources.found import NoTableError, NotPermittedError
    from srat_tool.sources.live import read_live

    found = read_live()
    if paths:
        found.extend(gather_tables(paths, read))
        return found
    try:
        found.extend(read_inputs([SYSFS_TABLES]))
    except NoTableError:
        pass  # a machine without ACPI tables has one node, which can be verified as well
    except NotPermittedError as error:
        if "SRAT" in error.sizes:
            raise
    return found
