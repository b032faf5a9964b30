"""What was found about one machine in addition to its tables, parsed, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import RawTable
from srat_tool.base.units import PAGE_SIZE
from srat_tool.observe.bootlog import BootChoice, log_text, parse_boot_log
from srat_tool.observe.facts import BootLog
from srat_tool.observe.kernel_config import parse_kernel_config
from srat_tool.observe.late_sysfs import SeenTiers, parse_late_sysfs
from srat_tool.observe.lsmem import parse_lsmem
from srat_tool.observe.memmap import (
    IOMEM,
    Resource,
    iomem_map,
    kernel_image,
    parse_firmware_memmap,
    parse_iomem,
)
from srat_tool.observe.numactl import parse_numactl
from srat_tool.observe.seen_blocks import SeenBlocks, seen_blocks
from srat_tool.observe.sysnode import SysMemory, parse_sysnode
from srat_tool.observe.uname import Uname, parse_uname
from srat_tool.observe.zone_map import ZoneMap, zone_map
from srat_tool.observe.zoneinfo import ZoneInfo, parse_zoneinfo
from srat_tool.plan.machine import Machine
from srat_tool.plan.other_machines import check_hosts, other_machines
from srat_tool.plan.plan import Assumption
from srat_tool.sources.found import Evidence, Refusal, Role
from srat_tool.tables.memmap import MemoryMap

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is known of a machine; None or empty where nothing was found.

    Attributes:
        log: the boot log.
        zones: the zones of the running kernel.
        resources: `/proc/iomem`.
        memory_map: the firmware's map, from the best source found.
        zone_map: RAM by the zones, where there is no memory map.
        system: nodes and memory blocks of the running kernel.
        blocks: its memory blocks with their zones, from the best source found.
        tiers: its access classes, memory tiers and interleave weights; false where none were kept.
        command_line: the kernel's, the log's own before any other.
        running_command_line: that of `/proc/cmdline`.
        release: the kernel's.
        machine: as `uname -m` prints it.
        other_boot: the log is of another boot than the zones and nodes.
        config: configuration values of the kernel, by name without `CONFIG_`.
        unread: what there was and could not be used, and why.
    """

    log: BootLog | None = None
    zones: tuple[ZoneInfo, ...] = ()
    resources: tuple[Resource, ...] = ()
    memory_map: MemoryMap | None = None
    zone_map: ZoneMap | None = None
    system: SysMemory | None = None
    blocks: SeenBlocks | None = None
    tiers: SeenTiers = field(default_factory=SeenTiers)
    command_line: str | None = None
    running_command_line: str | None = None
    release: str | None = None
    machine: str | None = None
    other_boot: bool = False
    config: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def observe(
    evidence: Sequence[Evidence], refused: Sequence[Refusal] = (), boot: BootChoice = None
) -> Observed:
    """Read every piece of evidence; the first of a kind counts, but for folders.

    Args:
        evidence: the files found with the tables.
        refused: files that could not be read, which are named among the unread.
        boot: which boot of the log, where it holds several.

    Raises:
        SourceError: when there is no such boot.
    """
    check_hosts(evidence)
    unread = [f"{refusal.label}: {refusal.reason}" for refusal in refused]
    kernel = _uname(evidence)
    running = _first(evidence, Role.COMMAND_LINE).strip() or None
    log = _boot_log(evidence, kernel, running, boot, unread)
    if log is not None and log.boots > 1:
        unread.append(f"the log holds {log.boots} boots, of which number {log.boot} was read")
    zones: tuple[ZoneInfo, ...] = _read(parse_zoneinfo, evidence, Role.ZONEINFO, unread) or ()
    resources: tuple[Resource, ...] = _read(parse_iomem, evidence, Role.IOMEM, unread) or ()
    memory_map = _memory_map(evidence, log, resources, unread)
    untold = memory_map is None and not (log and log.efi_map)
    lsmem = _first(evidence, Role.MEMORY_BLOCKS)
    files = _folder(evidence, Role.NODE_FILE)
    folders = parse_sysnode(files)
    return Observed(
        log=log,
        zones=zones,
        resources=resources,
        memory_map=memory_map,
        zone_map=zone_map(zones, parse_lsmem(lsmem), _page_bytes(kernel.machine, log))
        if untold
        else None,
        system=_system(folders, evidence),
        blocks=seen_blocks(folders, lsmem, zones),
        tiers=parse_late_sysfs(files),
        command_line=(log and log.command_line) or running,
        running_command_line=running,
        release=(log and log.release) or kernel.release,
        machine=kernel.machine,
        other_boot=log is not None
        and not (_same_kernel(log, kernel.release) and _same_options(log, running)),
        config=parse_kernel_config(_first(evidence, Role.KERNEL_CONFIG)),
        unread=tuple(unread),
    )


def _page_bytes(machine: str | None, log: BootLog | None) -> int:
    """Return the page size of the architecture that `uname` or the log names."""
    name = machine or (log.machine if log is not None else None)
    rows = (row for row in ARCHITECTURES if name in (row.name, *row.aliases))
    return next((row.page_bytes for row in rows), PAGE_SIZE)


def observed_machine(
    tables: Iterable[RawTable],
    observed: Observed,
    *,
    log: BootLog | None = None,
    profile: str | None = None,
    arch: str | None = None,
) -> Machine:
    """Return the machine that was observed, to be planned.

    Args:
        tables: its tables.
        observed: the facts that it reports.
        log: as much of its log as the plan may look at; None means that there is none.
        profile: kernel profile or release, where it is not to come from what was observed.
        arch: the architecture, where it is not to come from what was observed.
    """
    mapped = log is not None and _tells_of_ram(log, observed)
    zones = None if mapped else observed.zone_map
    return Machine(
        tables=tuple(tables),
        boot_log=log,
        memory_map=None if mapped else observed.memory_map or (zones.map if zones else None),
        kernel_image=None if mapped else kernel_image(observed.resources),
        command_line=observed.command_line,
        profile=profile or (None if log and log.release else observed.release),
        arch=arch or observed.machine,
        config=dict(observed.config),
        seen_blocks=observed.blocks,
        assumptions=() if zones is None else (_of_zones(zones),),
    )


def _tells_of_ram(log: BootLog, observed: Observed) -> bool:
    """Return whether the log's RAM counts; memory may have been added to /proc/iomem since."""
    given = observed.memory_map
    if log.memory_map is not None and (not log.map_front_lost or given is log.memory_map):
        return True
    from_iomem = given is None or given.what == IOMEM
    return bool(log.answer.node_ranges) and from_iomem


def _of_zones(zones: ZoneMap) -> Assumption:
    ram = sum(entry.end - entry.start for entry in zones.map.entries)
    return Assumption("memory map", f"{ram >> 20} MiB of RAM", zones.why)


def _read(
    parse: Callable[..., tuple[T, ...]],
    evidence: Sequence[Evidence],
    role: Role,
    unread: list[str],
) -> tuple[T, ...]:
    """Parse the first file of a kind; when that fails, add the reason to `unread`."""
    for one in evidence:
        if one.role is role:
            try:
                return parse(_text(one), where=one.label)
            except SourceError as error:
                unread.append(error.message)
                return ()
    return ()


def _first(evidence: Sequence[Evidence], role: Role) -> str:
    return next((_text(e) for e in evidence if e.role is role), "")


def _text(evidence: Evidence) -> str:
    return log_text(bytes(evidence.data))


def _folder(evidence: Sequence[Evidence], role: Role) -> dict[str, str]:
    return {e.label: _text(e) for e in evidence if e.role is role}


def _uname(evidence: Sequence[Evidence]) -> Uname:
    """Return what names the running kernel best; several files may, and links to them."""
    names = [parse_uname(_text(e)) for e in evidence if e.role is Role.RELEASE]
    return max(names, key=lambda u: (u.release is not None, u.machine is not None), default=Uname())


def _boot_log(
    evidence: Sequence[Evidence],
    kernel: Uname,
    command_line: str | None,
    boot: BootChoice,
    unread: list[str],
) -> BootLog | None:
    """Return the log with the most facts: journals and rotated logs often begin late.

    A log with another release or command line than those of the running kernel is of another boot.

    Raises:
        SourceError: when logs are of several machines, and nothing else shows which one is meant.
    """
    logs = [(parse_boot_log(_text(e)), e) for e in evidence if e.role is Role.BOOT_LOG]
    if not logs:
        return None
    log, chosen = max(logs, key=lambda pair: _worth(pair[0], kernel, command_line))
    is_shown = bool(kernel.release) or command_line is not None
    unread += other_machines((log, chosen), logs, is_shown=is_shown)
    return log if boot is None else parse_boot_log(_text(chosen), boot)


def _worth(log: BootLog, kernel: Uname, command_line: str | None) -> tuple[bool, int, bool, int]:
    found = (log.memory_map is not None, log.release is not None, bool(log.srat_memory))
    same = _same_kernel(log, kernel.release)
    return same, sum(found), log.command_line == command_line, len(log.answer.printed)


def _same_kernel(log: BootLog, release: str | None) -> bool:
    return None in (log.release, release) or log.release == release


def _same_options(log: BootLog, command_line: str | None) -> bool:
    """Return whether the options may be of one boot; a kernel adds some that were built in."""
    if log.command_line is None or command_line is None:
        return True
    logged, running = (set(line.split()) for line in (log.command_line, command_line))
    return logged <= running or running <= logged


def _system(folders: SysMemory, evidence: Sequence[Evidence]) -> SysMemory | None:
    system = folders
    if not system.nodes:
        system = parse_numactl(_first(evidence, Role.NODES))
    return system if system.nodes else None


def _memory_map(
    evidence: Sequence[Evidence],
    log: BootLog | None,
    resources: tuple[Resource, ...],
    unread: list[str],
) -> MemoryMap | None:
    logged = log.memory_map if log is not None else None
    if log is not None and logged is not None and not log.map_front_lost:
        return logged
    entries = _folder(evidence, Role.FIRMWARE_MAP)
    if entries:
        try:
            return parse_firmware_memmap(
                {"/".join(n.split("/")[-2:]): t for n, t in entries.items()}
            )
        except SourceError as error:
            unread.append(error.message)
    return iomem_map(resources) or logged
