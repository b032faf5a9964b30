"""Containers that are told by a fixed mark: known here, so that telling takes no reader of them."""

from __future__ import annotations

from srat_tool.sources.filebytes import Buffer

GZIP = b"\x1f\x8b\x08"
BZIP2 = b"BZh"
XZ = b"\xfd7zXZ\0"
ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def is_compressed(data: Buffer) -> bool:
    """Return whether the bytes begin like a compressed stream."""
    return data[:8].startswith((GZIP, BZIP2, XZ, ZSTD))


def is_zip(data: Buffer) -> bool:
    """Return whether the bytes begin like a zip archive."""
    return data[:4] in _ZIP
