"""Pages of answers in a real browser: they fit, are accessible, and run no injected code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.browser.accessibility import needs_axe, serious
from tests.browser.chromium import Tab, browser, needs_chromium
from tests.support import ROOT

pytestmark = needs_chromium

RISER, CXL = "example:two-sockets-removable-riser", "example:cxl-window"
LOG = ROOT / "fixtures/boots/all-hotpluggable/6.12.96+deb13-cloud-amd64.log"
PAGES: dict[str, tuple[str, ...]] = {
    "verify": ("verify", str(LOG)),
    "advise": ("advise", RISER),
    "kernels": ("kernels", "--kernel", "6.1"),
    "why": ("why", "node1", RISER),
    "compare": ("plan", RISER, "--compare"),
    "blocks": ("plan", RISER, "--blocks"),
    "diff": ("diff", RISER, CXL),
    "explain": ("plan", RISER, "--explain"),
    "verdicts": ("lint", "--verdicts", str(ROOT / "fixtures/bin/overlap-two-domains")),
    "plan": ("plan", CXL),
    "lint": ("lint", str(ROOT / "fixtures/bin/slit-bad-diagonal")),
    "inspect": ("inspect", CXL),
}
HOSTILE = "<img src=x onerror=alert(1)><b id=injected>"


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """Return one page of one browser, for all tests here."""
    with browser() as tab:
        yield tab


def _open(tab: Tab, folder: Path, words: tuple[str, ...]) -> None:
    page = folder / "page.html"
    assert run([*words, "--format", "html", "-o", str(page)]) in {0, 1}
    tab.complaints.clear()
    tab.requests.clear()
    tab.open(page.as_uri())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
@needs_axe
def test_nothing_serious_for_accessibility(
    tab: Tab, tmp_path: Path, name: str, *, dark: bool
) -> None:
    """Contrast, names, order and keyboard, in both colour schemes."""
    tab.size(1100, 900, dark=dark)
    _open(tab, tmp_path, PAGES[name])
    assert serious(tab) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_narrow_and_wide_screens(tab: Tab, tmp_path: Path, name: str) -> None:
    """Nothing reaches beyond the screen, and no sentence has to be scrolled on a narrow one."""
    _open(tab, tmp_path, PAGES[name])
    for width in (400, 1600):
        tab.size(width, 900)
        assert tab.run("document.documentElement.scrollWidth <= window.innerWidth")
    tab.size(400, 900)
    texts = "[...document.querySelectorAll('pre.text')]"
    assert tab.run(f"{texts}.every((one) => one.scrollWidth <= one.clientWidth)")
    assert tab.complaints == []
    assert [url for url in tab.requests if not url.startswith("data:")][1:] == []


@pytest.mark.parametrize("name", ["verify", "advise", "why", "compare", "diff", "verdicts", "plan"])
def test_a_hostile_input_becomes_no_markup(tab: Tab, tmp_path: Path, name: str) -> None:
    """Tables, logs and their names are text on every page."""
    folder = tmp_path / HOSTILE.replace("/", "")
    folder.mkdir()
    table = bytearray((ROOT / "fixtures/bin/two-sockets-removable-riser/SRAT.bin").read_bytes())
    table[10:24] = b"<b id=injected"
    (folder / "SRAT.bin").write_bytes(bytes(table))
    log = folder / "a.log"
    log.write_text(
        LOG.read_text().replace("Command line: ", f"Command line: x={HOSTILE} ", 1) + HOSTILE
    )
    words = [
        str(log if name == "verify" else folder / "SRAT.bin")
        if Path(word).is_absolute() or word == RISER
        else word
        for word in PAGES[name]
    ]
    _open(tab, tmp_path, tuple(words))
    assert tab.run("document.querySelectorAll('#injected, img').length") == 0
    assert tab.complaints == []
