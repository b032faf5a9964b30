"""From what a user gave to what the kernel room works on; whatever is missing is assumed and named.

The log of a boot is the best source: its memory map, command line, release and reservations are
used as they are, and where no table was given its SRAT lines are the SRAT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from srat_tool.base.architecture import Architecture
from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span
from srat_tool.base.text import identifier, shortened
from srat_tool.base.units import U64
from srat_tool.grammar.registry import decode
from srat_tool.kernel.bootopts import BootOptions, append, copied, parse
from srat_tool.kernel.numa_init import AcpiTables
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.profiles import choose_profile, profile_by_age, profile_for
from srat_tool.observe.facts import BootLog
from srat_tool.plan.architecture import choose_architecture
from srat_tool.plan.configuration import configured
from srat_tool.plan.damage import damage
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.logged_srat import LoggedSrat, logged_srat
from srat_tool.plan.logged_verdict import SlitGuess, empty_nodes, rejection, unread_slit
from srat_tool.plan.machine import PLANNED_TABLES, Machine
from srat_tool.plan.plan import COMMAND_LINE, Assumption
from srat_tool.tables.header import OpaqueTable
from srat_tool.tables.madt import Madt
from srat_tool.tables.srat import Srat

if TYPE_CHECKING:
    from srat_tool.tables.cedt import Cedt
    from srat_tool.tables.hmat import Hmat
    from srat_tool.tables.slit import Slit

_NO_LOG = BootLog()
# MAX_NUMNODES is at most 1 << 10: CONFIG_NODES_SHIFT of every architecture ends at 10.
_HIGHEST_NODE = 1023
LONG_COMMAND_LINE = "long command line"
"""What is assumed about a command line that is longer than what the kernel copies."""
NUMA_IS_OFF = "with numa=off"
"""The value of the assumption that the log's kernel had this option."""


def read_machine(machine: Machine) -> Inputs:
    """Decode the tables, choose the kernel and read its command line.

    Raises:
        BootOptionError: when the kernel or its configuration cannot be used.
        SourceError: when the log names a node that no kernel has.
    """
    log = machine.boot_log or _NO_LOG
    _check_nodes(log)
    assumptions = [*machine.assumptions, *_choices(machine)]
    if log.boots > 1 and log.boot_because:
        why = f"{log.boot_because}; choose another with --boot"
        assumptions.append(Assumption("boot", f"{log.boot} of {log.boots} in the log", why))
    decoded = _decode(machine, assumptions)
    arch = _architecture(machine, log, decoded, assumptions)
    profile = _profile(machine, log, arch, assumptions)
    command_line = _command_line(machine, log, profile, assumptions)
    profile = configured(profile, machine, command_line, assumptions)
    options = _options(machine, log, profile, command_line, assumptions)
    inputs = Inputs(
        machine=machine,
        log=log,
        profile=profile,
        options=options,
        tables=AcpiTables(),
        madt=decoded.madt,
        hmat=decoded.hmat,
        cedt=decoded.cedt,
        assumptions=assumptions,
    )
    _use_tables(inputs, decoded)
    return inputs


def _check_nodes(log: BootLog) -> None:
    """Refuse numbers that would make the work as large as they are."""
    entries = [line.nid for line in log.srat_memory] + [line.nid for line in log.srat_cpus]
    highest = max((*entries, *log.answer.nids), default=0)
    if highest > _HIGHEST_NODE:
        raise SourceError(
            "no kernel has so many nodes",
            where="boot log",
            got=f"node {highest}",
            expected=f"node 0 to {_HIGHEST_NODE}",
            hint="looking at the log: the line is damaged",
        )


def _options(
    machine: Machine,
    log: BootLog,
    profile: KernelProfile,
    command_line: str,
    assumptions: list[Assumption],
) -> BootOptions:
    """Parse the command line; NUMA is also off where Xen, or the log's kernel, turns it off.

    A kernel may have options that its log does not show: a cut line, CONFIG_CMDLINE, bootconfig.
    """
    options = parse(command_line, profile)
    if "off" in options.numa:
        return options
    off = log.xen_pv and profile.xen_turns_numa_off
    if not off and log.answer.numa_off and (machine.follows_options or machine.of_logged_boot):
        why = "the log reports that NUMA is turned off; its command line does not show the option"
        assumptions.append(Assumption(COMMAND_LINE, NUMA_IS_OFF, why))
        off = True
    return options._replace(numa=options.numa | {"off"}) if off else options


def _architecture(
    machine: Machine, log: BootLog, decoded: _Decoded, assumptions: list[Assumption]
) -> Architecture:
    release = machine.profile or log.release or log.image_release
    choice = choose_architecture(machine.arch, log, release, decoded.srat, decoded.madt)
    if choice.assumed_because is not None:
        name = choice.architecture.name
        assumptions.append(
            Assumption("architecture", name, f"{choice.assumed_because}; use --arch")
        )
    return choice.architecture


def _profile(
    machine: Machine, log: BootLog, arch: Architecture, assumptions: list[Assumption]
) -> KernelProfile:
    wanted = machine.profile
    if wanted is None and "movablecore=acpi" in machine.extra_options:
        wanted = "acpi2013"
    if wanted is not None or log.release is not None:
        text = log.version_text if wanted is None else None
        choice = choose_profile(wanted or log.release, arch, text)
        if choice.doubt is not None:
            assumptions.append(Assumption("kernel", choice.profile.name, choice.doubt))
        return choice.profile
    likely = log.image_release or log.maker
    if likely is not None:
        profile = profile_for(likely, arch)
        how = "its boot loader loaded" if log.image_release else "its wording is that of"
        why = f"the log names no release; {how} {likely}"
        assumptions.append(Assumption("kernel", profile.name, why))
        return profile
    if machine.boot_log is None:
        profile = profile_for(None, arch)
        assumptions.append(Assumption("kernel", profile.name, "no release was given or logged"))
        return profile
    profile = profile_by_age(*log.vintage, arch)
    why = "the log names no release; its wording fits this one"
    assumptions.append(Assumption("kernel", profile.name, why))
    return profile


def _command_line(
    machine: Machine, log: BootLog, profile: KernelProfile, assumptions: list[Assumption]
) -> str:
    line = machine.command_line if machine.command_line is not None else log.command_line
    if line is None and not machine.extra_options:
        assumptions.append(Assumption(COMMAND_LINE, "(empty)", _why_no_command_line(log, profile)))
    if machine.command_line is None and log.command_line_cut:
        why = "the kernel cut the message, and later options are not known; use --cmdline"
        assumptions.append(Assumption(COMMAND_LINE, f"its first {len(line or '')} characters", why))
    whole = append(line or "", machine.extra_options) if machine.extra_options else line or ""
    # A log shows what its kernel copied, and what CONFIG_CMDLINE or bootconfig adds to it.
    if machine.of_logged_boot or whole == log.command_line:
        return whole
    kept, lost = copied(whole, profile)
    if lost.strip():
        cut = profile.command_line_bytes
        value = f"its first {cut - 1} bytes"
        assumptions.append(Assumption(LONG_COMMAND_LINE, value, _what_is_lost(kept, lost, profile)))
    return kept


def _what_is_lost(kept: str, lost: str, profile: KernelProfile) -> str:
    size = f"{profile.arch.title} has a COMMAND_LINE_SIZE of {profile.command_line_bytes}"
    if kept[-1].isspace() or lost[0].isspace():
        return f"{size}; this kernel never gets {shortened(lost.strip())}"
    before, after = kept.rsplit(None, 1)[-1], lost.split(None, 1)[0]
    return (
        f"{size}; this kernel never gets {shortened(lost)}, and {shortened(before + after)} "
        f"becomes {shortened(before)}"
    )


def _why_no_command_line(log: BootLog, profile: KernelProfile) -> str:
    arch = profile.arch
    if log.is_kernels and arch.prints_command_line_late:
        return f"{arch.title} prints it after the zones, where this log does not reach"
    return "none was given or logged"


class _Decoded(NamedTuple):
    """The tables that a plan uses; None for one that is not there or cannot be decoded."""

    srat: Srat | None
    slit: Slit | None
    cedt: Cedt | None
    madt: Madt | None
    hmat: Hmat | None


def _decode(machine: Machine, assumptions: list[Assumption]) -> _Decoded:
    """Decode the first table of each signature, as Linux uses only that."""
    tables: dict[bytes, object] = {}
    for raw in machine.tables:
        if raw.signature in PLANNED_TABLES and raw.signature not in tables:
            decoded = decode(raw.data)
            tables[raw.signature] = decoded.table
            damaged = damage(identifier(raw.signature), decoded.defects)
            assumptions += [damaged] if damaged else []
    return _Decoded(*(_known(tables.get(name)) for name in PLANNED_TABLES))


def _known(table: object) -> Any:
    """Return a decoded table as the class of its signature, or None."""
    return None if isinstance(table, OpaqueTable) else table


def _use_tables(inputs: Inputs, decoded: _Decoded) -> None:
    """Set the tables that make nodes; without a SRAT the lines of the log are in for it."""
    srat, slit, cedt = decoded.srat, decoded.slit, decoded.cedt
    has_srat = any(raw.signature == b"SRAT" for raw in inputs.machine.tables)
    logged = LoggedSrat()
    if not has_srat:
        logged = logged_srat(inputs.log, fakes_node=inputs.profile.fakes_node)
    if logged.srat is not None:
        srat, inputs.from_log = logged.srat, True
        inputs.logged_processors = logged.processors
    if logged.guessed:
        inputs.guessed_srat = True
        why = "it does not show all entries; domains are taken to be numbered as nodes are"
        inputs.assume("SRAT", "completed by the log's ranges of nodes", why)
    slits = SlitGuess(present=False)
    if slit is None:
        slits = unread_slit(
            inputs.machine,
            inputs.profile,
            from_log=inputs.from_log,
            nodes=len(logged.nodes),
            virtual=inputs.is_virtual,
        )
    if slits.value:
        inputs.assume("SLIT", slits.value, slits.why)
    inputs.tables = AcpiTables(
        srat=srat,
        slit=slit,
        unread_slit=slits.present,
        windows=tuple(_windows(cedt)) if cedt is not None else (),
        known_nodes=dict(logged.nodes),
        log_says_not_used=inputs.from_log and inputs.log.answer.says_not_used,
        logged_rejection=rejection(inputs.machine),
        memoryless=empty_nodes(inputs.machine),
        srat_is_partial=inputs.from_log,
    )


def _choices(machine: Machine) -> Iterator[Assumption]:
    """Yield the table that is used where there are several of its signature, and they differ."""
    of: dict[bytes, list[RawTable]] = {name: [] for name in PLANNED_TABLES}
    for raw in machine.tables:
        of.get(raw.signature, []).append(raw)
    for signature, tables in of.items():
        if len({raw.data for raw in tables}) > 1:
            name = signature.decode("ascii")
            why = f"there are {len(tables)} {name} tables; Linux uses the first of the root table"
            yield Assumption(name, tables[0].origin.label, why)


def _windows(cedt: Cedt) -> Iterator[Span]:
    for window in cedt.windows:
        yield Span(window.base_hpa, window.base_hpa + window.window_size & U64)
