"""No input becomes markup of a page or a picture, whatever its names, fields and lines contain."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from srat_tool.cli.main import run
from tests.support import ROOT, table_bytes

FEW = settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
MARK = "injected"
"""The name of every element, attribute and script that an input tries to get into a page."""
_PIECES = (
    f"<{MARK}>",
    f"</script><script>{MARK}</script>",
    f"</title></style></pre></table></svg></text><{MARK}>",
    f'" {MARK}="1" x="',
    f"' {MARK}='1' x='",
    f"><img {MARK} src=x>",
    f"<!--<script>{MARK}",
    f"-->]]><{MARK}/>",
    f"javascript:{MARK}",
    f"&lt;{MARK}&gt;&#60;{MARK}&#62;",
    "\x1b[31m",
    "\x00\x08\ufffe",
    "\u2028\u202e",
    "`${" + MARK + "}",
    "\r\n",
    "]]>",
)
HOSTILE = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map("".join)
WORST = "".join(_PIECES)

RISER = ROOT / "fixtures/bin/two-sockets-removable-riser"
LOG = ROOT / "fixtures/boots/all-hotpluggable/6.12.96+deb13-cloud-amd64.log"
PAGES: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "SRAT"),
    "events": ("plan", "SRAT", "--add", "offline:36G+2G"),
    "compare": ("plan", "SRAT", "--compare"),
    "blocks": ("plan", "SRAT", "--blocks"),
    "explain": ("plan", "SRAT", "--explain=node1"),
    "series": ("plan", "SRAT", "--movablecore=acpi", "--explain"),
    "log": ("plan", "--boot-log", "LOG"),
    "why": ("why", "node1", "SRAT"),
    "advise": ("advise", "SRAT"),
    "dimm": ("advise", "SRAT", "--dimm", "1G,pxm=1"),
    "diff": ("diff", "SRAT", "OTHER"),
    "inspect": ("inspect", "SRAT", "OTHER"),
    "lint": ("lint", "SRAT", "OTHER"),
    "verdicts": ("lint", "--verdicts", "SRAT", "OTHER"),
    "verify": ("verify", "LOG"),
    "kernels": ("kernels", "--kernel", "RELEASE"),
    "report": ("report", "FOLDER"),
    "fleet": ("fleet", "FOLDER"),
}
_UNDRAWN = frozenset(("inspect", "lint", "verdicts", "report", "fleet"))
_DRAWN = tuple(name for name in PAGES if name not in _UNDRAWN)


class _Shape(HTMLParser):
    """The elements of a page, with what is wrong about them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.scripts = 0
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag or tag in {"img", "iframe", "object", "embed", "base", "form"}:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            bad = name.startswith("on") or MARK in name or name == "srcdoc"
            link = name in {"href", "src", "action"} and "script:" in (value or "").lower()
            if bad or link:
                self.wrong.append(f"<{tag} {name}={value}>")
        self.scripts += tag == "script"
        self._script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.wrong.append(f"comment {data[:60]}")

    def handle_data(self, data: str) -> None:
        if self._script and any(one in data for one in (f"<{MARK}", "<!--", "</")):
            self.wrong.append(f"script {data[:60]}")


def _shape(page: str) -> _Shape:
    shape = _Shape()
    shape.feed(page)
    shape.close()
    return shape


def _inputs(folder: Path, words: str) -> dict[str, str]:
    """Write a table, another one, and a log with hostile words wherever words can be."""
    name = "".join(one for one in words if one not in "/\0").encode()[:120].decode(errors="ignore")
    place = folder / f"{name}x"
    place.mkdir()
    ids = words.encode("ascii", "ignore").ljust(14, b"<")[:14]
    table = bytearray((RISER / "SRAT.bin").read_bytes())
    table[10:24] = ids
    (place / "SRAT").write_bytes(bytes(table))
    raw = words.encode(errors="replace")
    handles = b"".join(
        bytes((5, 32, 0, kind, 0, 0, 0, 0)) + raw.ljust(16)[:16] + bytes((1, 0, 0, 0, 0, 0, 0, 0))
        for kind in (0, 1, 7)
    )
    other = table_bytes(b"SRAT", bytes((1, 0, 0, 0)) + bytes(8) + handles, revision=3)
    (place / "OTHER").write_bytes(bytes(table[:48]) + other[48:] + raw)
    line = words.replace("\n", " ").replace("\r", " ")
    text = LOG.read_text().replace("Command line: ", f"Command line: x={line} ", 1)
    (place / "LOG").write_text(f"{text}\n[    0.000000] {line}\n", errors="replace")
    return {
        "RELEASE": f"6.1.0-{line}",
        "FOLDER": str(place),
        **{word: str(place / word) for word in ("SRAT", "OTHER", "LOG")},
    }


def _written(name: str, form: str, words: str) -> str:
    with TemporaryDirectory() as folder:
        there = _inputs(Path(folder), words)
        page = Path(folder) / f"page.{form}"
        command = [there.get(word, word) for word in PAGES[name]]
        command += [] if name in {"report", "fleet"} else ["--format", form]
        status = run([*command, "-o", str(page)])
        assert status in {0, 1, 2}
        return page.read_text() if page.exists() else ""


@pytest.fixture(scope="module", params=PAGES)
def form(request: pytest.FixtureRequest) -> tuple[str, int]:
    """Return a form of page, and how many scripts it has."""
    plain = _written(request.param, "html", "plain")
    assert plain
    return request.param, _shape(plain).scripts


@FEW
@given(words=HOSTILE)
@example(words=WORST)
def test_nothing_becomes_markup_of_a_page(form: tuple[str, int], words: str) -> None:
    """No element, attribute, comment or script comes from an input, and every script is ours."""
    name, scripts = form
    page = _written(name, "html", words)
    if page:  # else the command failed, in one line
        found = _shape(page)
        assert found.wrong == []
        assert found.scripts == scripts


@pytest.mark.parametrize("name", _DRAWN)
@FEW
@given(words=HOSTILE)
@example(words=WORST)
def test_nothing_becomes_markup_of_a_picture(name: str, words: str) -> None:
    """A picture is well-formed XML without script, link or element of an input."""
    picture = _written(name, "svg", words)
    if picture:
        for element in ET.fromstring(picture).iter():  # noqa: S314 - it is ours
            tag = element.tag.rpartition("}")[2]
            assert tag in {"svg", "title", "style", "rect", "text", "path", "g", "line", "tspan"}
            assert not any(MARK in name or name.startswith("on") for name in element.attrib)
