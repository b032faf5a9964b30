"""The SVG picture: well formed, on the grid, safe."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from srat_tool.render.paper.as_svg import CELL_WIDTH, PADDING, as_svg
from srat_tool.render.paper.console import Paper, sentence, styled
from srat_tool.render.plan.plan import plan_lines
from tests.render.samples import SAMPLES

SVG = "{http://www.w3.org/2000/svg}"


def _read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture


@pytest.mark.parametrize("name", SAMPLES)
def test_pictures_are_well_formed(name: str) -> None:
    """An XML parser reads them, and every word of the page is in them."""
    lines = plan_lines(SAMPLES[name](), Paper(color="truecolor"))
    tree = _read(as_svg(lines, name))
    words = "".join(text.text or "" for text in tree.iter(f"{SVG}text"))
    assert words.replace(" ", "") == "".join(line.plain for line in lines).replace(" ", "")


def test_words_stand_on_the_grid() -> None:
    """A word after blanks starts at its own column, whatever a renderer does with blanks."""
    tree = _read(as_svg([styled("a    b c")], ""))
    places = [(t.text, t.get("x"), t.get("textLength")) for t in tree.iter(f"{SVG}text")]
    column = f"{PADDING + 5 * CELL_WIDTH:g}"
    assert places == [("a", "16", "8.4"), ("b c", column, "25.2")]


def test_nothing_is_loaded_and_ligatures_are_off() -> None:
    """No font from a network, `0x` stays two characters."""
    svg = as_svg([styled("0x10 != 0x20")], "title")
    assert "font-variant-ligatures: none" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_hostile_text_stays_text() -> None:
    """Tags and entities are escaped, in the title too."""
    svg = as_svg([sentence("<script>&lt;", ("</text>", "red"))], "</title><script>\x1b")
    tree = _read(svg)
    assert [t.text for t in tree.iter(f"{SVG}text")] == ["<script>&lt;", "</text>"]
    assert tree.findtext(f"{SVG}title") == "</title><script>\\x1b"


def test_an_empty_page_is_a_picture() -> None:
    """Of nothing."""
    _read(as_svg([], ""))
