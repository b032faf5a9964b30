"""What reading an input gave: tables, other evidence, and what was opened and what was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from srat_tool.base.rawtable import RawTable
from srat_tool.base.units import MIB


class Role(Enum):
    """What a file beside the tables is good for."""

    BOOT_LOG = "boot log"
    COMMAND_LINE = "kernel command line"
    ZONEINFO = "/proc/zoneinfo"
    IOMEM = "/proc/iomem"
    KERNEL_CONFIG = "kernel configuration"
    NODE_FILE = "file of /sys/devices/system/node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file that is no table but tells about the same machine.

    Attributes:
        role: what it is.
        label: `path!inner`, unescaped.
        data: its bytes.
    """

    role: Role
    label: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One container, volume or section that was opened.

    Attributes:
        label: `path!inner`, unescaped.
        what: its kind, for people: `FFSv2 volume`, `LZMA section`, `tar archive`.
        size: bytes that it gave when opened.
        depth: nesting, 0 for what the user named.
    """

    label: str
    what: str
    size: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that was not opened, and why; silence about it would look like a pass."""

    label: str
    reason: str


@dataclass(slots=True, kw_only=True)
class Budget:
    """Bounds on work; what runs into one is refused and named, the rest goes on.

    Attributes:
        unpacked: bytes unpacked in total.
        depth: containers within containers.
        table: bytes of one table.
    """

    unpacked: int = 512 * MIB
    depth: int = 16
    table: int = MIB


@dataclass(slots=True, kw_only=True)
class Found:
    """Everything that one or more inputs gave, in input order."""

    tables: list[RawTable] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def extend(self, other: Found) -> None:
        """Append everything that `other` holds."""
        self.tables += other.tables
        self.evidence += other.evidence
        self.opened += other.opened
        self.refused += other.refused
