"""Address ranges of the NFIT."""

from __future__ import annotations

from srat_tool.tables.nfit import SpaRange


def test_the_domain_means_something_only_when_it_is_valid() -> None:
    """Flag bit 1 declares it valid."""
    entry = SpaRange(40, 0, 56, 1, 2, 0, 3, bytes(16), 1 << 32, 1 << 30, 0)
    assert entry.domain == 3
    assert entry._replace(flags=0).domain is None
