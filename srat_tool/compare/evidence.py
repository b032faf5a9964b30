"""What was found about one machine in addition to its tables, parsed, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srat_tool.base.errors import SourceError
from srat_tool.observe.bootlog import BootLog, parse_boot_log
from srat_tool.observe.memmap import Resource, iomem_map, parse_firmware_memmap, parse_iomem
from srat_tool.observe.sysnode import SysMemory, parse_sysnode
from srat_tool.observe.zoneinfo import ZoneInfo, parse_zoneinfo
from srat_tool.sources.found import Evidence, Refusal, Role
from srat_tool.tables.memmap import MemoryMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is known of a machine; None or empty where nothing was found.

    Attributes:
        log: the boot log, whole.
        zones: the zones of the running kernel.
        resources: `/proc/iomem`.
        memory_map: the firmware's map, from the best source found.
        system: nodes and memory blocks of the running kernel.
        command_line: the kernel's.
        release: the kernel's.
        unread: what there was and could not be used, and why.
    """

    log: BootLog | None = None
    zones: tuple[ZoneInfo, ...] = ()
    resources: tuple[Resource, ...] = ()
    memory_map: MemoryMap | None = None
    system: SysMemory | None = None
    command_line: str | None = None
    release: str | None = None
    unread: tuple[str, ...] = ()


def observe(evidence: Sequence[Evidence], refused: Sequence[Refusal] = ()) -> Observed:
    """Read every piece of evidence; the first of a kind counts, but for folders.

    Args:
        evidence: the files found with the tables.
        refused: files that could not be read, which are named among the unread.
    """
    texts = {role: _first(evidence, role) for role in Role}
    unread = [f"{refusal.label}: {refusal.reason}" for refusal in refused]
    log = _boot_log(evidence)
    if log is not None and log.boots > 1:
        unread.append(f"the log holds {log.boots} boots, of which the first was read")
    zones: tuple[ZoneInfo, ...] = ()
    resources: tuple[Resource, ...] = ()
    try:
        zones = parse_zoneinfo(texts[Role.ZONEINFO]) if texts[Role.ZONEINFO] else ()
    except SourceError as error:
        unread.append(error.message)
    try:
        resources = parse_iomem(texts[Role.IOMEM])
    except SourceError as error:
        unread.append(error.message)
    system = parse_sysnode(_folder(evidence, Role.NODE_FILE))
    version = parse_boot_log(texts[Role.RELEASE])
    return Observed(
        log=log,
        zones=zones,
        resources=resources,
        memory_map=_memory_map(evidence, log, resources, unread),
        system=system if system.nodes else None,
        command_line=(log and log.command_line) or texts[Role.COMMAND_LINE].strip() or None,
        release=(log and log.release) or version.release,
        unread=tuple(unread),
    )


def _first(evidence: Sequence[Evidence], role: Role) -> str:
    return next((_text(e) for e in evidence if e.role is role), "")


def _text(evidence: Evidence) -> str:
    return evidence.data.decode("utf-8", "replace")


def _folder(evidence: Sequence[Evidence], role: Role) -> dict[str, str]:
    return {e.label: _text(e) for e in evidence if e.role is role}


def _boot_log(evidence: Sequence[Evidence]) -> BootLog | None:
    """Return the log with the most facts: journals and rotated logs often begin late."""
    logs = [parse_boot_log(_text(e)) for e in evidence if e.role is Role.BOOT_LOG]
    return max(logs, key=_worth, default=None)


def _worth(log: BootLog) -> int:
    return (log.memory_map is not None) + (log.release is not None) + bool(log.srat_memory)


def _memory_map(
    evidence: Sequence[Evidence],
    log: BootLog | None,
    resources: tuple[Resource, ...],
    unread: list[str],
) -> MemoryMap | None:
    if log is not None and log.memory_map is not None:
        return log.memory_map
    entries = _folder(evidence, Role.FIRMWARE_MAP)
    if entries:
        try:
            return parse_firmware_memmap(
                {"/".join(n.split("/")[-2:]): t for n, t in entries.items()}
            )
        except SourceError as error:
            unread.append(error.message)
    return iomem_map(resources)
