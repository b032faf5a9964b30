"""Values that several JSON forms have in common."""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.render.plan.json_parts import address_value, range_value


def test_ranges_have_both_spellings() -> None:
    """A range has its two ends as numbers and as hexadecimal strings."""
    assert range_value(Span(16, 4096)) == {
        "start": 16,
        "start_hex": "0x10",
        "end": 4096,
        "end_hex": "0x1000",
    }


def test_an_open_end_is_null() -> None:
    """What has no address is None in both spellings."""
    assert address_value("start", None) == {"start": None, "start_hex": None}
