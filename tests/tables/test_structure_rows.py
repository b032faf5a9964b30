"""The rows of the structures of tables."""

from __future__ import annotations

import pytest

from srat_tool.tables.kind import Kind
from srat_tool.tables.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_rows_stand_by_type(kind: Kind) -> None:
    """Ascending, no type twice, and no word twice in one table."""
    types = [row.type for row in kind.structures]
    assert types == sorted(set(types))
    assert len({row.word for row in kind.structures}) == len(types)
