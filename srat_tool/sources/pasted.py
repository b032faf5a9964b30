"""Text as mails, web pages and editors alter it: quoting marks, wide blanks, UTF-16.

What is left after that is read as any other input, whatever its kind.
"""

from __future__ import annotations

import codecs
import re

from srat_tool.base.text import wide_encoding
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import Piece, Reader

_HEAD = 1 << 16
_UTF8 = codecs.BOM_UTF8
_WIDE_BLANK = "\u00a0".encode()
_COLOUR = re.compile(rb"\x1b\[[0-9;?]{0,16}[A-Za-z]")
# `>` and `|` quote, with a writer's initials in front at times; `#`, `*`, `;` and `//` comment;
# `+` and `-` are those of a patch.
_QUOTED = re.compile(rb"^[ \t]{0,16}(?:[A-Za-z]{0,4}>|[|#*;+-]|//)[ \t>|]{0,32}", re.MULTILINE)
# Only where a row of a dump or a field of a listing follows are they taken off: a kernel log, for
# one, is read with its quoting marks.
_MARKED = re.compile(
    _QUOTED.pattern + rb"(?:[A-Z][A-Z0-9_!$@ ]{2,7}? @ 0x[0-9A-Fa-f]|[0-9A-Fa-f]{4,16}:? {1,2}"
    rb"[0-9A-Fa-f]{2} ?[0-9A-Fa-f]{2}|\[[0-9A-Fa-f]{3,8}h? [^\]\n]{1,16}\] *[A-Z]"
    rb"|(?:\[\d{3,4}\] *)?(?:Signature|(?:Subtable|Structure) Type) : )",
    re.MULTILINE,
)


def sniff(data: bytes) -> bool:
    """Return whether the text has to be cleaned before its kind can be known."""
    head = data[:_HEAD]
    if head[:3] == _UTF8 or (wide_encoding(head) is not None and b"\0" in head[2:8]):
        return True
    if not is_text(head):
        return False
    if _has_old_ends(head):
        return True
    return b"\x1b[" in head or _WIDE_BLANK in head or _MARKED.search(head) is not None


def _has_old_ends(text: bytes) -> bool:
    """Return whether lines end in CR alone, as old editors and some terminals store them."""
    return text.count(b"\r") > 1 and b"\n" not in text


def read(piece: Piece, reader: Reader) -> None:
    """Read the text as it was before it was quoted."""
    reader.descend(piece._replace(data=_cleaned(piece.whole)))


def _cleaned(data: bytes) -> bytes:
    encoding = wide_encoding(data)
    if encoding is not None:
        data = data.decode(encoding, "replace").encode("utf-8", "replace")
    if _has_old_ends(data):
        data = data.replace(b"\r", b"\n")
    data = _COLOUR.sub(b"", data.removeprefix(_UTF8).replace(_WIDE_BLANK, b" "))
    return _QUOTED.sub(b"", data) if _MARKED.search(data[:_HEAD]) else data
