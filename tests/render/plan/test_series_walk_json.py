"""The walk through the series as JSON values."""

from __future__ import annotations

from srat_tool.plan.series2013.section import Section, SeriesWalk
from srat_tool.render.plan.series_walk_json import walk_value


def test_sections_with_all_their_fields() -> None:
    """Under a schema name, in the order of the boot."""
    value = walk_value(SeriesWalk((Section((4, 5), "clean-up", ("a",)), Section((), "end"))))
    assert value["schema"] == "srattool.walk/1"
    assert [section["title"] for section in value["sections"]] == ["clean-up", "end"]
    assert value["sections"][0]["patches"] == (4, 5)
    assert value["sections"][1]["rows"] == ()
