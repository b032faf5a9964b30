"""The HTML page: complete, with colours, safe."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from rich.text import Text

from srat_tool.render.paper.as_html import as_html
from srat_tool.render.paper.console import Paper, paint, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import GOOD
from srat_tool.render.plan.plan import plan_lines
from tests.render.samples import SAMPLES


class _Pre(HTMLParser):
    """Collects the text of the one `pre` element."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.inside, self.tags = "", False, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside = self.inside or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


def _read(html: str) -> _Pre:
    reader = _Pre()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_holds_the_text(name: str) -> None:
    """Every line as it would be in a terminal."""
    lines = plan_lines(SAMPLES[name](), Paper(color="truecolor"))
    text = [line.rstrip() for line in _read(as_html(lines, name)).text.splitlines()]
    assert text == paint(lines, Paper()).splitlines()


def test_tables_stay_tables() -> None:
    """With heads that belong to columns, numbers at the right, and colours; text is between."""
    paper = Paper(keeps_tables=True)
    rows: list[list[str | Text]] = [["1", "<b>", styled("yes", GOOD)], ["12", "b", "no"]]
    lines = [
        styled("before"),
        *table(("node", "", "it is"), rows, paper, right=(0,)),
        styled("after"),
    ]
    html = as_html(lines, "title")
    head = '<th scope="col" class="n">node</th><td></td><th scope="col">it is</th>'
    assert f"<thead><tr>{head}</tr></thead>" in html
    assert '<td class="n">1</td><td>&lt;b&gt;</td><td><' in html
    assert html.count('<pre class="text"') == 2
    plain = as_html(table((), rows, paper), "title")
    assert "<thead>" not in plain
    assert "<pre" not in plain


def test_hostile_text_stays_text() -> None:
    """Tags are escaped."""
    page = _read(as_html([sentence("<script>alert()</script></pre>")], "</title><script>"))
    assert page.text == "<script>alert()</script></pre>"
    assert "script" not in page.tags


def test_nothing_is_loaded() -> None:
    """No link, no font, no picture from elsewhere; ligatures off."""
    html = as_html([sentence("0x10")], "title")
    assert not re.search("https?:", html)
    assert "default-src 'none'" in html
    assert "font-variant-ligatures: none" in html
