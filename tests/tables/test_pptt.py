"""What PPTT structures declare."""

from __future__ import annotations

from srat_tool.tables.pptt import Cache


def test_cache_attributes() -> None:
    """Type and write policy share a byte with the allocation."""
    cache = Cache(0, 1, 24, 0, 0x7F, 0, 0, 0, 8, 0b11010, 64)
    assert (cache.cache_type, cache.write_policy) == (2, 1)
