"""What rules know of an NFIT."""

from __future__ import annotations

from srat_tool.base.span import Span
from tests.lint.lab import machine, table_spec


def test_ranges_have_addresses() -> None:
    """Whole ranges, half open."""
    view = machine(table_spec("nfit", "range 3 base_address=4G range_length=1G flags=2")).nfit
    assert view is not None
    (entry,) = view.ranges
    assert view.span(entry) == Span(4 << 30, 5 << 30)
    assert entry.domain == 3
