"""Both directions of one kind of table."""

from __future__ import annotations

from srat_tool.grammar.families import walked_table
from srat_tool.grammar.registry import CODECS
from srat_tool.tables.kinds import PPTT
from srat_tool.tables.pptt import Pptt
from tests.support import table_bytes


def test_both_directions() -> None:
    """What a walked table's codec decodes, it writes back."""
    codec = CODECS[b"PPTT"]
    data = table_bytes(b"PPTT", bytes([0, 20]) + bytes(18))
    assert codec.encode(codec.decode(data).table) == data
    assert codec.table is Pptt
    assert codec.family is walked_table(PPTT).family
