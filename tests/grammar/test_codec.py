"""Both directions of one kind of table."""

from __future__ import annotations

from srat_tool.grammar.codec import walked_codec
from srat_tool.grammar.pptt import PPTT
from srat_tool.tables.pptt import Pptt
from tests.support import table_bytes


def test_both_directions() -> None:
    """What a walked table's codec decodes, it writes back."""
    codec = walked_codec(Pptt, PPTT)
    data = table_bytes(b"PPTT", bytes([0, 20]) + bytes(18))
    assert codec.encode(codec.decode(data).table) == data
    assert codec.table is Pptt
    assert codec.family is PPTT.family
