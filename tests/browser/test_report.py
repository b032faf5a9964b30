"""The report in a real browser: drawing, pointer and keyboard, no injected code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from srat_tool.api.report import report
from srat_tool.api.shown import to_text
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.plan.plan import Assumption, HotRange
from srat_tool.render.report.value import MachineReport
from tests.browser.accessibility import needs_axe, serious
from tests.browser.chromium import Tab, browser, needs_chromium
from tests.browser.machines import big_machine

pytestmark = needs_chromium

HOSTILE = "</script><img src=x onerror=alert(1)><b id=injected>"


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """Return one page of one browser, for all tests here."""
    with browser() as tab:
        tab.size(1280, 900)
        yield tab


def _open(tab: Tab, folder: Path, answer: MachineReport) -> None:
    file = folder / "report.html"
    file.write_text(to_text(answer, "html"))
    tab.complaints.clear()
    tab.requests.clear()
    tab.open_file(file)


@pytest.mark.parametrize(
    ("name", "dark"),
    [("cxl-window", False), ("32-nodes", True), ("cut-in-entry", False), ("empty-table", False)],
)
def test_every_section_is_drawn_without_a_complaint(
    tab: Tab, tmp_path: Path, name: str, *, dark: bool
) -> None:
    """No error, nothing blocked by the policy, nothing asked for but the page itself."""
    tab.size(1280, 900, dark=dark)
    _open(tab, tmp_path, report(f"fixtures/bin/{name}"))
    tab.run("window.dispatchEvent(new Event('beforeprint'))")
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    tab.wait("[...document.querySelectorAll('.fields')].every((one) => one.childElementCount)")
    assert tab.complaints == []
    assert len([url for url in tab.requests if not url.startswith("data:")]) == 1
    assert tab.run("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_pointer_shows_address_entry_and_rule(tab: Tab, tmp_path: Path) -> None:
    """A piece of memory under the pointer names its addresses, SRAT entry, offset and verdict."""
    _open(tab, tmp_path, report("example:two-sockets-removable-riser"))
    tab.run("document.getElementById('layout').scrollIntoView()")
    tab.run("new Promise((done) => setTimeout(done, 100))")
    tab.hover(".bar .piece.hot", "document.getElementById('tip').classList.contains('on')")
    text = tab.run("document.getElementById('tip').textContent")
    assert "0x840000000-0x103fffffff (32G)" in text
    assert re.search(r"SRAT entry 19 at \+0x0228, domain 1", text)
    assert "not-asked" in text or "movable" in text or "kernel" in text


def test_the_keyboard_reaches_everything(tab: Tab, tmp_path: Path) -> None:
    """Arrows move between pieces, Enter selects, plus zooms."""
    _open(tab, tmp_path, report("example:two-sockets-removable-riser"))
    tab.run("document.querySelector('.piece[tabindex=\"0\"]').focus()")
    tab.press("ArrowDown")
    tab.press("ArrowDown")
    assert "node 2" in tab.run("document.activeElement.getAttribute('aria-label')")
    tab.run("document.activeElement.click()")
    assert "0x1040000000-0x203fffffff" in tab.run("document.getElementById('chosen').textContent")
    before = tab.run("document.querySelector('.piece.chosen').getBoundingClientRect().width")
    tab.run("chart.zoom(0.5, 1)")
    after = tab.run("document.querySelector('.piece.chosen').getBoundingClientRect().width")
    assert after > before * 1.5
    tab.press("Escape")
    assert tab.run("!document.getElementById('tip').classList.contains('on')")


def test_findings_lead_to_bytes_and_bars(tab: Tab, tmp_path: Path) -> None:
    """The link of a finding marks the bytes of its field; its button selects the piece."""
    _open(tab, tmp_path, report("fixtures/bin/cxl-window"))
    found = "[...document.querySelectorAll('.finding')].find(f => /SRAT406/.test(f.textContent))"
    tab.run(f"{found}.querySelector('a').click()")
    tab.wait("document.querySelectorAll('.fields tr.hit').length === 1")
    assert "proximity_domain" in tab.run("document.querySelector('.fields tr.hit').textContent")
    tab.run(f"{found}.querySelector('button').click()")
    assert "Normal 64G" in tab.run("document.querySelector('.bar .chosen').textContent")
    assert "SRAT406" in tab.run("document.getElementById('chosen').textContent")


def test_equal_findings_are_one_box(tab: Tab, tmp_path: Path) -> None:
    """Thirty-two nodes without HMAT are one thing to read; opened, each has its place."""
    answer = report("example:32-nodes")
    assert answer.findings is not None
    _open(tab, tmp_path, answer)
    boxes = tab.run("document.querySelectorAll('.finding').length")
    rules = {finding.id for finding in answer.findings.findings}
    assert len(rules) <= boxes < len(answer.findings.findings)
    tab.run("document.querySelectorAll('.finding details').forEach(one => { one.open = true })")
    alone = "document.querySelectorAll('.finding:not(:has(details))').length"
    listed = "document.querySelectorAll('.finding li').length"
    tab.wait(f"{alone} + {listed} === {len(answer.findings.findings)}")


def test_the_bytes_are_those_of_the_table(tab: Tab, tmp_path: Path) -> None:
    """What the script unpacks is what the file holds."""
    answer = report("fixtures/bin/two-sockets-removable-riser")
    _open(tab, tmp_path, answer)
    for number, one in enumerate(answer.tables):
        hexa = tab.run(
            f"bytesOf({number}).then((bytes) => [...bytes].map((one) => "
            "one.toString(16).padStart(2, '0')).join(''))"
        )
        assert bytes.fromhex(hexa) == one.raw.data


def test_a_matrix_shows_the_distances_of_the_slit(tab: Tab, tmp_path: Path) -> None:
    """Cell by cell."""
    _open(tab, tmp_path, report("fixtures/bin/two-sockets-removable-riser"))
    tab.run("document.getElementById('distances').scrollIntoView()")
    tab.wait("document.querySelectorAll('.heat').length === 2")
    cells = tab.run("[...document.querySelectorAll('.heat td')].map((one) => one.textContent)")
    assert cells == ["10", "21", "31", "21", "10", "31", "31", "31", "10"] * 2


def test_paper_has_everything_at_once(tab: Tab, tmp_path: Path) -> None:
    """A printer does not wait: matrices are drawn, reasons open, colours light, no buttons."""
    tab.size(1280, 900, dark=True)
    _open(tab, tmp_path, report("example:cxl-window"))
    tab.run("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.run("document.querySelectorAll('.heat').length") == 4
    assert tab.run("[...document.querySelectorAll('#nodes details')].every((one) => one.open)")
    scheme = [{"name": "prefers-color-scheme", "value": "dark"}]
    tab.send("Emulation.setEmulatedMedia", media="print", features=scheme)
    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert tab.run(style.format("body", "backgroundColor")) == "rgb(255, 255, 255)"
    assert tab.run(style.format(".finding button", "display")) == "none"
    assert tab.run(style.format(".legend", "display")) == "flex"
    tab.run("window.dispatchEvent(new Event('afterprint'))")
    assert not tab.run("document.querySelector('#nodes details').open")
    tab.send("Emulation.setEmulatedMedia", media="", features=[])


def test_paper_has_every_finding(tab: Tab, tmp_path: Path) -> None:
    """Those of one rule are folded on the screen alone."""
    tab.size(1280, 900)
    _open(tab, tmp_path, report("example:32-nodes"))
    folded = "[...document.querySelectorAll('#findings details')]"
    assert tab.run(f"{folded}.length > 0 && {folded}.every((one) => !one.open)")
    tab.run("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.run(f"{folded}.every((one) => one.open && one.querySelectorAll('li').length > 1)")
    tab.run("window.dispatchEvent(new Event('afterprint'))")
    assert tab.run(f"{folded}.every((one) => !one.open)")


def test_labels_of_the_chart_are_whole(tab: Tab, tmp_path: Path) -> None:
    """A label that does not fit its piece is a shorter one, or none."""
    tab.size(1280, 900)
    for width in (500, 800, 1280):
        tab.size(width, 900)
        _open(tab, tmp_path, report("example:epyc-8-nodes"))
        cut = "[...document.querySelectorAll('.bar .piece')].filter((one) => one.textContent"
        assert tab.run(f"{cut} && one.scrollWidth > one.clientWidth + 1).length") == 0
    assert tab.run(f"{cut}).length") > 0


def test_nothing_hostile_becomes_markup(tab: Tab, tmp_path: Path) -> None:
    """Names of files, sentences of a plan and fields of a table are text, wherever they are."""
    answer = report("example:two-sockets-removable-riser")
    assert answer.plan is not None
    data = bytearray(answer.tables[0].raw.data)
    data[10:24] = b"<b id=injected"
    raw = RawTable(Origin(HOSTILE), bytes(data))
    plan = replace(
        answer.plan,
        crash=HOSTILE,
        assumptions=(Assumption(HOSTILE, HOSTILE, HOSTILE),),
        hotpluggable=(HotRange(0, 1 << 30, 0, 0, HOSTILE, HOSTILE, 0),),
    )
    tables = tuple(one._replace(raw=raw) for one in answer.tables[:1])
    _open(tab, tmp_path, replace(answer, title=HOSTILE, plan=plan, tables=tables))
    tab.run("window.dispatchEvent(new Event('beforeprint'))")
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert tab.run("document.querySelectorAll('#injected, img').length") == 0
    assert tab.run("document.querySelector('h1').textContent") == HOSTILE
    assert tab.complaints == []


@needs_axe
@pytest.mark.parametrize(
    ("name", "dark"), [("cxl-window", False), ("cxl-window", True), ("slit-bad-diagonal", False)]
)
def test_nothing_serious_for_accessibility(
    tab: Tab, tmp_path: Path, name: str, *, dark: bool
) -> None:
    """A checker of accessibility finds nothing serious or critical, contrast included."""
    tab.size(1280, 900, dark=dark)
    _open(tab, tmp_path, report(f"fixtures/bin/{name}"))
    tab.run("window.dispatchEvent(new Event('beforeprint'))")
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    tab.wait("[...document.querySelectorAll('.fields')].every((one) => one.childElementCount)")
    assert serious(tab) == []


def test_a_large_machine_is_usable_within_a_second(tab: Tab, tmp_path: Path) -> None:
    """1,024 nodes: at most 5 MiB, drawn and answering within a second; 32 nodes: 300 KiB."""
    small = to_text(report("fixtures/bin/32-nodes"), "html")
    assert len(small.encode()) <= 300 << 10
    file = tmp_path / "large.html"
    file.write_text(to_text(big_machine(1024), "html"))
    assert file.stat().st_size <= 5 << 20
    tab.open("about:blank#", wait="true")
    tab.send("Performance.enable", timeDomain="threadTicks")
    tab.open_file(file)
    tab.run("chart.focus(800, 0); chart.zoom(0.5, 0.9)")
    assert "node " in tab.run("document.activeElement.getAttribute('aria-label')")
    assert tab.complaints == []
    # Time of the processor, which other programs do not lengthen: parsing, drawing and answering.
    assert tab.metric("TaskDuration") < 1
