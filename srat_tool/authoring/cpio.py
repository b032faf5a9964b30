"""The `newc` cpio archives of an initrd (Linux, driver-api/early-userspace)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

FOLDER_MODE = 0o40755
FILE_MODE = 0o100644
_MAGIC = "070701"
_BLOCK = 512


class CpioFile(NamedTuple):
    """A file or folder of an archive.

    Attributes:
        name: path without a leading slash.
        data: contents; empty for a folder.
        mode: type and permissions.
        device: major and minor number of a device node.
    """

    name: str
    data: bytes = b""
    mode: int = FILE_MODE
    device: tuple[int, int] = (0, 0)


def newc(members: Iterable[CpioFile]) -> bytes:
    """Return an uncompressed archive; the same members give the same bytes."""
    archive = bytearray()
    for number, member in enumerate((*members, CpioFile("TRAILER!!!", mode=0)), start=1):
        name = member.name.encode() + b"\0"
        fields = (number, member.mode, 0, 0, 1, 0, len(member.data), 0, 0, *member.device)
        archive += _MAGIC.encode()
        archive += "".join(f"{value:08X}" for value in (*fields, len(name), 0)).encode()
        archive += name
        archive += bytes(-len(archive) % 4)
        archive += member.data
        archive += bytes(-len(archive) % 4)
    return bytes(archive + bytes(-len(archive) % _BLOCK))
