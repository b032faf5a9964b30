"""All thirteen patches, in boot order, with numbers of the machine."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.base.units import GIB
from srat_tool.plan.series2013.walk import walk_series
from tests.machines import mem, srat
from tests.plan.series import series_machine


def test_every_patch_is_visible() -> None:
    """Thirteen numbers, each at least once, the switch first and the documentation last."""
    sections = walk_series(series_machine()).sections
    patches = [patch for section in sections for patch in section.patches]
    assert set(patches) == set(range(1, 14))
    assert (patches[0], patches[-1]) == (3, 13)


def test_a_panic_ends_the_walk() -> None:
    """Later steps are not shown, the last message is."""
    table = srat(mem(0, 0, 14 * GIB, hot=True))
    sections = walk_series(series_machine(table, profile="acpi2013-v2-posted")).sections
    assert "Failed to allocate" in sections[-2].points[0]
    assert 11 not in {patch for section in sections for patch in section.patches}


def test_only_a_kernel_with_the_series_can_be_walked_through() -> None:
    """The error names the option that selects one."""
    with pytest.raises(BootOptionError, match="--movablecore=acpi"):
        walk_series(series_machine(profile="6.1"))


def test_a_rejected_table_is_walked_through_as_well() -> None:
    """Every step describes what it does on one faked node."""
    table = srat(mem(0, 0, 8 * GIB), mem(1, 6 * GIB, 14 * GIB, hot=True))
    assert len(walk_series(series_machine(table)).sections) >= 12
