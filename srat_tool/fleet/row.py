"""One machine of a fleet as a row: what it is, what is planned for it, what is wrong with it.

Addresses and sizes are bytes, ranges half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from srat_tool.plan.block_values import Offline

Status = Literal["ok", "incomplete", "error"]
VerifyVerdict = Literal["equal", "different", "cannot tell"]


class TableDigest(NamedTuple):
    """One table: its signature, its length in bytes, and the digests of all its bytes in hex."""

    signature: str
    bytes: int
    md5: str
    sha256: str


class MachineIdentity(NamedTuple):
    """What a machine calls itself; None for what no file contains.

    Attributes:
        host: the host name.
        vendor, product: as DMI has them.
        bios_version, bios_date: of the firmware, as DMI has them.
        oem: OEM id and OEM table id of the SRAT, else of the first table.
    """

    host: str | None = None
    vendor: str | None = None
    product: str | None = None
    bios_version: str | None = None
    bios_date: str | None = None
    oem: str | None = None


class Fingerprints(NamedTuple):
    """SHA-256 in hex at three levels; empty where a level has nothing to look at.

    Attributes:
        raw: of all tables, byte by byte.
        topology: of the decoded tables without addresses, checksums, OEM revisions and the order of
            processors.
        input: of everything that a plan reads.
    """

    raw: str
    topology: str
    input: str


class FleetNode(NamedTuple):
    """One node.

    Attributes:
        nid: Linux's number.
        pxm: the proximity domain; None for a node that no table names.
        cpus: how many processors it has.
        ram_bytes: RAM at boot.
        movable_bytes: RAM in ZONE_MOVABLE.
        removable_bytes: memory blocks that can go offline for certain.
        removable: whether all its memory can.
    """

    nid: int
    pxm: int | None
    cpus: int
    ram_bytes: int
    movable_bytes: int
    removable_bytes: int
    removable: Offline | None


class FleetWindow(NamedTuple):
    """A place where memory may be added later; `source` is `srat` or `cedt`."""

    source: str
    start: int
    end: int
    nid: int | None
    ram_bytes: int
    stranded_bytes: int


class FleetTier(NamedTuple):
    """A memory tier and its nodes."""

    number: int
    nids: tuple[int, ...]


class FleetKernel(NamedTuple):
    """The kernel that was planned.

    Attributes:
        profile: name of the profile.
        release: the release that was given or logged.
        architecture: its name.
        policy: what decides ZONE_MOVABLE.
    """

    profile: str
    release: str | None
    architecture: str
    policy: str


class FleetPlan(NamedTuple):
    """What a row shows of a plan.

    Attributes:
        kernel: the kernel.
        numa: where the nodes come from: `srat`, `dummy` or `off`.
        rejected: why Linux does not use the SRAT.
        crash: why the boot would not survive.
        nodes: ascending.
        windows: where memory may be added.
        tiers: fastest first; empty where the kernel has none.
        tiers_algorithm: what decides the tiers: `hmat`, `default`, `off` or `absent`.
        tiers_why: why.
        memory_block_bytes: unit of memory hotplug.
        stranded_bytes: bytes of windows that no whole memory block holds.
        assumptions: inputs that had to be assumed, as sentences.
        alternatives: outcomes that depend on what cannot be known, as sentences.
    """

    kernel: FleetKernel
    numa: str
    rejected: str | None
    crash: str | None
    nodes: tuple[FleetNode, ...]
    windows: tuple[FleetWindow, ...]
    tiers: tuple[FleetTier, ...]
    tiers_algorithm: str
    tiers_why: str
    memory_block_bytes: int
    stranded_bytes: int
    assumptions: tuple[str, ...]
    alternatives: tuple[str, ...]

    @property
    def ram_bytes(self) -> int:
        """RAM of all nodes."""
        return sum(node.ram_bytes for node in self.nodes)

    @property
    def movable_bytes(self) -> int:
        """RAM in ZONE_MOVABLE of all nodes."""
        return sum(node.movable_bytes for node in self.nodes)

    @property
    def removable_bytes(self) -> int:
        """Memory blocks of all nodes that can go offline for certain."""
        return sum(node.removable_bytes for node in self.nodes)


class LintCounts(NamedTuple):
    """Findings by severity, and the codes of the rules that have some."""

    errors: int
    warnings: int
    infos: int
    rules: tuple[str, ...]


class FleetVerify(NamedTuple):
    """The plan compared with what a kernel did.

    Attributes:
        verdict: what it came to.
        different: names of the parts that differ.
        why: why nothing could be compared; None otherwise.
    """

    verdict: VerifyVerdict
    different: tuple[str, ...]
    why: str | None


class Judgement(NamedTuple):
    """What follows from a machine's inputs alone: equal for machines with equal inputs.

    Attributes:
        plan: the plan; None where there is none.
        lint: findings; None without tables.
        verify: None where no file shows what a kernel did.
        errors: why something is missing.
    """

    plan: FleetPlan | None
    lint: LintCounts | None
    verify: FleetVerify | None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetRow:
    """One machine.

    Attributes:
        path: where it was found, different for each row.
        identity: what it calls itself.
        tables: its tables in input order.
        fingerprints: at three levels.
        plan, lint, verify: see `Judgement`.
        errors: what could not be read or planned, as sentences.
    """

    path: str
    identity: MachineIdentity
    tables: tuple[TableDigest, ...]
    fingerprints: Fingerprints
    plan: FleetPlan | None
    lint: LintCounts | None
    verify: FleetVerify | None
    errors: tuple[str, ...]

    @property
    def status(self) -> Status:
        """`ok`; `incomplete` with errors, and tables or a plan; `error` with errors alone."""
        if not self.errors:
            return "ok"
        return "incomplete" if self.tables or self.plan is not None else "error"
