"""Tables, from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.tables import build, edit, extract, inspect
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.sources.examples import find_example
from srat_tool.sources.found import NoTableError
from tests.support import ROOT

SPEC = find_example("two-sockets-removable-riser")
FOLDER = ROOT / "fixtures/bin/two-sockets-removable-riser"


def test_tables_of_a_spec_are_those_of_its_folder() -> None:
    """Byte for byte; a parsed spec does as well."""
    built = {raw.signature: raw.data for raw in build(SPEC)}
    assert built == {raw.signature: raw.data for raw in extract(FOLDER).tables}
    parsed = build(parse_spec(SPEC.read_text(), "here"))
    assert {raw.signature: raw.data for raw in parsed} == built


def test_inspection_has_each_table_decoded() -> None:
    """In input order; it can be iterated."""
    inspection = inspect([FOLDER])
    assert len(inspection) == 2
    assert {one.raw.signature for one in inspection} == {b"SRAT", b"SLIT"}
    assert repr(inspection).startswith("<Inspection: <RawTable S")


def test_an_edited_table_can_be_edited_again() -> None:
    """Bytes in memory do as well as a path."""
    once = edit(FOLDER / "SRAT.bin", clear_hotplug=["1"])
    assert once.data != (FOLDER / "SRAT.bin").read_bytes()
    assert edit(once, set_hotplug=["1"]).data == (FOLDER / "SRAT.bin").read_bytes()


def test_one_table_is_edited(tmp_path: Path) -> None:
    """Which one would be a guess."""
    with pytest.raises(SratToolError, match="not one table"):
        edit(FOLDER)
    with pytest.raises(NoTableError):
        extract(tmp_path)
