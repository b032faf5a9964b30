"""Mails with parts in base64 (RFC 2045): tables, dumps and logs that are attached, or the text.

Other mails are read as the text that they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from srat_tool.base.errors import SourceError
from srat_tool.sources.place import claims_table, role_of
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader

if TYPE_CHECKING:
    from email.message import Message

_HEAD = 1 << 16
_HEADER = re.compile(rb"(?:From [^\n]{1,998}\n)?[A-Za-z][A-Za-z0-9-]{0,76}:[^\n]{0,998}\n")
_BASE64 = re.compile(rb"(?im)^content-transfer-encoding:[ \t]{0,8}base64[ \t]{0,8}\r?$")
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom [^\n]{1,998} [12]\d{3}\r?\n")
# What the standard library raises on headers that it cannot make sense of.
_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def sniff(data: bytes) -> bool:
    """Return whether this is a mail, or the headers and text of a part, in base64."""
    head = data[:_HEAD]
    if _HEADER.match(head) is None or not is_text(head[:4096]):
        return False
    return _BASE64.search(head) is not None


def read(piece: Piece, reader: Reader) -> None:
    """Read each part of the mail.

    Raises:
        SourceError: when its headers make no sense.
    """
    from email import message_from_bytes  # noqa: PLC0415 - few inputs are mails

    before, size = reader.count, 0
    try:
        mail = message_from_bytes(piece.whole)
        parts = [part for part in mail.walk() if not part.is_multipart()]
        for number, part in enumerate(parts, 1):
            size += _read_part(part, number, piece, reader, is_only=len(parts) == 1)
    except _ERRORS as error:
        raise SourceError(f"damaged mail ({error})") from error
    label = piece.origin.label
    if _NEXT_MAIL.search(piece.whole):
        reader.refuse(label, "several mails: only the first is read; try each in a file")
    reader.opened(label, f"mail of {len(parts)} parts", size, piece.depth, before=before)


def _read_part(part: Message, number: int, piece: Piece, reader: Reader, *, is_only: bool) -> int:
    """Read one part; return how many bytes it has."""
    name = part.get_filename() or f"part {number}"
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return 0
    reader.fits(len(data))
    reader.spend(len(data))
    inner = piece.inside(name, data, machine=piece.origin.inner)
    role = role_of(name)
    if role is not None:
        reader.evidence(role[0], inner.origin, data)
    else:
        reader.descend(inner._replace(casually=not is_only and not claims_table(name)))
    return len(data)
