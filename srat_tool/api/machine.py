"""From options to a `Machine`: everything that a plan needs is read here, and nothing is judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from srat_tool.api.options import (
    PLAN_DEFAULTS,
    READ_DEFAULTS,
    Paths,
    PlanOptions,
    ReadOptions,
    path_words,
)
from srat_tool.api.values import (
    check_boot,
    config_of,
    events_of,
    initrd_of,
    memory_map_of,
    read_log,
    reservations_of,
    size_of,
    span_of,
)
from srat_tool.base.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srat_tool.plan.cxl_values import CxlDevice
    from srat_tool.plan.machine import Machine
    from srat_tool.plan.plan import Assumption
    from srat_tool.sources.found import Found
    from srat_tool.tables.memmap import MemoryMap

_FIRMWARE_MAP = "/sys/firmware/memmap"
_SHIPPED = "example:two-sockets-removable-riser"


def load(
    paths: Paths = (), options: PlanOptions = PLAN_DEFAULTS, read: ReadOptions = READ_DEFAULTS
) -> Machine:
    """Read the tables of a machine, and everything that the options name.

    Args:
        paths: anything that holds tables: files, folders, dumps, archives, firmware images, specs.
            With none, and no boot log, the running machine is read.
        options: which kernel is to be planned, and facts that replace what is found.
        read: how inputs are read.

    Raises:
        SratToolError: when something cannot be read, or an option is wrong.
    """
    from srat_tool.api.inputs import gather_tables

    words = path_words(paths)
    with read.bounds():
        if not words and options.boot_log is None:
            return with_options(_running_machine(), options)
        options = options._replace(boot_log=read_log(options.boot_log, options.boot))
        return machine_of(gather_tables(words, read) if words else None, words, options, read)


def machine_of(
    found: Found | None, paths: tuple[str, ...], options: PlanOptions, read: ReadOptions
) -> Machine:
    """Return the machine of inputs that were read already; None for the boot log alone.

    Args:
        found: what the inputs hold, with the tables of specs.
        paths: the names of the inputs, for messages.
        options: which kernel is to be planned, and facts that replace what is found.
        read: how inputs are read; tables whose end is missing are reported to it.

    Raises:
        SratToolError: when the inputs show no machine, or several, or an option is wrong.
    """
    from srat_tool.plan.machine import Machine

    machine = Machine(boot_log=read_log(options.boot_log, options.boot))
    if found is not None:
        machine = _of_files(machine, found, paths, read, options.boot)
    check_boot(options.boot, machine.boot_log)
    return with_options(machine, options)


def with_options(machine: Machine, options: PlanOptions) -> Machine:
    """Return the machine with the values of the options in place of the known ones."""
    from dataclasses import replace

    config = {**machine.config, **config_of(options.config)}
    devices, notes = _cxl_devices(options.cdat)
    memory_map = memory_map_of(options.memory_map)
    return replace(
        machine,
        memory_map=memory_map or machine.memory_map,
        reservations=(*machine.reservations, *reservations_of(options.reserve)),
        kernel_image=span_of(options.kernel_image, "--kernel-image") or machine.kernel_image,
        initrd=machine.initrd if options.initrd is None else initrd_of(options.initrd),
        boot_path=options.boot_path,
        command_line=machine.command_line if options.cmdline is None else options.cmdline,
        extra_options=options.boot_options,
        arch=options.arch or machine.arch,
        profile=options.kernel or (None if options.movablecore == "acpi" else machine.profile),
        direct_map=options.direct_map,
        hardware=options.hardware,
        assume_memory=size_of(options.assume_memory, "--assume-memory"),
        config=config,
        hot_events=events_of(options.add) or machine.hot_events,
        seen_blocks=None if _asks_for_another_boot(options) else machine.seen_blocks,
        cxl_devices=devices or machine.cxl_devices,
        notes=(*machine.notes, *notes),
    )


def _cxl_devices(words: tuple[str, ...]) -> tuple[tuple[CxlDevice, ...], tuple[str, ...]]:
    """Return the devices that options name, and what is malformed in their CDATs."""
    if not words:
        return (), ()
    from srat_tool.api.cxl_devices import cxl_devices_of, defect_notes

    devices = cxl_devices_of(words)
    return devices, tuple(defect_notes(devices))


def _asks_for_another_boot(options: PlanOptions) -> bool:
    """Return whether what runs is not evidence, as another kernel or command line is planned."""
    return bool(options.kernel or options.boot_options) or options.cmdline is not None


def _of_files(
    machine: Machine, whole: Found, paths: tuple[str, ...], read: ReadOptions, boot: str | None
) -> Machine:
    from dataclasses import replace

    from srat_tool.api.inputs import demand_table, one_machine, report_cut_tables
    from srat_tool.sources.found import NoTableError

    try:
        demand_table(whole, paths)
        found = one_machine(whole, paths)
    except NoTableError as error:
        # A log alone shows a boot without a table; an input that could contain one does not.
        if machine.boot_log is None and _is_log_alone(error.found):
            return with_evidence(machine, error.found, boot)
        if machine.boot_log is None or error.found.opened or error.found.refused:
            raise
        return replace(machine, notes=(f"{error.message}; planning from the log alone",))
    report_cut_tables(found, read)
    machine = with_evidence(replace(machine, tables=tuple(found.tables)), found, boot)
    return replace(machine, assumptions=(*machine.assumptions, *_incomplete(whole)))


def _incomplete(found: Found) -> Iterator[Assumption]:
    """Yield what the plan cannot take into account, and what it takes for one machine."""
    from srat_tool.api.inputs import repeated_tables
    from srat_tool.plan.plan import Assumption

    for label in repeated_tables(found):
        why = f"{label} has the same bytes as a table of the other files"
        yield Assumption("tables", "those of one machine", why)
    for one in found.missed:
        yield Assumption("inputs", "complete", f"{one.label} was not read: {one.reason}")


def _is_log_alone(found: Found) -> bool:
    """Return whether a log was named instead of tables, and no table was missed."""
    from srat_tool.sources.found import Role

    logs = any(one.role is Role.BOOT_LOG for one in found.evidence)
    return logs and not any(refusal.matters for refusal in found.refused)


def with_evidence(machine: Machine, found: Found, boot: str | None = None) -> Machine:
    """Add the facts in the files next to the tables: a spec, a log, a map, a command line.

    Raises:
        SratToolError: when a spec is wrong.
    """
    from srat_tool.api.inputs import specs

    described = specs(found)
    if described:
        from srat_tool.authoring.assemble import with_spec

        machine = with_spec(machine, described[0][1])
    return _of_evidence(machine, found, boot)


def _of_evidence(machine: Machine, found: Found, boot: str | None) -> Machine:
    """Use what is next to the tables, as far as nothing better is known."""
    from dataclasses import replace

    from srat_tool.sources.found import Role

    evidence = [one for one in found.evidence if one.role is not Role.SPEC]
    if not evidence and machine.boot_log is None:
        return machine
    from srat_tool.observe.bootlog import boot_choice
    from srat_tool.plan.observed import observe, observed_machine

    observed = observe(evidence, boot=boot_choice(boot))
    log = machine.boot_log or observed.log
    seen = observed_machine(machine.tables, observed, log=log)
    given = replace(
        seen,
        reservations=machine.reservations,
        kernel_image=machine.kernel_image or seen.kernel_image,
        initrd=machine.initrd,
        command_line=observed.running_command_line or seen.command_line
        if machine.command_line is None
        else machine.command_line,
        profile=machine.profile or seen.profile,
        arch=machine.arch or seen.arch,
        config=machine.config or seen.config,
        hot_events=machine.hot_events,
        notes=(*machine.notes, *observed.unread),
    )
    if machine.memory_map is None:
        return given
    return replace(given, memory_map=machine.memory_map, assumptions=())


def _running_machine() -> Machine:
    """Read this machine: its tables, its memory map, its command line, its kernel."""
    import platform

    from srat_tool.plan.machine import Machine
    from srat_tool.sources.detect import SYSFS_TABLES

    tables = _own_tables(SYSFS_TABLES)
    return Machine(
        tables=tuple(tables.tables),
        memory_map=_own_map(),
        command_line=_own_command_line(),
        profile=platform.release(),
        arch=platform.machine(),
    )


def _own_tables(folder: str) -> Found:
    """Read the tables of the running machine, or explain what Linux does without them.

    Raises:
        SourceError: when there is no folder, no permission, or no SRAT in it: three messages.
    """
    from srat_tool.sources.detect import read_inputs
    from srat_tool.sources.found import NotPermittedError

    if not Path(folder).is_dir() and _has_files(Path(folder).parents[1]):
        raise SourceError(
            "no ACPI tables on this machine, so Linux makes one node of all memory and nothing of "
            "it is hot-pluggable",
            where=folder,
            hint=_what_works(),
        )
    try:
        found = read_inputs([folder])
    except NotPermittedError as error:
        raise SourceError(error.what, where=folder, hint="sudo srattool plan") from error
    if not any(table.signature == b"SRAT" for table in found.tables):
        raise SourceError(
            f"no SRAT among {len(found.tables)} tables, so Linux makes one node of all memory and "
            "nothing of it is hot-pluggable",
            where=folder,
            hint=_what_works(),
        )
    return found


def _has_files(folder: Path) -> bool:
    """Return whether a kernel shows itself in a folder; containers have it empty, or not at all."""
    return folder.is_dir() and any(folder.iterdir())


def _what_works() -> str:
    """Return a command that answers on a machine without SRAT."""
    return f"srattool plan --movablecore=acpi {_SHIPPED}"


def _own_map() -> MemoryMap | None:
    return memory_map_of(_FIRMWARE_MAP) if Path(_FIRMWARE_MAP).is_dir() else None


def _own_command_line() -> str | None:
    try:
        return Path("/proc/cmdline").read_text(errors="replace").strip()
    except OSError:
        return None
