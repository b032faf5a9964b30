"""Firmware volumes around tables (UEFI PI 1.8, volume 3): what a firmware build would make of them.

Only what a reader of volumes needs to be put to the test, and CI fixtures: one volume of FFSv2
files, sections plain, LZMA-packed or check-summed, volumes within volumes.
"""

from __future__ import annotations

import lzma
import struct
import uuid
import zlib
from collections.abc import Iterable

from srat_tool.base.units import align_up

FFS2 = uuid.UUID("8c8ce578-8a3d-4f1c-9935-896185c32dd3")
FFS3 = uuid.UUID("5473c07a-3dcb-4dca-bd6f-1e9689e7349a")
ACPI_TABLE_STORAGE = uuid.UUID("7e374e25-8e01-4fee-87f2-390c23c606cd")
VOLUME_IMAGE_FILE = uuid.UUID("9e21fd93-9c72-4c15-8c4b-e77f1db2d792")
LZMA = uuid.UUID("ee4e5898-3914-4259-9d6e-dc7bd79403cf")
LZMA_X86 = uuid.UUID("d42ae6bd-1352-4bfb-909a-ca72a6eae889")
CRC32 = uuid.UUID("fc1bcdb0-7d31-49aa-936a-a4600d9dd083")

FREEFORM_FILE = 0x02
VOLUME_FILE = 0x0B
_BLOCK = 4096
_LARGE = 1 << 24
_PROCESSING_REQUIRED, _STATUS_VALID = 0x01, 0x02
_DICTIONARY = 1 << 20


def section(kind: int, body: bytes) -> bytes:
    """Return one section of a file."""
    size = 4 + len(body)
    if size < _LARGE - 1:
        return size.to_bytes(3, "little") + bytes([kind]) + body
    return b"\xff\xff\xff" + bytes([kind]) + (size + 4).to_bytes(4, "little") + body


def sections(parts: Iterable[bytes]) -> bytes:
    """Return sections one after the other, each beginning at a multiple of four."""
    whole = b""
    for part in parts:
        whole += bytes(-len(whole) % 4) + part
    return whole


def raw(table: bytes) -> bytes:
    """Return a section that holds a table as it is."""
    return section(0x19, table)


def guided(guid: uuid.UUID, body: bytes, *, head: bytes = b"", attributes: int = 1) -> bytes:
    """Return a section whose GUID declares how its body is encoded; `head` belongs to that GUID."""
    start = struct.pack("<HH", 24 + len(head), attributes)
    return section(0x02, guid.bytes_le + start + head + body)


def lzma_packed(content: bytes, *, x86: bool = False) -> bytes:
    """Return an LZMA section, with the x86 branch filter on demand."""
    lzma1 = {"id": lzma.FILTER_LZMA1, "lc": 3, "lp": 0, "pb": 2, "dict_size": _DICTIONARY}
    filters = [{"id": lzma.FILTER_X86}, lzma1] if x86 else [lzma1]
    stream = lzma.compress(content, lzma.FORMAT_RAW, filters=filters)
    head = struct.pack("<BIQ", (2 * 5 + 0) * 9 + 3, _DICTIONARY, len(content))
    return guided(LZMA_X86 if x86 else LZMA, head + stream, attributes=_PROCESSING_REQUIRED)


def crc32_checked(content: bytes) -> bytes:
    """Return a section that carries its content's CRC-32."""
    head = struct.pack("<I", zlib.crc32(content))
    return guided(CRC32, content, head=head, attributes=_STATUS_VALID)


def uncompressed(content: bytes) -> bytes:
    """Return a compression section that declares itself uncompressed."""
    return section(0x01, struct.pack("<IB", len(content), 0) + content)


def file(name: uuid.UUID, body: bytes, *, kind: int = FREEFORM_FILE) -> bytes:
    """Return one file; a large one gets the header that only FFSv3 knows."""
    large = len(body) + 24 >= _LARGE
    size = len(body) + (32 if large else 24)
    head = bytearray(name.bytes_le + bytes(2) + bytes([kind, 0x01 if large else 0]))
    head += (0 if large else size).to_bytes(3, "little") + b"\0"
    if large:
        head += size.to_bytes(8, "little")
    head[16] = -sum(head) & 0xFF
    # Without a checksum of the body, the specification asks for this value (and PI 1.0 for 0x5a).
    head[17] = 0xAA
    head[23] = 0xF8
    return bytes(head) + body


def volume(files: Iterable[bytes], *, system: uuid.UUID = FFS2) -> bytes:
    """Return a volume of these files, filled up to whole blocks with erased flash."""
    body = b""
    for one in files:
        body += b"\xff" * (-len(body) % 8) + one
    header_size = 72
    size = align_up(header_size + len(body) + 1, _BLOCK)
    head = bytes(16) + system.bytes_le + struct.pack("<Q4sI", size, b"_FVH", 0x0004FEFF)
    tail = struct.pack("<HBB", 0, 0, 2) + struct.pack("<IIII", size // _BLOCK, _BLOCK, 0, 0)
    words = struct.unpack("<35H", head + struct.pack("<H", header_size) + tail)
    total = head + struct.pack("<HH", header_size, -sum(words) & 0xFFFF) + tail
    return (total + body).ljust(size, b"\xff")


def wrap(tables: Iterable[bytes], *, packing: str = "fv", nested: int = 1) -> bytes:
    """Return an image that holds tables as edk2 would store them.

    Args:
        tables: in order, one RAW section each.
        packing: `fv` leaves the volume plain; `lzma`, `lzma-x86`, `crc32` put it into a section.
        nested: how many sections of that kind enclose each other.
    """
    image = volume([file(ACPI_TABLE_STORAGE, sections(raw(t) for t in tables))])
    pack = {
        "lzma": lzma_packed,
        "lzma-x86": lambda content: lzma_packed(content, x86=True),
        "crc32": crc32_checked,
        "stored": uncompressed,
    }
    for _ in range(nested if packing != "fv" else 0):
        inner = section(0x17, image)
        image = volume([file(VOLUME_IMAGE_FILE, pack[packing](inner), kind=VOLUME_FILE)])
    return image
