"""The page around the parts of a fleet's report, and the pieces that they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from srat_tool.base.text import printable
from srat_tool.render.report.page import allowed
from srat_tool.version import __version__

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 80rem; padding: 0 1rem 4rem; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; }
th { font-weight: 600; border-bottom: 1px solid GrayText; }
summary { cursor: pointer; padding: .2rem 0; }
details details, details table, details ul { margin-left: 1rem; }
article { border-left: 3px solid GrayText; padding-left: .8rem; margin: 1rem 0; }
article h3, .machine h3 { margin: 0; font: 600 14px/1.6 ui-monospace, monospace; }
.machine { display: none; border: 1px solid GrayText; padding: .5rem 1rem; margin: 1rem 0; }
.machine:target { display: block; }
td, li { overflow-wrap: anywhere; }
"""


def html_page(title: str, sections: Sequence[str], machines: Iterable[str]) -> Iterator[str]:
    """Yield a whole document in pieces.

    Args:
        title: what it is about, unescaped.
        sections: made by `section`.
        machines: parts, of which only the one that was clicked on is visible.
    """
    policy = f"default-src 'none'; style-src {allowed(_STYLE)}; base-uri 'none'; form-action 'none'"
    heading = escape(printable(title))
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{heading}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{heading}</h1></header>\n<main>\n"
    )
    # The part that was clicked on comes first, where the eye is.
    yield '<section aria-label="Machines">\n'
    yield from machines
    yield "</section>\n"
    yield from sections
    yield f"</main>\n<footer><p>srattool {__version__}</p></footer>\n</body>\n</html>\n"


def section(title: str, body: str) -> str:
    """Return a section; `body` is HTML."""
    return f"<section><h2>{escape(title)}</h2>{body}</section>\n"


def table_html(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are HTML."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def list_html(sentences: Iterable[str]) -> str:
    """Return sentences as a list; they are escaped here."""
    items = "".join(f"<li>{escape(printable(sentence))}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def anchor(judgement: str | None) -> str:
    """Return the name of the part that shows a judgement."""
    return f"m-{(judgement or 'none')[:32]}"
