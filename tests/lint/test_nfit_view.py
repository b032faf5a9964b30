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


def test_references_lead_to_indices() -> None:
    """A region mapping names a range, a control region and an interleave structure."""
    mapping = "00" * 8 + "0100" + "0700" + "00" * 24 + "0300" + "00" * 6
    nfit = machine(f"[nfit]\nentries = '''\nraw 1 {mapping}\nraw 4 0700{'00' * 26}\n'''\n").nfit
    assert nfit is not None
    assert [(one.what, one.number) for one in nfit.references] == [
        ("range", 1),
        ("control region", 7),
        ("interleave", 3),
    ]
    assert nfit.indices == {0: set(), 2: set(), 4: {7}}
