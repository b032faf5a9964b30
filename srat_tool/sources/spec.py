"""Machines described in TOML: no tables yet, but what they are built from.

Rooms above know what a spec means; here it is only distinguished from other texts.
"""

from __future__ import annotations

import re

from srat_tool.sources.found import Role
from srat_tool.sources.reader import Piece, Reader
from srat_tool.tables.kinds import KINDS

SECTIONS = ("machine", "memory", *(kind.module for kind in KINDS), "table")
_HEAD = 1 << 16
_NAMES = "|".join(SECTIONS).encode()
_SECTION = re.compile(rb"^[ \t]*\[{1,2}(?:%s)\]{1,2}[ \t\r]*(?:#.*)?$" % _NAMES, re.MULTILINE)
# The first line that is not blank or a comment: a page about specs begins with prose.
_PROSE = re.compile(
    rb"(?:\xef\xbb\xbf)?+(?:[ \t\r]*(?:#[^\n]*)?\n)*+[ \t]*(?=[^\s#])(?!\[|[\w.\"'-]+[ \t]*=)"
)


def sniff(data: bytes) -> bool:
    """Return whether this is text with a section that only a spec has."""
    head = data[:_HEAD]
    if b"\0" in head or _SECTION.search(head) is None:
        return False
    return _PROSE.match(head) is None


def read(piece: Piece, reader: Reader) -> None:
    """Keep the spec as evidence; `build` makes tables of it."""
    reader.evidence(Role.SPEC, piece.origin, piece.whole)
