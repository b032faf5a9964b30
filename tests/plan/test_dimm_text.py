"""DIMMs as users write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.errors import SratToolError
from srat_tool.base.units import GIB
from srat_tool.plan.dimm_text import PlannedDimms, read_dimms


def test_a_size_alone_is_one_dimm() -> None:
    """Number and domain follow it, in any order."""
    assert read_dimms(["64G", "1G,pxm=2,count=4"]) == (
        PlannedDimms(64 * GIB),
        PlannedDimms(GIB, 4, 2),
    )


_WRONG = (
    *("", "0", "x", "64G,", "64G,pxm", "64G,pxm=x", "64G,pxm=1,pxm=1", "64G,count=0", "64G,a=1"),
    *("64G,count=1025", "16E,count=2", "64G,pxm=4294967296", "64G,pxm=-1"),
)


@pytest.mark.parametrize("text", _WRONG)
def test_everything_else_is_an_error(text: str) -> None:
    """It names the option."""
    with pytest.raises(SratToolError, match="--dimm"):
        read_dimms([text])


def test_values_have_the_limits_of_texts() -> None:
    """A DIMM that was read already counts like any other."""
    assert read_dimms([PlannedDimms(GIB), "1G"]) == (PlannedDimms(GIB), PlannedDimms(GIB))
    with pytest.raises(SratToolError, match="too many DIMMs"):
        read_dimms([PlannedDimms(GIB, 1024), "1G"])


@given(st.text(max_size=40))
def test_no_text_is_a_crash(text: str) -> None:
    """Each is DIMMs, or an error of this program."""
    with suppress(SratToolError):
        assert all(one.size for one in read_dimms([text]))
