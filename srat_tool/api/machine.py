"""From options to a `Machine`: everything that a plan needs is read here, and nothing is judged."""

from __future__ import annotations

import sys
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
from srat_tool.base.errors import BootOptionError, SourceError, SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import parse_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from srat_tool.authoring.spec import Spec
    from srat_tool.observe.bootlog import BootLog, Reservation
    from srat_tool.plan.machine import Machine
    from srat_tool.plan.plan import Assumption
    from srat_tool.sources.found import Found
    from srat_tool.tables.memmap import MemoryMap

_FIRMWARE_MAP = "/sys/firmware/memmap"
_SHIPPED = "fixtures/specs/two-sockets-removable-riser.toml"


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
    from srat_tool.plan.machine import Machine

    words = path_words(paths)
    if not words and options.boot_log is None:
        return with_options(_running_machine(), options)
    machine = Machine(boot_log=read_log(options.boot_log))
    if words:
        machine = _of_files(machine, words, read)
    return with_options(machine, options)


def with_options(machine: Machine, options: PlanOptions) -> Machine:
    """Put what the options say over what is known."""
    from dataclasses import replace

    config = {**machine.config, **_config(options.config)}
    memory_map = _memory_map(options.memory_map)
    return replace(
        machine,
        memory_map=memory_map or machine.memory_map,
        reservations=(*machine.reservations, *_reservations(options.reserve)),
        kernel_image=_span(options.kernel_image, "--kernel-image") or machine.kernel_image,
        initrd=_span(options.initrd, "--initrd") or machine.initrd,
        command_line=machine.command_line if options.cmdline is None else options.cmdline,
        extra_options=options.boot_options,
        profile=options.kernel or (None if options.movablecore == "acpi" else machine.profile),
        direct_map=options.direct_map,
        assume_memory=_size(options.assume_memory, "--assume-memory"),
        config=config,
    )


def _of_files(machine: Machine, paths: tuple[str, ...], read: ReadOptions) -> Machine:
    from dataclasses import replace

    from srat_tool.api.inputs import read_tables
    from srat_tool.sources.found import NoTableError

    try:
        whole = read_tables(paths, read)
        found = _one_machine(whole, paths)
    except NoTableError as error:
        # A log tells of a boot that had no table for us; what could hide one is no such case.
        if machine.boot_log is None or error.found.opened or error.found.refused:
            raise
        return replace(machine, notes=(f"{error.message}; planning from the log alone",))
    machine = with_evidence(replace(machine, tables=tuple(found.tables)), found)
    return replace(machine, assumptions=(*machine.assumptions, *_incomplete(whole)))


def _incomplete(found: Found) -> Iterator[Assumption]:
    """Yield what the plan cannot take into account because it was not read."""
    from srat_tool.plan.plan import Assumption

    for one in found.missed:
        yield Assumption("inputs", "complete", f"{one.label} was not read: {one.reason}")


def with_evidence(machine: Machine, found: Found) -> Machine:
    """Add what the files beside the tables tell: a spec, a log, a map, a command line.

    Raises:
        SratToolError: when a spec is wrong.
    """
    from srat_tool.api.inputs import specs

    described = specs(found)
    if described:
        machine = _of_spec(machine, described[0][1])
    return _of_evidence(machine, found)


def _one_machine(found: Found, paths: tuple[str, ...]) -> Found:
    machines = _without_copies([machine for machine in found.machines() if machine.tables])
    if len(machines) > 1:
        raise SourceError(
            "more than one machine",
            where=" ".join(paths),
            got=f"tables of {len(machines)}",
            hint="naming one of them: srattool inspect lists where each table was found",
        )
    return machines[0]


def _without_copies(machines: list[Found]) -> list[Found]:
    """Leave out dumps that only repeat, byte for byte, what a plan takes from another one.

    Folders often hold the tables as files and as an acpidump too.
    """
    from srat_tool.plan.machine import PLANNED_TABLES

    kept: dict[frozenset[bytes], Found] = {}
    for machine in machines:
        said = frozenset(bytes(t.data) for t in machine.tables if t.signature in PLANNED_TABLES)
        kept.setdefault(said, machine)
    return list(kept.values())


def _of_spec(machine: Machine, spec: Spec) -> Machine:
    from dataclasses import replace

    kernel = spec.kernel
    return replace(
        machine,
        arch=spec.arch,
        memory_map=spec.memory,
        reservations=kernel.reserve,
        kernel_image=kernel.image,
        initrd=kernel.initrd,
        command_line=kernel.cmdline,
        profile=kernel.version,
        config=dict(kernel.config),
    )


def _of_evidence(machine: Machine, found: Found) -> Machine:
    """Use what lies beside the tables, as far as nothing better is known."""
    from dataclasses import replace

    from srat_tool.plan.observed import observe, observed_machine

    observed = observe(found.evidence)
    log = machine.boot_log or observed.log
    seen = observed_machine(machine.tables, observed, log=log)
    told = replace(
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
        notes=(*machine.notes, *observed.unread),
    )
    if machine.memory_map is None:
        return told
    return replace(told, memory_map=machine.memory_map, assumptions=())


def _running_machine() -> Machine:
    """Read this machine: its tables, its memory map, its command line, its kernel."""
    import platform

    from srat_tool.plan.machine import Machine
    from srat_tool.sources.detect import SYSFS_TABLES

    tables = _own_tables(SYSFS_TABLES)
    return Machine(
        tables=tuple(tables.tables),
        memory_map=_own_map(),
        command_line=_text_of("/proc/cmdline"),
        profile=platform.release(),
        arch=platform.machine(),
    )


def _own_tables(folder: str) -> Found:
    """Read our own tables, or say what Linux does without them.

    Raises:
        SourceError: when there is no folder, no permission, or no SRAT in it: three messages.
    """
    from srat_tool.sources.detect import read_inputs
    from srat_tool.sources.found import NotPermittedError

    if not Path(folder).is_dir():
        raise SourceError(
            "no ACPI tables on this machine, so Linux makes one node of all memory and nothing of "
            "it is hot-pluggable",
            where=folder,
            hint=_what_works(),
        )
    try:
        found = read_inputs([folder])
    except NotPermittedError as error:
        raise SourceError(f"{error.what}", where=folder, hint="sudo srattool plan") from error
    if not any(table.signature == b"SRAT" for table in found.tables):
        raise SourceError(
            f"no SRAT among {len(found.tables)} tables, so Linux makes one node of all memory and "
            "nothing of it is hot-pluggable",
            where=folder,
            hint=_what_works(),
        )
    return found


def _what_works() -> str:
    """Return a command that answers on a machine without SRAT: ours, or from its own log."""
    if Path(_SHIPPED).is_file():
        return f"srattool plan --movablecore=acpi {_SHIPPED}"
    return "dmesg | srattool plan --movablecore=acpi --boot-log -"


def _own_map() -> MemoryMap | None:
    return _memory_map(_FIRMWARE_MAP) if Path(_FIRMWARE_MAP).is_dir() else None


def _text_of(path: str) -> str | None:
    try:
        return Path(path).read_text(errors="replace").strip()
    except OSError:
        return None


def _read(path: str) -> str:
    """Read a text that the user named; `-` is standard input.

    Raises:
        SourceError: when it cannot be read.
    """
    if path == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return Path(path).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise SourceError((error.strerror or str(error)).lower(), where=path) from error


def read_log(path: str | BootLog | None) -> BootLog | None:
    """Read a kernel log; None when none is named.

    Raises:
        SourceError: when it cannot be read, or is no log.
    """
    from srat_tool.observe.bootlog import parse_boot_log

    if not isinstance(path, str):
        return path
    log = parse_boot_log(_read(path))
    if not any(log.lines):
        raise SourceError(
            "no line of a kernel log", where=path, hint="the output of dmesg or journalctl -k"
        )
    return log


def _memory_map(path: str | MemoryMap | None) -> MemoryMap | None:
    if not isinstance(path, str):
        return path
    from srat_tool.observe.memmap import parse_firmware_memmap, read_memory_map

    folder = Path(path)
    if path != "-" and folder.is_dir():
        files = {
            f"{entry.parent.name}/{entry.name}": _read(str(entry)) for entry in folder.glob("*/*")
        }
        return parse_firmware_memmap(files, where=path)
    if folder.suffix == ".toml":
        from srat_tool.api.inputs import read_spec

        spec = read_spec(path)
        if spec.memory is None:
            raise SourceError("the spec has no memory map", where=path, expected="[memory]")
        return spec.memory
    return read_memory_map(_read(path), where=path)


def _reservations(words: Iterable[str]) -> list[Reservation]:
    from srat_tool.observe.bootlog import Reservation

    found = []
    for word in words:
        text, _, label = word.partition("=")
        span = _span(text, "--reserve")
        if span is not None:
            found.append(Reservation(span, label or "--reserve"))
    return found


def _span(text: str | Span | None, where: str) -> Span | None:
    """Read `START-END` (END is the first byte behind) or `START+SIZE`.

    Raises:
        SratToolError: when it is no range.
    """
    if not isinstance(text, str):
        return text
    for sign in "-+":
        start, found, second = text.partition(sign)
        if found:
            first = parse_size(start, where=where)
            last = parse_size(second, where=where) + (first if sign == "+" else 0)
            if last <= first:
                raise SratToolError("an empty range", where=where, got=repr(text))
            return Span(first, last)
    raise SratToolError(
        "not a range", where=where, got=repr(text), expected="START-END or START+SIZE"
    )


def _size(text: str | None, where: str) -> int | None:
    return None if text is None else parse_size(text, where=where)


def _config(words: Iterable[str]) -> dict[str, str]:
    from srat_tool.observe.kernel_config import parse_kernel_config

    config: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and "/" not in name:
            config[name.removeprefix("CONFIG_")] = value
        elif Path(word).is_file():
            config |= parse_kernel_config(_read(word))
        else:
            raise BootOptionError(
                "neither a value nor a file",
                where="--config",
                got=repr(word),
                expected="NODES_SHIFT=6 or /boot/config-RELEASE",
            )
    return config
