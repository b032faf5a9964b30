"""Table bytes and where they came from: the values that `sources` hands to all other rooms."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from srat_tool.base.text import identifier, printable, shortened


class OriginKind(Enum):
    """Where a table was read from: what is normal in one source is a fault in another."""

    FILE = "file"
    FOLDER = "folder"
    ARCHIVE = "archive"
    STDIN = "standard input"
    SYSFS = "running system"
    ACPIDUMP = "acpidump text"
    LISTING = "iasl listing"
    FIRMWARE_VOLUME = "firmware volume"
    CARVED = "carved"
    INITRD = "initrd override"
    BUILT = "built from a spec"


class Origin(NamedTuple):
    """Where bytes came from.

    Attributes:
        path: what the user named (`-` for standard input).
        inner: members, volumes and sections below it, joined with `/`; empty for a plain file.
        machine: tables with equal (path, machine) belong to one machine and are judged together.
        kind: how the bytes were found.
        member: the part of `inner` that is a file's path inside the folder `path`; empty where
            `path` is not a folder.
    """

    path: str
    inner: str = ""
    machine: str = ""
    kind: OriginKind = OriginKind.FILE
    member: str = ""

    @property
    def file(self) -> str:
        """The file on disk that holds the bytes, unescaped."""
        return f"{self.path.rstrip('/')}/{self.member}" if self.member else self.path

    @property
    def label(self) -> str:
        """`path!inner`, unescaped; pass it through `printable` before a terminal sees it.

        A file in a folder reads as its path; a name that no file system allows is cut.
        """
        inside = self.inner[len(self.member) :].lstrip("/")
        return f"{self.file}!{shortened(inside)}" if inside else self.file


class RawTable(NamedTuple):
    """The bytes of one table, unjudged.

    Attributes:
        origin: where they came from.
        data: everything that was there, which may be less or more than the header's Length.
        offset: byte offset of the table inside the innermost container.
        place: byte offset of the table inside the file on disk; None where the file does not
            contain these bytes as they are, because it is packed or a dump as text.
    """

    origin: Origin
    data: bytes
    offset: int = 0
    place: int | None = None

    def __repr__(self) -> str:
        return f"<RawTable {self.title}>"

    @property
    def title(self) -> str:
        """Signature, size and place, safe for a terminal."""
        size = f"{len(self.data)} bytes"
        return printable(f"{identifier(self.signature)}: {size}, {self.origin.label}")

    @property
    def signature(self) -> bytes:
        """The first four bytes, fewer when there are fewer."""
        return self.data[:4]
