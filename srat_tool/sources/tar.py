"""tar archives (ustar, GNU, pax), read forwards only, without memory for each header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from srat_tool.base.errors import SourceError
from srat_tool.base.numerals import whole
from srat_tool.sources.filebytes import Buffer
from srat_tool.sources.member import SPARSE, Member, Stream

BLOCK = 512
_LONGEST_NAME = 1 << 16
_REGULAR = {b"0", b"\0", b"7"}
_LINKS = {b"1", b"2"}
_OTHER = {
    b"1": "a link",
    b"2": "a link",
    b"3": "a character device",
    b"4": "a block device",
    b"6": "a FIFO",
    b"S": SPARSE,
}
_PAX = re.compile(rb"(\d{1,9}) ([^=\n]{1,256})=")


def sniff(data: Buffer) -> bool:
    """Return whether the bytes begin with the header of a tar member."""
    head = data[:BLOCK]
    return len(head) == BLOCK and head[0] != 0 and _checksum_holds(head)


def _checksum_holds(head: bytes) -> bool:
    stated = _number(head[148:156])
    blank = sum(head[:148]) + 8 * 0x20 + sum(head[156:])
    return stated == blank


def _number(raw: bytes) -> int | None:
    """Return an octal field, or GNU's base 256; None when it is neither."""
    if raw[0] & 0x80:
        return int.from_bytes(raw, "big") & ((1 << (8 * len(raw) - 1)) - 1)
    digits = raw.strip(b" \0")
    if not digits:
        return 0
    try:
        return int(digits, 8)
    except ValueError:
        return None


def members(stream: Stream) -> Iterator[Member]:
    """Yield the files in order, with sparse ones, links, FIFOs and devices, whose `kind` is set.

    What a caller leaves of one is skipped.

    Raises:
        SourceError: when a header is damaged or the archive ends inside a member.
    """
    extra: dict[bytes, bytes] = {}
    while True:
        head = _header(stream)
        if not head:
            return
        size = _number(head[124:136])
        if not _checksum_holds(head) or size is None:
            raise SourceError("damaged tar header; what follows is not read")
        kind = head[156:157]
        if kind in {b"x", b"L"}:
            extra = _extra(kind, stream, size)
            continue
        size = int(extra.get(b"size", size))
        what = _OTHER.get(kind) or (SPARSE if _is_sparse(extra) else None)
        if kind == b"S":
            _skip_sparse_map(head, stream)
        name = extra.get(b"GNU.sparse.name")
        member = Member(
            _text(name) if name is not None else _name(head, extra),
            size if kind not in _LINKS else 0,
            stream,
            -size % BLOCK if kind not in _LINKS else 0,
            kind=what,
            target=_target(head, extra) if kind in _LINKS else None,
        )
        extra = {} if kind not in {b"g", b"K"} else extra
        if kind in _REGULAR or what is not None:
            yield member
        if not member.skip():
            raise SourceError(f"archive ends inside {member.name}")


def _header(stream: Stream) -> bytes:
    """Return the next header; empty after the block of zeros that ends an archive.

    Raises:
        SourceError: when the archive has ended without one.
    """
    head = stream.read(BLOCK)
    if len(head) < BLOCK:
        raise SourceError("the archive ends without an end mark: more may have followed")
    return _after_end(stream) if head == bytes(BLOCK) else head


def _after_end(stream: Stream) -> bytes:
    """Return the first header of an archive that follows, as `cat A B` has them; empty for none.

    Raises:
        SourceError: when something else follows.
    """
    head = bytes(BLOCK)
    while not head.strip(b"\0\r\n"):
        head = stream.read(BLOCK)
        if not head:
            return b""
    if not sniff(head):
        raise SourceError("what follows the end mark of the archive is not read")
    return head


def _is_sparse(extra: Mapping[bytes, bytes]) -> bool:
    """Return whether a pax header declares the bytes as a map and the data between the holes."""
    return any(key.startswith(b"GNU.sparse.") for key in extra)


def _skip_sparse_map(head: bytes, stream: Stream) -> None:
    """Skip the blocks that continue the map of a GNU sparse header; its size counts none."""
    more = head[482]
    while more:
        block = stream.read(BLOCK)
        more = block[504] if len(block) == BLOCK else 0


def _target(head: bytes, extra: Mapping[bytes, bytes]) -> str:
    return _text(extra.get(b"linkpath") or head[157:257].partition(b"\0")[0])


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


def _extra(kind: bytes, stream: Stream, size: int) -> dict[bytes, bytes]:
    """Read the header of the next member that does not fit into its block."""
    member = Member("", size, stream, -size % BLOCK)
    data = member.read(_LONGEST_NAME)
    member.skip()
    if kind == b"L":
        return {b"path": data.rstrip(b"\0")}
    return _pax(data)


def _pax(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 0
    while match := _PAX.match(data, at):
        end = at + int(match[1])
        if end <= match.end():
            break
        found[match[2]] = data[match.end() : end - 1]
        at = end
    if whole(found.get(b"size", b"0")) is None:
        del found[b"size"]
    return found


def _name(head: bytes, extra: dict[bytes, bytes]) -> str:
    raw = extra.get(b"path")
    if raw is None:
        raw = head[:100].partition(b"\0")[0]
        prefix = head[345:500].partition(b"\0")[0]
        if head[257:262] == b"ustar" and head[257:265] != b"ustar  \0" and prefix:
            raw = prefix + b"/" + raw
    return _text(raw)
