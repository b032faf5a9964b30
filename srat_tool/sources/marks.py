"""Containers with a fixed mark: known here, so that detection does not import their readers."""

from __future__ import annotations

from srat_tool.sources.filebytes import Buffer

GZIP = b"\x1f\x8b\x08"
BZIP2 = b"BZh"
XZ = b"\xfd7zXZ\0"
ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


# Files that are often given by mistake, and archives that are not unpacked here.
_OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x7fELF", "an ELF program"),
    (b"QFI\xfb", "a qcow2 disk image"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not unpacked here"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not unpacked here"),
    (b"\x04\x22\x4d\x18", "an lz4 stream, which is not unpacked here"),
    (b"LPKSHHRH", "a journal of systemd; journalctl --file=FILE -k prints it"),
    (b"KDUMP   ", "a kernel dump of kdump"),
)


def other_kind(head: bytes) -> str | None:
    """Return what a file without a reader is, by its first bytes; None when they are unknown."""
    return next((words for mark, words in _OTHERS if head.startswith(mark)), None)


def is_compressed(data: Buffer) -> bool:
    """Return whether the bytes begin like a compressed stream."""
    return data[:8].startswith((GZIP, BZIP2, XZ, ZSTD))


def is_zip(data: Buffer) -> bool:
    """Return whether the bytes begin like a zip archive."""
    return data[:4] in _ZIP
