"""Sections are values that compare."""

from srat_tool.plan.series2013.section import Section


def test_a_section_needs_only_its_title() -> None:
    """Sentences, rows and quoted lines are empty until there are some."""
    assert Section((3,), "switch") == Section((3,), "switch", (), (), (), ())
