"""The bytes of a table as text without offsets: base64, hex digits alone, or an array of C.

What `base64`, `xxd -p`, `xxd -i` and `od -An -t x1` print, and what is pasted into web forms.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import blob
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader
from srat_tool.tables.header import HEADER_SIZE

_HEAD = 4096
_ARRAY = re.compile(rb"\{([\s,0-9A-Fa-fxX]*+)(?:\}|$)")
_BYTE = re.compile(rb"0[xX]([0-9A-Fa-f]{1,2})(?=[\s,}]|$)")
_DIGITS = re.compile(rb"(?:0x)?(?:[0-9A-Fa-f]{2}[\s:,]*+)++(?:[0-9A-Fa-f]?)$")
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*+={0,2}\s*+$")
_BLANK = re.compile(rb"[\s:,]+")


def sniff(data: bytes) -> bool:
    """Return whether the text is nothing but the bytes of tables."""
    head = data[:_HEAD]
    if not is_text(head):
        return False
    return any(len(d) >= HEADER_SIZE and blob.sniff(d) for d in _decoded(head, whole=False))


def read(piece: Piece, reader: Reader) -> None:
    """Take each table that the text holds."""
    limit = reader.limits.table if piece.depth else reader.limits.whole_file
    before = reader.count
    for data in _decoded(piece.whole, whole=True):
        reader.table(piece.origin._replace(kind=OriginKind.ACPIDUMP), data, limit=limit)
    label = piece.origin.label
    reader.opened(label, "bytes as text", len(piece.whole), piece.depth, before=before)


def _decoded(text: bytes, *, whole: bool) -> Iterator[bytes]:
    """Yield the bytes; of a text that is cut, as far as whole bytes go."""
    text = text.strip()
    if b"{" in text:
        for array in _ARRAY.finditer(text):
            yield _numbers(array[1])
    elif _DIGITS.match(text):
        digits = _BLANK.sub(b"", text.removeprefix(b"0x"))
        yield bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
    elif _BASE64.match(text):
        letters = b"".join(text.split())
        yield from _base64(letters if whole else letters[: len(letters) & ~3])


def _numbers(array: bytes) -> bytes:
    return bytes(int(one, 16) for one in _BYTE.findall(array))


def _base64(letters: bytes) -> Iterator[bytes]:
    try:
        yield binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return
