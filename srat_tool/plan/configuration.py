"""How a logged kernel was configured: what its log shows, else what is guessed and named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from srat_tool.base.architecture import Architecture, ZoneLimit
from srat_tool.base.units import KIB
from srat_tool.kernel.config import configure
from srat_tool.kernel.profile import KernelProfile
from srat_tool.observe.facts import BootLog, ZoneLine
from srat_tool.plan.machine import Machine
from srat_tool.plan.plan import Assumption

_DRACUT = re.compile(r"(?:^| )rd\.\w|=/dev/mapper/")
# How distributions name kernels for arm64 with larger pages: `+64k`, `-64kb`, `-generic-64k`.
_PAGES = re.compile(r"[-+.](16|64)kb?\b", re.IGNORECASE)
# Zones that ordinary memory of a 64-bit machine never is in.
_OTHERS = frozenset({"Device", "Movable", "HighMem"})
_LISTED = "the log lists the zones that are built in"


def configured(
    profile: KernelProfile, machine: Machine, command_line: str, assumptions: list[Assumption]
) -> KernelProfile:
    """Apply what is known of the configuration: given, then shown by the log, then guessed.

    Raises:
        BootOptionError: when a given value is none that a kernel can have.
    """
    log = machine.boot_log or BootLog()
    assumptions.extend(_other_pages(profile, machine.profile or log.release or ""))
    profile = configure(profile, {"NUMA_EMU": _numa_emulation(machine, log)})
    if profile.hides_first_page and log.lacks_debug:
        profile = replace(profile, printk=replace(profile.printk, debug=False))
    if machine.follows_log and profile.series is None:
        profile = _of_log(profile, log, assumptions)
        if log.answer.ends_zones:
            return configure(profile, machine.config)
    if "ZONE_DEVICE" not in machine.config:
        if machine.boot_log is not None and log.release is None and machine.profile is None:
            profile = _default_zones(profile, log, assumptions)
        elif profile.may_have_zone_device:
            profile = _guessed_zones(profile, log, command_line, assumptions)
    return configure(profile, machine.config)


def _other_pages(profile: KernelProfile, release: str) -> Iterator[Assumption]:
    """Yield that a kernel is planned with the usual pages, where its release names other ones."""
    named = _PAGES.search(release)
    usual = profile.arch.page_bytes // KIB
    if named is not None and int(named[1]) != usual:
        why = f"{release} has pages of {named[1]} KiB, which are not modelled: sizes will differ"
        yield Assumption("page size", f"{usual} KiB", why)


def _numa_emulation(machine: Machine, log: BootLog) -> str:
    """Return whether `numa=fake=` is built in: distributions have it, but not in cloud kernels."""
    return "n" if log.numa_refused or "cloud" in (machine.profile or log.release or "") else "y"


def _of_log(profile: KernelProfile, log: BootLog, assumptions: list[Assumption]) -> KernelProfile:
    answer = log.answer
    highest = max(answer.nids, default=0)
    if highest >= profile.max_nodes:
        shift = highest.bit_length()
        assumptions.append(
            Assumption("CONFIG_NODES_SHIFT", str(shift), f"the log has a node {highest}")
        )
        profile = replace(profile, max_nodes=1 << shift)
    if not answer.ends_zones:
        return profile
    shown = any(line.name == "Device" for line in answer.zones)
    if shown != profile.printk.device_zone:
        assumptions.append(Assumption("CONFIG_ZONE_DEVICE", "y" if shown else "n", _LISTED))
        profile = replace(profile, printk=replace(profile.printk, device_zone=shown))
    arch = profile.arch
    if answer.lists_all_zones:
        arch = _with_zones(arch, answer.zones, assumptions)
    return replace(profile, arch=arch, may_have_zone_device=False)


def _with_zones(
    arch: Architecture, listed: tuple[ZoneLine, ...], assumptions: list[Assumption]
) -> Architecture:
    """Give an architecture the zones of a list, each with the limit that it has anyway."""
    known = {zone.name: zone.limit for zone in arch.zones}
    lines = [line for line in listed if line.name not in _OTHERS]
    zones = []
    for at, line in enumerate(lines):
        limit = known.get(line.name, line.span.end if line.span else None)
        if at == 0 and arch.first_zone_takes_all and at < len(lines) - 1:
            limit = _narrowest_bus(line, lines[1:], limit, assumptions)
        zones.append(ZoneLimit(line.name, None if at == len(lines) - 1 else limit))
    return replace(arch, zones=tuple(zones)) if zones else arch


def _narrowest_bus(
    line: ZoneLine, others: list[ZoneLine], limit: int | None, assumptions: list[Assumption]
) -> int | None:
    """Return where arm64's first zone ends: firmware declares how far the narrowest bus reaches."""
    if line.span is None or limit is None or line.span.end >= limit:
        return limit
    if not any(other.span for other in others):
        return limit
    assumptions.append(
        Assumption(f"end of ZONE_{line.name}", f"{line.span.end:#x}", "the log has it so")
    )
    return line.span.end


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


def _default_zones(
    profile: KernelProfile, log: BootLog, assumptions: list[Assumption]
) -> KernelProfile:
    """Guests run the kernels of distributions.

    A published log of a server without its release is mostly from a kernel that was built with
    the defaults of the sources.
    """
    if log.hypervisor is not None or not profile.printk.device_zone:
        return profile
    assumptions.append(Assumption("CONFIG_ZONE_DEVICE", "n", "the default of the sources"))
    return configure(profile, {"ZONE_DEVICE": "n"})
