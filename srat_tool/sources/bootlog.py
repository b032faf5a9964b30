"""Kernel boot logs among the inputs: no tables, but evidence about the machine."""

from __future__ import annotations

from srat_tool.sources.found import Role
from srat_tool.sources.place import is_boot_log
from srat_tool.sources.reader import Buffer, Piece, Reader

_HEAD = 1 << 16


def sniff(data: Buffer) -> bool:
    """Return whether a kernel printed this from its first line on."""
    return is_boot_log(data[:_HEAD])


def read(piece: Piece, reader: Reader) -> None:
    """Keep the log as evidence; what it says is read by `observe`."""
    reader.evidence(Role.BOOT_LOG, piece.origin, bytes(piece.data))
