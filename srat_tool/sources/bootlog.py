"""Kernel boot logs among the inputs: no tables, but evidence about the machine."""

from __future__ import annotations

import re

from srat_tool.base.text import wide_encoding
from srat_tool.sources.found import Role
from srat_tool.sources.place import is_boot_log
from srat_tool.sources.plain import is_text
from srat_tool.sources.reader import NothingThereError, Piece, Reader

_HEAD = 1 << 16
# The first line of a kernel, wherever it is: the files of a logger contain more than one boot.
_BANNER = rb"Linux version \d{1,2}\.\d{1,3}[^\s(]{0,100} \([^\s@]{1,80}@"
# Lines of a kernel about its memory: a log whose first lines are lost has such lines at least.
_EXCERPT = (
    rb"(?m)^[^\n]{0,100}?(?:BIOS-e820: \[mem 0x|SRAT: (?:Node|PXM) \d|Early memory node ranges"
    rb"|Zone (?:PFN )?ranges:\s|early_node_map\[\d|Initmem setup node \d|Faking a node at )"
)


def sniff(data: bytes) -> bool:
    """Return whether a kernel printed this, or a part of it."""
    encoding = wide_encoding(data)
    if encoding is not None:
        data = data[:_HEAD].decode(encoding, "replace").replace("\r\n", "\n").encode()
    if not is_text(data[:4096]):
        return False
    return _is_whole(data) or re.search(_EXCERPT, data[:_HEAD]) is not None


def read(piece: Piece, reader: Reader) -> None:
    """Keep the log as evidence; `observe` parses its text.

    Raises:
        NothingThereError: when a file that was not named contains only a part of a log: usually a
            page about one.
    """
    whole = piece.whole
    if piece.casually and not _is_whole(whole) and wide_encoding(whole) is None:
        raise NothingThereError("only a part of a kernel's log, without its first line")
    reader.evidence(Role.BOOT_LOG, piece.origin, piece.whole)


def _is_whole(data: bytes) -> bool:
    return is_boot_log(data[:_HEAD]) or re.search(_BANNER, data) is not None
