"""The page of a fleet as a document."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from srat_tool.fleet.html_page import anchor, html_page, list_html, section, table_html


def test_it_allows_its_own_style_and_nothing_else() -> None:
    """The policy has the hash of the style sheet."""
    page = "".join(html_page("<x>", [section("A", "b")], []))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "<script" not in page
    assert "&lt;x&gt;" in page
    assert "<x>" not in page


def test_pieces_are_escaped() -> None:
    """Sentences are data; cells of a table are HTML."""
    assert list_html(["<b>\x1b"]) == "<ul><li>&lt;b&gt;\\x1b</li></ul>"
    assert list_html([]) == ""
    assert '<th scope="col">a&amp;b</th>' in table_html(["a&b"], [["<i>x</i>"]])


def test_anchors_are_short_and_the_same() -> None:
    """One for each judgement."""
    assert anchor("f" * 64) == "m-" + "f" * 32
    assert anchor(None) == anchor("") == "m-none"
