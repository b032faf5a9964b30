"""Defects: values with a place and a kind."""

from __future__ import annotations

import pytest

from srat_tool.tables.defect import Decoded, Defect, DefectKind


def test_a_decoded_table_is_sound_by_default() -> None:
    """No defect unless one is stated."""
    assert Decoded(table=1).defects == ()


def test_defects_are_values() -> None:
    """Equal facts are equal defects, and none can be changed."""
    defect = Defect(kind=DefectKind.ZERO_LENGTH, offset=48, message="m")
    assert defect == Defect(kind=DefectKind.ZERO_LENGTH, offset=48, message="m")
    with pytest.raises(AttributeError):
        defect.offset = 0  # type: ignore[misc]
