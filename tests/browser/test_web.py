"""The page that needs no installation: in a browser from a local server, and under node."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.chromium import browser, needs_chromium
from tests.support import ROOT

BUILT = ROOT / "build/web"
BIN = ROOT / "fixtures/bin"
NODE = shutil.which("node")
needs_build = pytest.mark.skipif(not BUILT.is_dir(), reason="build/web is not there: make web")
pytestmark = needs_build


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve the built page."""
    _Silent.extensions_map[".mjs"] = "text/javascript"
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(BUILT)))
    Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def _choose(path: Path, name: str) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f"(() => {{ const bytes = Uint8Array.from(atob({json.dumps(data)}), (one) => "
        "one.charCodeAt(0)); const files = new DataTransfer(); "
        f"files.items.add(new File([bytes], {json.dumps(name)})); "
        "const input = document.getElementById('files'); input.files = files.files; "
        "input.dispatchEvent(new Event('change')) })()"
    )


@needs_chromium
def test_a_dropped_table_becomes_a_report(server: str, tmp_path: Path) -> None:
    """The report shows; a file without a table is an error; nothing goes anywhere else."""
    with browser() as tab:
        tab.open(f"{server}/index.html")
        tab.wait("document.getElementById('state').textContent.startsWith('Ready')")
        tab.run(_choose(BIN / "cxl-window/SRAT.bin", "<SRAT>.bin"))
        tab.wait("document.body.dataset.answer === 'page'")
        assert "2 nodes, 80G of memory" in tab.run("document.getElementById('report').srcdoc")
        nothing = tmp_path / "nothing"
        nothing.write_bytes(b"nothing")
        tab.run(_choose(nothing, "nothing.bin"))
        tab.wait("document.body.dataset.answer === 'error'")
        assert "No report" in tab.run("document.getElementById('state').textContent")
        assert tab.complaints == []
        own = (server, "data:", "about:", "blob:")
        assert [url for url in tab.requests if not url.startswith(own)] == []


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
