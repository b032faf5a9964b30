"""The document: it allows its own script and style by hash, and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from srat_tool.render.report.page import page, script, style, verdict_html

HOSTILE = "</script><!--<script>alert(1)</script>"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_has_the_hashes_of_what_is_inside() -> None:
    """Script and style exactly as a browser sees them."""
    text = page("title", "", data={"x": HOSTILE})
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    (code,) = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    (rules,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src {_hash(code)};" in policy
    assert f"style-src {_hash(rules)};" in policy
    assert "unsafe" not in policy


def test_data_cannot_end_their_element() -> None:
    """No character that means something to HTML is in them."""
    text = page("title", "", data={"x": HOSTILE + "\u2028&"})
    (data,) = re.findall('id="data">(.*?)</script>', text, re.DOTALL)
    assert not set("<>&\u2028") & set(data)


def test_a_page_without_data_has_no_script() -> None:
    """And its policy allows none."""
    text = page(HOSTILE, "<p>x</p>")
    assert "<script" not in text
    assert "script-src 'none'" in text


def test_the_verdict_needs_no_script() -> None:
    """Its words are in the document, escaped."""
    text = verdict_html([["crash", HOSTILE]], [["kernel node", "node 0"]])
    assert "<script" not in text
    assert '<span class="kernel-node">kernel node:</span> node 0' in text


def test_the_script_parses_no_markup_and_asks_for_nothing() -> None:
    """Text is set as text; no request, no evaluation, no style attribute."""
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
    ):
        assert word not in script()
    assert "@import" not in style()
    assert "url(" not in style()
