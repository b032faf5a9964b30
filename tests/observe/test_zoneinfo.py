"""`/proc/zoneinfo` of old and new kernels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.errors import SourceError
from srat_tool.observe.zoneinfo import ZoneInfo, parse_zoneinfo

TEXT = """\
Node 0, zone      DMA
  per-node stats
      nr_inactive_anon 0
  pages free     3840
        min      67
        spanned  4095
        present  3998
        managed  3840
        cma      0
        protection: (0, 2911, 15881, 15881, 15881)
  node_unreclaimable:  0
  start_pfn:           1
Node 1, zone  Movable
  pages free     0
        spanned  0
        present  0
"""


def test_zones() -> None:
    """Spanned, present, managed and the start; what is not printed is None."""
    assert parse_zoneinfo(TEXT) == (
        ZoneInfo(0, "DMA", 4095, 3998, 3840, 1),
        ZoneInfo(1, "Movable", 0, 0, None, None),
    )


def test_no_zone_is_an_error() -> None:
    """A file of another kind is refused."""
    with pytest.raises(SourceError, match="no zone found"):
        parse_zoneinfo("hello\n")


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.integers(0, len(TEXT)), st.text(max_size=20))
def test_damaged_text(at: int, rubbish: str) -> None:
    """Rubbish is left out or is the one error."""
    try:
        parse_zoneinfo(TEXT[:at] + rubbish + TEXT[at:])
    except SourceError:
        assert at <= len("Node 0, zone      DMA")
