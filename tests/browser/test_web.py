"""The page that needs no installation: in a browser from a local server, and under node."""

from __future__ import annotations

import base64
import json
import lzma
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

import srat_tool
from srat_tool.authoring.acpidump import acpidump_lines
from srat_tool.authoring.volume import wrap
from srat_tool.base.rawtable import RawTable
from srat_tool.sources.examples import find_example
from tests.browser.accessibility import needs_axe, serious
from tests.browser.chromium import Tab, browser, needs_chromium
from tests.sources.test_tar import archive
from tests.support import CORPUS, ROOT, needs_corpus

BUILT = ROOT / "build/web"
BIN = ROOT / "fixtures/bin"
NODE = shutil.which("node")
_COPIED = ("page.css", "page.mjs", "run.mjs", "worker.mjs")


def _is_built() -> bool:
    """Return whether the built page is that of the sources here."""
    pairs = [(BUILT / name, ROOT / "web" / name) for name in _COPIED]
    return all(a.is_file() and a.read_bytes() == b.read_bytes() for a, b in pairs)


needs_build = pytest.mark.skipif(
    not _is_built(), reason="build/web is not there, or older than web/: make web"
)
pytestmark = needs_build


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Log nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve the built page."""
    _Silent.extensions_map[".mjs"] = "text/javascript"
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(BUILT)))
    Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def _choose(content: bytes, name: str) -> str:
    data = base64.b64encode(content).decode()
    return (
        f"(() => {{ const bytes = Uint8Array.from(atob({json.dumps(data)}), (one) => "
        "one.charCodeAt(0)); const files = new DataTransfer(); "
        f"files.items.add(new File([bytes], {json.dumps(name)})); "
        "const input = document.getElementById('files'); input.files = files.files; "
        "input.dispatchEvent(new Event('change')) })()"
    )


@pytest.fixture(scope="module")
def page(server: str) -> Iterator[Tab]:
    """Open the page once; Python is loaded then."""
    with browser() as tab:
        tab.open(f"{server}/index.html")
        tab.wait("document.getElementById('state').textContent.startsWith('Ready')")
        yield tab


def _drop(tab: Tab, data: bytes, name: str) -> str:
    """Give the page a file; return the page's message, with the report where there is one."""
    tab.run("delete document.body.dataset.answer")
    tab.run(_choose(data, name))
    tab.wait("document.body.dataset.answer !== undefined")
    said = str(tab.run("document.getElementById('state').textContent"))
    if tab.run("document.body.dataset.answer") == "page":
        page = tab.run("document.getElementById('report').srcdoc")
        return f"{said}\n{page}"
    return said


def _tables(name: str) -> tuple[RawTable, ...]:
    return srat_tool.build(find_example(name))


def _archive() -> bytes:
    """Return what a report of a whole machine has: tables, a log, other files, compressed."""
    root = "sosreport-machine-2026"
    files = {
        f"{root}/sys/firmware/acpi/tables/{table.signature.decode()}": table.data
        for table in _tables("two-sockets-removable-riser")
    }
    log = b"[    0.000000] Linux version 6.12.0 (a@b) #1 SMP\n"
    log += b"[    0.000000] Command line: root=/dev/sda movable_node\n"
    files[f"{root}/sos_commands/kernel/dmesg"] = log
    files[f"{root}/etc/hostname"] = b"machine\n"
    return lzma.compress(archive(files), preset=0)


KINDS: dict[str, Callable[[], bytes]] = {
    "SRAT.bin": (BIN / "two-sockets-removable-riser/SRAT.bin").read_bytes,
    "acpidump.txt": lambda: "\n".join(
        acpidump_lines(_tables("two-sockets-removable-riser"))
    ).encode(),
    "sosreport.tar.xz": _archive,
    "firmware.fd": lambda: wrap(
        [table.data for table in _tables("two-sockets-removable-riser")], packing="lzma"
    ),
    "machine.toml": lambda: find_example("two-sockets-removable-riser").read_bytes(),
}


@needs_chromium
@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_input_becomes_a_report(page: Tab, name: str) -> None:
    """The verdict is that of the machine, and the report works inside the page."""
    shown = _drop(page, KINDS[name](), name)
    assert "3 nodes, 1" in shown, shown[:300]
    assert page.complaints == []


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing.bin": (b"nothing", "No report"),
    "empty": (b"", "No report"),
    "bomb.xz": (lzma.compress(bytes(1 << 29), preset=0), "No report"),
    "cut.tar.xz": (_archive()[:300], "Not read: cut.tar.xz: compressed data ends too early"),
    "<img src=x onerror=alert(1)>.bin": (
        (BIN / "zero-length-entry/SRAT.bin").read_bytes(),
        "length",
    ),
}


@needs_chromium
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_an_error_or_a_report(page: Tab, name: str) -> None:
    """The page reports it, injects nothing, and takes the next file as before."""
    data, expected = HOSTILE[name]
    shown = _drop(page, data, name)
    assert expected in shown, shown[:300]
    assert page.run("document.querySelectorAll('img').length") == 0
    assert "<img src=x" not in shown
    assert "3 nodes, 1" in _drop(page, KINDS["SRAT.bin"](), "SRAT.bin")
    assert page.complaints == []


@needs_chromium
def test_the_report_of_other_files_goes_away(page: Tab) -> None:
    """After a file of which nothing comes, garbage or too large, no earlier report is shown."""
    large = (
        "(() => { const files = new DataTransfer(); files.items.add(new File("
        "[new Uint8Array(257 << 20)], 'large')); const input = document.getElementById('files'); "
        "input.files = files.files; input.dispatchEvent(new Event('change')) })()"
    )
    for give in (_choose(b"nothing", "nothing.bin"), large):
        assert "3 nodes, 1" in _drop(page, KINDS["SRAT.bin"](), "SRAT.bin")
        page.run("delete document.body.dataset.answer")
        page.run(give)
        page.wait("document.body.dataset.answer === 'error'")
        assert "No report: " in page.run("document.getElementById('state').textContent")
        hidden = "['report', 'save'].every((one) => document.getElementById(one).hidden)"
        assert page.run(hidden)


@needs_chromium
@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_serious_for_accessibility(page: Tab, *, dark: bool) -> None:
    """With a report, and with a message instead of one."""
    page.size(420, 900, dark=dark)
    _drop(page, KINDS["SRAT.bin"](), "SRAT.bin")
    assert serious(page) == []
    _drop(page, b"nothing", "nothing.bin")
    assert serious(page) == []


@needs_chromium
def test_nothing_goes_anywhere_else(page: Tab, server: str) -> None:
    """A table with a name that is markup; all addresses are the page's own."""
    shown = _drop(page, (BIN / "cxl-window/SRAT.bin").read_bytes(), "<SRAT>.bin")
    assert "2 nodes, 80G of memory" in shown
    own = (server, "data:", "about:", "blob:")
    assert [url for url in page.requests if not url.startswith(own)] == []


@needs_chromium
def test_an_input_that_is_not_read_is_named(page: Tab) -> None:
    """Next to the report of what was read."""
    files = {"a/SRAT": KINDS["SRAT.bin"](), "a/more.xz": lzma.compress(bytes(99))[:40]}
    shown = _drop(page, archive(files), "machine.tar")
    assert "3 nodes, 1" in shown
    assert "Not read: machine.tar!a/more.xz: " in shown


@pytest.mark.corpus
@needs_corpus
@needs_chromium
def test_firmware_images_of_others(page: Tab) -> None:
    """Each becomes a report, or the page explains why not; the browser reports no error."""
    images = [*(CORPUS / "firmware").glob("*/*.fd"), *(CORPUS / "firmware").glob("*/*.bin")]
    assert images
    for path in sorted(images):
        assert _drop(page, path.read_bytes(), path.name)
    assert page.complaints == []


@pytest.mark.skipif(NODE is None, reason="no node on this machine")
@pytest.mark.parametrize("name", ["cxl-window/SRAT.bin", "cxl-window/CEDT.bin"])
def test_the_same_run_under_node(name: str) -> None:
    """The tool runs unchanged: tables alone, planned or not."""
    command = [str(NODE), "web/try.mjs", "build/web", str(BIN / name)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.startswith("page ")


def test_the_page_allows_nothing_from_elsewhere() -> None:
    """Its policy names this place and hashes only; what it ships is bounded."""
    page = (BUILT / "index.html").read_text()
    assert "default-src 'none'" in page
    assert "unsafe-inline" not in page
    assert not {"http:", "https:"} & set(page.replace('"', " ").split())
    assert sum(file.stat().st_size for file in BUILT.rglob("*") if file.is_file()) < 24 << 20
