"""From what a user gave to what the kernel room works on; whatever is missing is assumed and named.

The log of a boot is the best witness: its memory map, command line, release and reservations are
used as they stand, and where no table was given its SRAT lines are the SRAT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from srat_tool.base.architecture import Architecture
from srat_tool.base.span import Span
from srat_tool.grammar.registry import decode
from srat_tool.kernel.bootopts import BootOptions, append, parse
from srat_tool.kernel.config import configure
from srat_tool.kernel.numa_init import AcpiTables
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.profiles import choose_profile, profile_by_wording, profile_names
from srat_tool.observe.bootlog import BootLog
from srat_tool.plan.architecture import choose_architecture
from srat_tool.plan.logged_srat import logged_srat
from srat_tool.plan.machine import PLANNED_TABLES, Machine
from srat_tool.plan.plan import Assumption
from srat_tool.tables.cedt import Cedt
from srat_tool.tables.madt import LocalX2Apic, Madt
from srat_tool.tables.memmap import EfiRegion
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import MemoryAffinity, Srat

_NO_LOG = BootLog()
_NODES_THAT_NEED_DISTANCES = 3
_XAPIC_IDS = 255
_VIRTUAL = re.compile(r"QEMU|KVM|VMware|VirtualBox|Virtual Machine|Xen|Bochs|HVM domU")
_OEM_ID = slice(10, 16)
_HYPERVISORS = frozenset({b"BOCHS", b"VBOX", b"VRTUAL", b"CLOUDH", b"FIRECK", b"Xen"})
_DRACUT = re.compile(r"(?:^| )rd\.\w|=/dev/mapper/")
_X2APIC_LINE = re.compile(r"^(?:x2apic|Enabled x2apic|.*x2apic enabled)", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Inputs:
    """Everything that a boot starts from.

    Attributes:
        machine: what the user gave.
        log: the boot log, an empty one when there is none.
        profile: the kernel to mirror.
        options: its command line.
        tables: what makes nodes.
        madt: the processors, when the table was given.
        from_log: the SRAT was read from printed lines.
        assumptions: inputs that had to be assumed so far.
    """

    machine: Machine
    log: BootLog
    profile: KernelProfile
    options: BootOptions
    tables: AcpiTables
    madt: Madt | None = None
    from_log: bool = False
    assumptions: list[Assumption] = field(default_factory=list)

    @property
    def release(self) -> str | None:
        """The release that was asked for or logged; None when a profile was, or nothing."""
        wanted = self.machine.profile
        if wanted is None:
            return self.log.release
        return None if wanted in profile_names() else wanted

    @property
    def arch(self) -> Architecture:
        """The architecture, as the profile has it."""
        return self.profile.arch

    @property
    def efi_map(self) -> tuple[EfiRegion, ...]:
        """The EFI memory map: that of the given map, else that of the log."""
        given = self.machine.memory_map
        return self.log.efi_map if given is None else given.efi

    @property
    def x2apic(self) -> bool:
        """Return whether processors may have ids of 255 and more.

        A processor of such an id in the MADT proves it; otherwise only the log can tell.
        """
        entries = self.madt.entries if self.madt is not None else ()
        large = any(
            isinstance(entry, LocalX2Apic) and entry.flags & 1 and entry.x2apic_id >= _XAPIC_IDS
            for entry in entries
        )
        return large or any(_X2APIC_LINE.search(line) for line in self.log.lines)

    @property
    def gb_pages(self) -> bool:
        """Return whether RAM is mapped with pages of 1 GiB; no unless the log shows it."""
        said = any(line.startswith("Using GB pages") for line in self.log.lines)
        maps = any(line.startswith("init_memory_mapping") for line in self.log.lines)
        return said or not maps

    @property
    def is_virtual(self) -> bool:
        """Return whether processors say that they run under a hypervisor."""
        machine = self.log.dmi or ""
        if self.log.hypervisor is not None or _VIRTUAL.search(machine):
            return True
        makers = {table.data[_OEM_ID].rstrip(b"\0 ") for table in self.machine.tables}
        return not self.log.lines and not makers.isdisjoint(_HYPERVISORS)

    @property
    def srat_memory(self) -> tuple[MemoryAffinity, ...]:
        """The memory entries of the SRAT, in table order."""
        return self.tables.srat.memory if self.tables.srat is not None else ()

    def domain_of(self, entry: MemoryAffinity) -> int:
        """Return an entry's proximity domain as the table's revision means it."""
        srat = self.tables.srat
        return entry.proximity_domain if srat is None else srat.proximity_domain(entry)

    def assume(self, what: str, value: str, why: str) -> None:
        """Name an input that was not given."""
        self.assumptions.append(Assumption(what, value, why))


def read_machine(machine: Machine) -> Inputs:
    """Decode the tables, choose the kernel and read its command line.

    Raises:
        BootOptionError: when the kernel or its configuration cannot be used.
    """
    log = machine.boot_log or _NO_LOG
    assumptions = list(machine.assumptions)
    decoded = _decode(machine)
    arch = _architecture(machine, log, decoded, assumptions)
    config = {"NUMA_EMU": _numa_emulation(machine, log), **machine.config}
    profile = configure(_profile(machine, log, arch, assumptions), config)
    if profile.hides_first_page and log.lacks_debug:
        profile = replace(profile, printk=replace(profile.printk, debug=False))
    command_line = _command_line(machine, log, arch, assumptions)
    if profile.may_have_zone_device and "ZONE_DEVICE" not in machine.config:
        profile = _guessed_zones(profile, log, command_line, assumptions)
    options = parse(command_line, profile)
    if log.xen_pv and profile.xen_turns_numa_off:
        options = replace(options, numa=options.numa | {"off"})
    inputs = Inputs(
        machine=machine,
        log=log,
        profile=profile,
        options=options,
        tables=AcpiTables(),
        madt=decoded.madt,
        assumptions=assumptions,
    )
    _use_tables(inputs, decoded)
    return inputs


def _architecture(
    machine: Machine, log: BootLog, decoded: _Decoded, assumptions: list[Assumption]
) -> Architecture:
    release = machine.profile or log.release
    choice = choose_architecture(machine.arch, log.machine, release, decoded.srat, decoded.madt)
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
        choice = choose_profile(wanted or log.release, arch)
        if choice.doubt is not None:
            assumptions.append(Assumption("kernel", choice.profile.name, choice.doubt))
        return choice.profile
    if not log.lines:
        profile = choose_profile(None, arch).profile
        assumptions.append(Assumption("kernel", profile.name, "no release was given or logged"))
        return profile
    profile = profile_by_wording(log.lines, arch)
    why = "the log names no release; its wording fits this one"
    assumptions.append(Assumption("kernel", profile.name, why))
    if log.hypervisor is None and profile.printk.device_zone:
        # Guests run the kernels of distributions; whoever posts the log of a server without its
        # release has mostly built the kernel from the sources' own defaults.
        assumptions.append(Assumption("CONFIG_ZONE_DEVICE", "n", "the default of the sources"))
        profile = configure(profile, {"ZONE_DEVICE": "n"})
    return profile


def _numa_emulation(machine: Machine, log: BootLog) -> str:
    """Return whether `numa=fake=` is built in: distributions have it, but not in cloud kernels."""
    refused = "Malformed early option 'numa'" in log.lines
    return "n" if refused or "cloud" in (machine.profile or log.release or "") else "y"


def _guessed_zones(
    profile: KernelProfile, log: BootLog, command_line: str, assumptions: list[Assumption]
) -> KernelProfile:
    """Choose ZONE_DEVICE for a kernel that its developer built.

    Fuzzers build it in, and their kernels name callers; so do distributions, whose configuration
    is taken over where the kernel is started as theirs are, with the options of their initrd.
    """
    value, why = "n", "the default of the sources"
    if log.printk_caller:
        value, why = "y", "lines name their callers, as those of fuzzers' kernels do"
    elif _DRACUT.search(command_line):
        value, why = "y", "it is started as the kernels of a distribution are"
    assumptions.append(Assumption("CONFIG_ZONE_DEVICE", value, why))
    return configure(profile, {"ZONE_DEVICE": value})


def _command_line(
    machine: Machine, log: BootLog, arch: Architecture, assumptions: list[Assumption]
) -> str:
    line = machine.command_line if machine.command_line is not None else log.command_line
    if line is None and not machine.extra_options:
        assumptions.append(Assumption("command line", "(empty)", _why_no_command_line(log, arch)))
    return append(line or "", machine.extra_options)


def _why_no_command_line(log: BootLog, arch: Architecture) -> str:
    if log.lines and arch.prints_command_line_late:
        return f"{arch.title} prints it after the zones, where this log does not reach"
    return "none was given or logged"


class _Decoded(NamedTuple):
    """The tables that a plan uses; None for one that is not there or cannot be decoded."""

    srat: Srat | None
    slit: Slit | None
    cedt: Cedt | None
    madt: Madt | None


def _decode(machine: Machine) -> _Decoded:
    """Decode the first table of each signature, as Linux uses only that."""
    tables: dict[bytes, object] = {}
    for raw in machine.tables:
        if raw.signature in PLANNED_TABLES and raw.signature not in tables:
            tables[raw.signature] = decode(raw.data).table
    srat, slit, cedt, madt = (tables.get(name) for name in PLANNED_TABLES)
    return _Decoded(
        srat=srat if isinstance(srat, Srat) else None,
        slit=slit if isinstance(slit, Slit) else None,
        cedt=cedt if isinstance(cedt, Cedt) else None,
        madt=madt if isinstance(madt, Madt) else None,
    )


def _use_tables(inputs: Inputs, decoded: _Decoded) -> None:
    """Set the tables that make nodes; without a SRAT the lines of the log stand in for it."""
    srat, known = decoded.srat, dict[int, int]()
    if srat is None and not any(raw.signature == b"SRAT" for raw in inputs.machine.tables):
        srat, known = logged_srat(inputs.log)
        inputs.from_log = srat is not None
    inputs.tables = AcpiTables(
        srat=srat,
        slit=decoded.slit,
        unread_slit=decoded.slit is None and _has_slit(inputs, known),
        windows=tuple(_windows(decoded.cedt)) if decoded.cedt is not None else (),
        known_nodes=known,
        log_says_not_used=inputs.from_log and _rejected_in(inputs.log),
    )


def _has_slit(inputs: Inputs, known: dict[int, int]) -> bool:
    """Return whether the machine of a log has a SLIT; a log that lists no table does not say."""
    log = inputs.log
    if log.tables or not inputs.from_log:
        return any(table.signature == "SLIT" for table in log.tables)
    if inputs.is_virtual or len(known) < _NODES_THAT_NEED_DISTANCES:
        return False
    why = "the log lists no tables; a server of more than two nodes describes their distances"
    inputs.assume("SLIT", "present", why)
    return True


def _rejected_in(log: BootLog) -> bool:
    return any(line.endswith("SRAT: SRAT not used.") for line in log.lines)


def _windows(cedt: Cedt) -> Iterator[Span]:
    for window in cedt.windows:
        yield Span(window.base_hpa, window.base_hpa + window.window_size & (1 << 64) - 1)
