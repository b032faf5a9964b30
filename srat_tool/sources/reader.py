"""One reading in progress: what was found so far, and how much more may be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from srat_tool.base.errors import BudgetError, SourceError
from srat_tool.base.limits import Budget, limits
from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.base.text import shortened
from srat_tool.base.units import format_size
from srat_tool.sources.filebytes import Buffer, whole
from srat_tool.sources.found import OF_THE_KERNEL, Evidence, Found, Opened, Refusal, Role
from srat_tool.tables.header import HEADER_SIZE


class Piece(NamedTuple):
    """Bytes whose kind is not known yet.

    Attributes:
        data: the bytes.
        origin: where they are.
        depth: containers around them.
        verbatim: whether the data are the bytes of the file on disk, all of them.
        casually: no user claims that there is anything in it, so nothing is missed if not.
    """

    data: Buffer
    origin: Origin
    depth: int = 0
    verbatim: bool = False
    casually: bool = False

    @property
    def whole(self) -> bytes:
        """The bytes; a reader of a kind that takes no large files always has them."""
        assert isinstance(self.data, bytes)  # noqa: S101 - see `SourceKind.by_parts`
        return self.data

    @property
    def machine_inside(self) -> str:
        """The machine of what is in this piece, when it is one machine's: the piece itself."""
        return self.origin.inner or self.origin.machine

    def inside(
        self,
        name: str,
        data: Buffer = b"",
        *,
        kind: OriginKind | None = None,
        machine: str | None = None,
    ) -> Piece:
        """Return a piece of something that is in this one; what is not given is inherited."""
        inner = f"{self.origin.inner}/{name}" if self.origin.inner else name
        origin = Origin(
            path=self.origin.path,
            inner=inner,
            machine=self.origin.machine if machine is None else machine,
            kind=kind or self.origin.kind,
            member=self.origin.member,
        )
        return Piece(data, origin, self.depth + 1, casually=self.casually)


class SourceKind(NamedTuple):
    """One kind of source: how its content is recognized, and how it is read.

    Both are named as `file.function` of this room, and imported when a piece gets that far: a table
    needs no archives.

    Attributes:
        name: what `--source` takes.
        sniffer: returns whether bytes are of this kind.
        reader: takes them apart.
        by_parts: whether both take a large file, whose parts are read when they are asked for; for
            the others it is read whole, within the budget.
    """

    name: str
    sniffer: str
    reader: str
    by_parts: bool = False

    def sniff(self, data: Buffer) -> bool:
        """Return whether the bytes are of this kind."""
        knows: bool = _function(self.sniffer)(data)
        return knows

    def read(self, piece: Piece, reader: Reader) -> None:
        """Take a piece apart; a `SourceError` becomes a refusal of the whole piece."""
        _function(self.reader)(piece, reader)


@cache
def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"srat_tool.sources.{module}"), function)
    return found


@dataclass(slots=True, kw_only=True)
class Reader:
    """Collects what sources find, and refuses what goes over the budget.

    Attributes:
        kinds: tried in order on every piece.
        limits: bounds as the user set them.
        found: the result so far.
        left: bytes that may still be unpacked.
        watch: is called with the label of every piece before it is read.
        logs: bytes of kernel logs that are kept together, the smaller ones first; None for all.
    """

    kinds: Sequence[SourceKind]
    limits: Budget = field(default_factory=limits)
    found: Found = field(default_factory=Found)
    left: int = 0
    watch: Callable[[str], None] | None = None
    logs: int | None = None

    def __post_init__(self) -> None:
        self.left = self.limits.unpacked

    def knows(self, head: bytes) -> bool:
        """Return whether the beginning of a file looks like any kind."""
        return any(kind.sniff(head) for kind in self.kinds)

    def descend(self, piece: Piece, otherwise: SourceKind | None = None) -> None:
        """Read a piece, which may be of any kind, as the first kind that knows it.

        Args:
            piece: what is read.
            otherwise: the kind that it is taken as when none knows it.
        """
        label = piece.origin.label
        if self.watch is not None:
            self.watch(label)
        if piece.depth > self.limits.depth:
            reason = f"nested deeper than {self.limits.depth} containers; try --max-depth"
            self.refuse(label, reason)
            return
        if not len(piece.data):
            self.refuse(label, "empty file", matters=not piece.casually)
            return
        try:
            kind, piece = self._kind_of(piece, otherwise)
            kind.read(piece, self)
        except NothingThereError as error:
            self.refuse(label, error.reason, matters=not piece.casually)
        except SourceError as error:
            self.refuse(label, error.reason)

    def _kind_of(self, piece: Piece, otherwise: SourceKind | None) -> tuple[SourceKind, Piece]:
        for kind in self.kinds:
            piece = self.readable(piece, kind)
            if kind.sniff(piece.data):
                return kind, piece
        nothing = nothing_in(piece)
        if otherwise is None:
            raise nothing
        self.refuse(piece.origin.label, nothing.reason, matters=False)
        return otherwise, self.readable(piece, otherwise)

    def readable(self, piece: Piece, kind: SourceKind) -> Piece:
        """Return a piece as a kind takes it.

        Raises:
            SourceError: when it is a large file and too large, or cannot be read.
        """
        if kind.by_parts or isinstance(piece.data, bytes):
            return piece
        return piece._replace(data=whole(piece.data, self.limits.file))

    def table(
        self,
        origin: Origin,
        data: bytes,
        offset: int = 0,
        limit: int | None = None,
        place: int | None = None,
    ) -> None:
        """Add a table, or refuse it when it is longer than `limit` (the budget's, by default).

        Args:
            origin: where it is.
            data: its bytes.
            offset: its place in the innermost container.
            limit: bytes that it may have.
            place: its place in the file on disk, where the file contains it as it is.
        """
        most = self.limits.table if limit is None else limit
        if len(data) > most:
            size, bound = format_size(len(data)), format_size(most)
            self.refuse(origin.label, f"table of {size}, {bound} allowed; try --max-table")
            return
        self.found.tables.append(RawTable(origin=origin, offset=offset, data=data, place=place))

    def evidence(self, role: Role, origin: Origin, data: bytes) -> None:
        """Add a file that is not a table but describes the machine.

        Files of the kernel are shorter than they state; tar fills them up with zeros.
        """
        if role in OF_THE_KERNEL:
            data = data.rstrip(b"\0")
        one = Evidence(
            role=role, label=origin.label, data=data, path=origin.path, machine=origin.machine
        )
        self.found.evidence.append(one)
        if role is Role.BOOT_LOG and self.logs is not None:
            self._bound_logs(self.logs)

    def _bound_logs(self, most: int) -> None:
        """Leave out the largest logs until the others fit."""
        kept = [one for one in self.found.evidence if one.role is Role.BOOT_LOG]
        while sum(len(one.data) for one in kept) > most:
            largest = max(kept, key=lambda one: len(one.data))
            kept = [one for one in kept if one is not largest]
            self.found.evidence = [one for one in self.found.evidence if one is not largest]
            size, bound = format_size(len(largest.data)), format_size(most)
            reason = f"log of {size} left out, {bound} of logs are read for each machine"
            self.refuse(largest.label, reason, matters=not kept)

    def opened(
        self, label: str, what: str, size: int, depth: int = 0, *, before: int | None = None
    ) -> None:
        """Note that a container was opened.

        Args:
            label: `path!inner`.
            what: its kind, as text.
            size: bytes that it gave.
            depth: containers around it.
            before: how many had been opened when this one was; those after it are inside.
        """
        one = Opened(label=shortened(label), what=what, size=size, depth=depth)
        at = len(self.found.opened) if before is None else before
        self.found.opened.insert(at, one)

    @property
    def count(self) -> int:
        """How many containers have been opened."""
        return len(self.found.opened)

    def refuse(self, label: str, reason: str, *, matters: bool = True) -> None:
        """Note that something was not opened, and why; see `Refusal`."""
        self.found.refused.append(Refusal(label=shortened(label), reason=reason, matters=matters))

    def spend(self, size: int) -> None:
        """Charge bytes about to be unpacked.

        Raises:
            BudgetError: when that is more than what is left; nothing is charged then.
        """
        if size > self.left:
            raise BudgetError(
                f"would unpack {format_size(size)}, {format_size(self.left)} left of "
                f"{format_size(self.limits.unpacked)}",
                hint="--max-unpacked",
            )
        self.left -= size

    def spend_all(self, size: int) -> None:
        """Charge bytes that were unpacked already: what is left is gone when they are more.

        Otherwise each of many streams could be begun, and refused, at the cost of a large one.

        Raises:
            BudgetError: when they are more.
        """
        try:
            self.spend(size)
        except BudgetError:
            self.left = 0
            raise

    def fits(self, size: int) -> None:
        """Demand that so many bytes may be in memory at once: a quarter of the whole budget.

        Raises:
            BudgetError: when they may not.
        """
        most = self.limits.unpacked // 4
        if size > most:
            raise BudgetError(
                f"{format_size(size)} in one piece, {format_size(most)} allowed",
                hint="--max-unpacked",
            )


class NothingThereError(SourceError):
    """Bytes that no kind of source knows, or in which there is nothing to find."""


def nothing_in(piece: Piece) -> NothingThereError:
    """Return the error for a piece that holds nothing; it names the kind of file if it is known."""
    from srat_tool.sources.marks import HEAD_OF_TEXT, other_kind  # noqa: PLC0415 - it names the buffers of here

    size = len(piece.data)
    kind = other_kind(bytes(piece.data[:HEAD_OF_TEXT]))
    if kind is not None:
        what = f"no ACPI table, nor anything that holds one, in {size} bytes; it is {kind}"
    elif size < HEADER_SIZE:
        what = f"too short for an ACPI table, got {size} bytes, expected at least {HEADER_SIZE}"
    else:
        what = f"no ACPI table, nor anything that holds one, in {size} bytes"
    return NothingThereError(what)
