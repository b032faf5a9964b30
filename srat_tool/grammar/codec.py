"""Both directions of one kind of table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family
from srat_tool.tables.defect import Decoded


class Codec(NamedTuple):
    """Both directions of one kind of table.

    Attributes:
        table: the class of the decoded table.
        decode: bytes to table; never raises.
        encode: table to bytes.
        fixed: the fields right after the common header.
        family: the structures after those, where there are any.
    """

    table: type[Any]
    decode: Callable[[bytes], Decoded[Any]]
    encode: Callable[[Any], bytes]
    fixed: Layout[Any] | None = None
    family: Family | None = None
