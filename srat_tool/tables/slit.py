"""System Locality Information Table (ACPI 6.5, 5.2.17): distances between proximity domains."""

from __future__ import annotations

from dataclasses import dataclass

from srat_tool.tables.header import Header

LOCAL_DISTANCE = 10
UNREACHABLE = 255
BODY_OFFSET = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Slit:
    """A whole SLIT.

    Attributes:
        header: the common header.
        localities: the count that the table states; the matrix may be shorter than its square.
        entries: row after row, at most `localities` squared bytes, as many as the file holds.
        tail: bytes after the matrix.
        size: bytes that were really there.
    """

    header: Header
    localities: int
    entries: bytes
    tail: bytes
    size: int

    @property
    def is_complete(self) -> bool:
        """Return whether every pair that the table announces is there."""
        return len(self.entries) == self.localities * self.localities

    def row(self, origin: int) -> bytes:
        """Return the distances from a domain, as many as the table has."""
        start = origin * self.localities
        return self.entries[start : start + self.localities] if origin >= 0 else b""

    def distance(self, origin: int, target: int) -> int | None:
        """Return the distance from one domain to another; None where the table has no such byte."""
        if not (0 <= origin < self.localities and 0 <= target < self.localities):
            return None
        at = origin * self.localities + target
        return self.entries[at] if at < len(self.entries) else None
