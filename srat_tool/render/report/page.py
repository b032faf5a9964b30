"""The page around the data of a report: one document that loads nothing and trusts nothing.

A policy inside it allows the script and the style of this file by their hashes, and nothing else.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from srat_tool.base.text import printable
from srat_tool.base.words import plural
from srat_tool.version import __version__

SCRIPTS = ("base.js", "tables.js", "layout.js", "heat.js", "sections.js", "main.js")
UNFOLDED = 5
"""Remarks that are shown at once; more would push the layout off the screen."""
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@cache
def style() -> str:
    """Return the style sheet of every page."""
    return _data("report.css")


@cache
def script() -> str:
    """Return the script that draws the data of a report."""
    return _COMMENT.sub("", "".join(_data(name) for name in SCRIPTS))


def _data(name: str) -> str:
    return files("srat_tool").joinpath("data", "report", name).read_text("utf-8")


def allowed(text: str) -> str:
    """Return the source of a Content-Security-Policy that allows exactly this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def page(title: str, body: str, *, data: Any = None, extra_style: str = "") -> str:
    """Return a whole document.

    Args:
        title: what it is about, unescaped.
        body: HTML whose words are escaped already.
        data: values for the script; None for a page without a script.
        extra_style: rules after those of the style sheet.
    """
    rules = style() + extra_style
    code = "" if data is None else script()
    script_source = allowed(code) if code else "'none'"
    policy = (
        f"default-src 'none'; script-src {script_source}; style-src {allowed(rules)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    heading = escape(printable(title))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{heading}</title>
<style>{rules}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>{heading}</h1>
<nav aria-label="Sections"><ul id="nav"></ul></nav>
</header>
<main id="main" tabindex="-1">
{body}
</main>
{_script(code, data) if code else ""}<footer class="quiet"><p>srattool {__version__}</p></footer>
</body>
</html>
"""


def _script(code: str, data: Any) -> str:
    return (
        "<noscript><p>The rest of this report is drawn by its script, which is switched off."
        '</p></noscript>\n<div id="tip" role="tooltip"></div>\n'
        f'<script type="application/json" id="data">{_json(data)}</script>\n'
        f"<script>{code}</script>\n"
    )


def _json(data: Any) -> str:
    """Return JSON that no reader of HTML takes for a tag."""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=True)
    for character, written in _UNSAFE.items():
        text = text.replace(character, written)
    return text


def verdict_html(sentences: list[list[str]], facts: list[list[str]]) -> str:
    """Return the verdict and the remarks, which need no script.

    Args:
        sentences: topic and text of each sentence.
        facts: kind and text of each remark.
    """
    lines = [f"<p>{_topic(topic)}{escape(text)}</p>" for topic, text in sentences]
    remarks = "".join(f"<li>{_topic(kind)}{escape(text)}</li>" for kind, text in facts)
    unfolded = " open" if len(facts) <= UNFOLDED else ""
    count = plural(len(facts), "reason, assumption or remark", "reasons, assumptions and remarks")
    listed = (
        f'<details{unfolded}><summary>{count}</summary><ul class="facts">{remarks}</ul></details>'
        if remarks
        else ""
    )
    return (
        '<section id="verdict" aria-labelledby="verdict-title">'
        f'<h2 id="verdict-title">Verdict</h2>{"".join(lines)}{listed}</section>'
    )


def _topic(word: str) -> str:
    return f'<span class="{escape(word.replace(" ", "-"))}">{escape(word)}:</span> ' if word else ""
