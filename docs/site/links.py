"""The check of a built site: every link and every anchor leads somewhere, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "object": "data"}


class _Page(HTMLParser):
    """What one page offers and what it asks for.

    Attributes:
        anchors: the ids of its elements.
        links: where its links lead.
        loaded: what a browser loads to show it.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ids, links and loaded files of an element."""
        given = {name: value for name, value in attrs if value is not None}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if (source := _LOADED.get(tag)) in given:
            self.loaded.append(given[source])


def broken_links(site: Path) -> Iterator[str]:
    """Yield one line for each link that leads nowhere and each file that comes from elsewhere."""
    pages = {page: _Page(page.read_text("utf-8")) for page in sorted(site.rglob("*.html"))}
    for page, content in pages.items():
        place = page.relative_to(site)
        for link in content.loaded:
            if urlsplit(link).scheme not in {"", "data"} or link.startswith("//"):
                yield f"{place}: loads {link} from elsewhere"
        for link in dict.fromkeys([*content.links, *content.loaded]):
            if problem := _problem(page, link, pages):
                yield f"{place}: {link}: {problem}"


def _problem(page: Path, link: str, pages: dict[Path, _Page]) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.exists():
        return "no such file"
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors:
        return "no such anchor"
    return None
