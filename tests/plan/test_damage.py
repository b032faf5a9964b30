"""A malformed table is named among what was assumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.machine import load
from srat_tool.api.planning import plan
from srat_tool.plan.damage import damage
from srat_tool.tables.defect import Defect, DefectKind

FIXTURES = Path(__file__).parents[2] / "fixtures/bin"
CUT = Defect(DefectKind.PAST_END, 0x68, "structure runs past the end")


def test_a_whole_table_is_not_assumed() -> None:
    """Types that ACPI got later, longer structures and padding are no damage: Linux skips them."""
    later = Defect(DefectKind.UNKNOWN_TYPE, 0x40, "structure of type 99")
    padding = Defect(DefectKind.TRAILING_BYTES, 0x80, "2 bytes follow")
    assert damage("SRAT", ()) is None
    assert damage("SRAT", (later, padding)) is None
    assert damage("SRAT", (later, CUT)) is not None


def test_the_first_place_is_named() -> None:
    """And places are counted where there are several."""
    said = str(damage("SLIT", (CUT,)))
    assert said == (
        "SLIT as far as it can be read (malformed at +0x0068: structure runs past the end)"
    )
    assert "malformed in 2 places, the first at +0x0068: " in str(damage("SLIT", (CUT, CUT)))


@pytest.mark.parametrize(
    ("name", "table"),
    [("cut-in-entry", "SRAT"), ("bad-checksum", "SRAT"), ("slit-too-short", "SLIT")],
)
def test_a_plan_has_it(name: str, table: str) -> None:
    """Every answer that is made from such a table: `assumed_sentences` is in all of them."""
    made = plan(load(FIXTURES / name))
    assert [one.what for one in made.damage] == [table]
    assert any("as far as it can be read" in one for one in made.assumed_sentences)
