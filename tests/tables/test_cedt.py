"""What CEDT structures declare."""

from __future__ import annotations

import pytest

from srat_tool.tables.cedt import Cfmws


@pytest.mark.parametrize(("code", "ways"), [(0, 1), (4, 16), (8, 3), (10, 12), (5, None)])
def test_ways(code: int, ways: int | None) -> None:
    """Powers of two, then multiples of three; all else is reserved."""
    assert Cfmws(0, 1, 0, 40, 0, 0, 0, code, 0, 0, 0, 0, 0).ways == ways


def test_granularity() -> None:
    """256 bytes doubled up to six times."""
    window = Cfmws(0, 1, 0, 40, 0, 0, 0, 0, 0, 0, 6, 0, 0)
    assert window.granularity_bytes == 16384
    assert window._replace(granularity=7).granularity_bytes is None
