"""The site of the documents: it builds without a warning, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from srat_tool.sources.examples import example_files
from tests.support import ROOT

_GENERATOR = ("sphinx", "furo", "myst_parser")
_MISSING = [name for name in _GENERATOR if importlib.util.find_spec(name) is None]
SITE = ROOT / "docs" / "site"


@pytest.fixture
def broken_links() -> object:
    """Return the check of the links, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("links", SITE / "links.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.broken_links


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ('<a href="b.html#there">b</a><a id="here" href="#here">a</a><a href=".">all</a>', []),
        ('<a href="c.html">c</a>', ["index.html: c.html: no such file"]),
        ('<a href="b.html#gone">b</a>', ["index.html: b.html#gone: no such anchor"]),
        ('<a href="#gone">b</a>', ["index.html: #gone: no such anchor"]),
        ('<img src="no.svg">', ["index.html: no.svg: no such file"]),
        (
            '<script src="//x.example/a.js"></script><a href="https://x.example/">x</a>',
            ["index.html: loads //x.example/a.js from elsewhere"],
        ),
    ],
)
def test_a_broken_link_is_found(
    body: str, problems: list[str], broken_links: object, tmp_path: Path
) -> None:
    """Files, anchors of this page and of others, pictures; a script from elsewhere."""
    (tmp_path / "index.html").write_text(body)
    (tmp_path / "b.html").write_text('<p id="there">')
    assert callable(broken_links)
    assert list(broken_links(tmp_path)) == problems


@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)} (make site)")
def test_the_site_builds(tmp_path: Path) -> None:
    """Every document and every example has its page; a warning or a broken link would fail."""
    site = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, SITE / "build.py", site],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    pages = {page.relative_to(site).with_suffix("").as_posix() for page in site.rglob("*.html")}
    documents = {f"docs/{page.stem}" for page in (ROOT / "docs").glob("*.md")}
    assert pages >= documents | {f"gallery/{name}" for name in example_files()} | {"index"}
    assert 'class="sig' in (site / "api-reference.html").read_text()
    index = (site / "index.html").read_text()
    assert 'icon" href="_static/icon.svg"' in index
    assert re.findall(r'<pre>|role="heading">', index) == []
