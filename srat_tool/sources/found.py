"""What reading an input gave: tables, other evidence, and what was opened and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import OriginKind, RawTable
from srat_tool.base.text import printable
from srat_tool.sources.variants import by_variant


class Role(Enum):
    """What a file next to the tables is good for."""

    BOOT_LOG = "boot log"
    COMMAND_LINE = "kernel command line"
    ZONEINFO = "/proc/zoneinfo"
    IOMEM = "/proc/iomem"
    KERNEL_CONFIG = "kernel configuration"
    NODE_FILE = "file of /sys/devices/system/node"
    FIRMWARE_MAP = "file of /sys/firmware/memmap"
    RELEASE = "kernel release"
    MEMORY_BLOCKS = "output of lsmem"
    NODES = "output of numactl --hardware"
    HOST_NAME = "host name"
    DMI = "DMI identification"
    SPEC = "spec"


OF_THE_KERNEL = frozenset(
    {
        Role.COMMAND_LINE,
        Role.ZONEINFO,
        Role.IOMEM,
        Role.NODE_FILE,
        Role.FIRMWARE_MAP,
        Role.RELEASE,
        Role.DMI,
    }
)
"""Roles of files of /proc and /sys."""


class Evidence(NamedTuple):
    """A file that is not a table but describes the same machine.

    Attributes:
        role: what it is.
        label: `path!inner`, unescaped.
        data: its bytes.
        path: what the user named.
        machine: equal to that of the tables of the same machine, see `Origin`.
    """

    role: Role
    label: str
    data: bytes
    path: str = ""
    machine: str = ""


class Opened(NamedTuple):
    """One container, volume or section that was opened.

    Attributes:
        label: `path!inner`, unescaped.
        what: its kind, as text: `FFSv2 volume`, `LZMA section`, `tar archive`.
        size: bytes that it gave when opened.
        depth: nesting, 0 for what the user named.
    """

    label: str
    what: str
    size: int
    depth: int = 0

    @property
    def line(self) -> str:
        """What was opened, indented by its depth, safe for a terminal."""
        return printable(f"{'  ' * self.depth}opened {self.label}: {self.what}, {self.size} bytes")


class Refusal(NamedTuple):
    """Something that was not opened, and why; silence about it would look like a pass.

    Attributes:
        label: `path!inner`, unescaped.
        reason: why, with what to try.
        matters: a table may have been missed; False for what no user claimed to hold one.
    """

    label: str
    reason: str
    matters: bool = True


@dataclass(slots=True, kw_only=True)
class Found:
    """Everything that one or more inputs gave, in input order."""

    tables: list[RawTable] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def __repr__(self) -> str:
        counts = ("tables", "evidence", "opened", "refused")
        return f"<Found: {', '.join(f'{len(getattr(self, name))} {name}' for name in counts)}>"

    @property
    def missed(self) -> tuple[Refusal, ...]:
        """What was refused and may have held a table."""
        return tuple(one for one in self.refused if one.matters)

    def extend(self, other: Found) -> None:
        """Append everything that `other` holds."""
        self.tables += other.tables
        self.evidence += other.evidence
        self.opened += other.opened
        self.refused += other.refused

    def account(self) -> Iterator[str]:
        """List what was opened and what was not, one line each, safe for a terminal."""
        yield from (one.line for one in self.opened)
        for no in self.refused:
            how = "not opened" if no.matters else "passed over"
            yield printable(f"{how} {no.label}: {no.reason}")

    def machines(self) -> list[Found]:
        """Return the tables and evidence of each machine apart, in input order.

        Files that the user named one by one are taken as one machine. Evidence that is next to
        the only machine of an input belongs to it. Variants of tables in one folder (`SRAT.two`
        and `SRAT.four`) are separate machines.
        """
        groups: dict[tuple[str, str], Found] = {}
        for table in self.tables:
            groups.setdefault(_machine_key(table), Found()).tables.append(table)
        for one in self.evidence:
            key = (one.path, one.machine)
            if key not in groups:
                beside = [k for k in groups if k[0] == one.path]
                key = beside[0] if len(beside) == 1 else key
            groups.setdefault(key, Found()).evidence.append(one)
        return [
            Found(tables=tables, evidence=group.evidence)
            for group in groups.values()
            for tables in by_variant(group.tables)
        ]


def _machine_key(table: RawTable) -> tuple[str, str]:
    origin = table.origin
    loose = not origin.inner and origin.kind in {OriginKind.FILE, OriginKind.STDIN}
    return ("", "") if loose else (origin.path, origin.machine)


class NoTableError(SourceError):
    """The inputs could be read, but none of them holds a table.

    Args:
        where: what the user named.
        found: what was opened instead, and what was not.
    """

    def __init__(self, where: str, found: Found) -> None:
        self.found = found
        hint = "an ACPI table, an acpidump text, an archive or a firmware image"
        whole = len(found.refused) == 1 and not found.opened
        if whole and found.refused[0].label == where:
            what = found.refused[0].reason
        elif whole:
            what = f"no ACPI table found ({found.refused[0].label}: {found.refused[0].reason})"
        else:
            what = _nothing(found)
        super().__init__(what, where=where, hint=hint)
        if found.opened:
            self.details = tuple(_capped(found.account()))


_MAX_DETAILS = 40


def _capped(lines: Iterator[str]) -> Iterator[str]:
    yield from islice(lines, _MAX_DETAILS)
    more = sum(1 for _ in lines)
    if more:
        yield f"{more} lines more; try srattool extract --list"


class NotPermittedError(SourceError):
    """The running system has tables, but this user may not read them.

    Args:
        where: the folder of tables.
        sizes: name and bytes of each table that is there; every user may read these.
    """

    def __init__(self, where: str, sizes: dict[str, int]) -> None:
        self.sizes = sizes
        if "SRAT" in sizes:
            what = f"this machine has an SRAT ({sizes['SRAT']} bytes), but only root may read it"
        else:
            what = f"this machine has no SRAT, and only root may read {' '.join(sizes)}"
        super().__init__(what, where=where, hint="running as root, or giving an acpidump")


def _nothing(found: Found) -> str:
    parts = []
    if found.evidence:
        parts.append("only " + ", ".join(sorted({e.role.value for e in found.evidence})))
    if found.opened:
        parts.append(f"{len(found.opened)} opened")
    if found.refused:
        parts.append(f"{len(found.refused)} not opened, the first: {found.refused[0].reason}")
    return "no ACPI table found" + (f" ({'; '.join(parts)})" if parts else "")
