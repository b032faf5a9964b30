"""Containers with a fixed mark: known here, so that detection does not import their readers."""

from __future__ import annotations

import re

from srat_tool.sources.filebytes import Buffer

GZIP = b"\x1f\x8b\x08"
BZIP2 = b"BZh"
XZ = b"\xfd7zXZ\0"
LZMA = b"\x5d\0\0"
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
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"GIF8", "a GIF picture"),
    (b"KDMV", "a VMDK disk image"),
    (b"vhdxfile", "a VHDX disk image"),
    (b"conectix", "a VHD disk image"),
    (b"<<< ", "a VDI disk image"),
    (b"hsqs", "a squashfs image"),
    (b"\xd4\xc3\xb2\xa1", "captured packets"),
    (b"ElfFile\0", "an event log of Windows"),
    (b"!<arch>\n", "an ar archive, which is not unpacked here"),
    (b"\xed\xab\xee\xdb", "an RPM package, which is not unpacked here"),
    (b"070707", "a cpio archive of an old form, which is not unpacked here"),
    (b"\xc7\x71", "a cpio archive of an old form, which is not unpacked here"),
    (b"MSCF", "a cabinet archive, which is not unpacked here"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not unpacked here"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not unpacked here"),
    (b"\x04\x22\x4d\x18", "an lz4 stream: lz4 -dc FILE | srattool ... -"),
    (b"\x02\x21\x4c\x18", "an lz4 stream: lz4 -dc FILE | srattool ... -"),
    (b"\x89LZO\0\r\n\x1a\n", "an lzop stream: lzop -dc FILE | srattool ... -"),
    (b"LZIP", "an lzip stream: lzip -dc FILE | srattool ... -"),
    (b"\x1f\x9d", "a stream of compress: zcat FILE | srattool ... -"),
    (b"LPKSHHRH", "a journal of systemd; journalctl --file=FILE -k prints it"),
    (b"KDUMP   ", "a kernel dump of kdump"),
)
# Texts that have all bytes of a table in a form that is not read, and how to get one that is.
_DUMP = "give the one that xxd prints, or the file itself"
_TEXTS = (
    (rb"\s*[0-9A-Fa-f]{4,16}:? +[01]{8} [01]{8}", f"a dump of binary digits (xxd -b); {_DUMP}"),
    (
        rb"\s*[0-7]{7,16}(?: {3}[!-~]| {2}\\.| [0-7]{3}){4}",
        f"a dump of characters (od -c or -a); {_DUMP}",
    ),
    (rb"\s*0{6,16} +\S", f"a dump in a form that is not read; {_DUMP}"),
    (rb"\s*:[0-9A-Fa-f]{6}0[0-5]", "Intel HEX; objcopy -I ihex -O binary FILE TABLE unpacks it"),
    (rb"\s*S[0-9][0-9A-Fa-f]{8}", "S-records; objcopy -I srec -O binary FILE TABLE unpacks it"),
    (rb"\s*begin [0-7]{3,4} ", "what uuencode writes; uudecode FILE unpacks it"),
    (
        rb"[^\n]{0,400}?(?:\\(?:x[0-9A-Fa-f]{2}|[0-3][0-7]{2})){4}",
        "bytes as escapes in a string; give them as hex digits, as xxd prints them, or the file",
    ),
)
HEAD_OF_TEXT = 512


def other_kind(head: bytes) -> str | None:
    """Return what a file without a reader is, by its first bytes; None when they are unknown."""
    named = next((words for mark, words in _OTHERS if head.startswith(mark)), None)
    if named is not None:
        return named
    return next((words for form, words in _TEXTS if re.match(form, head)), None)


def is_compressed(data: Buffer) -> bool:
    """Return whether the bytes begin like a compressed stream."""
    head = data[:16]
    return head.startswith((GZIP, BZIP2, XZ, ZSTD)) or _is_lzma(head)


def _is_lzma(head: bytes) -> bool:
    """Return whether a header has the usual properties, and a size that is unknown or possible."""
    size = head[5:13]
    return head.startswith(LZMA) and (size == b"\xff" * 8 or size[5:] == bytes(3))


def is_zip(data: Buffer) -> bool:
    """Return whether the bytes begin like a zip archive."""
    return data[:4] in _ZIP
