"""What a contributor or a packager reads is true: paths, targets, rooms, versions, archives."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from srat_tool.kernel.profiles import NEWEST
from srat_tool.version import __version__
from tests.support import PACKAGE, ROOT

PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "fixtures/README.md")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_PATH = re.compile(r"`((?:srat_tool|tests|docs|fixtures|bench)/[\w./*-]*)`")
_LINK = re.compile(r"\]\(([\w./-]+)\)")
_TARGET = re.compile(r"(?:`|^ {4}|run: )make ([a-z-]+(?: [a-z-]+)*)", re.MULTILINE)


def _targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))


@pytest.mark.parametrize("page", PAGES)
def test_paths_and_links_exist(page: str) -> None:
    """Each path and link of a page leads somewhere; a `*` matches at least one file."""
    text = (ROOT / page).read_text()
    missing = [path for path in _PATH.findall(text) if not list(ROOT.glob(path.rstrip("/")))]
    folder = (ROOT / page).parent
    missing += [link for link in _LINK.findall(text) if not (folder / link).exists()]
    assert missing == []


@pytest.mark.parametrize("path", [*WORKFLOWS, *(ROOT / page for page in PAGES)], ids=str)
def test_make_targets_exist(path: Path) -> None:
    """Each target that a page or a workflow names is in the Makefile."""
    words = [word for line in _TARGET.findall(path.read_text()) for word in line.split()]
    assert set(words) <= _targets()


@pytest.mark.parametrize(
    ("schema", "files"),
    [("github-workflows", WORKFLOWS), ("github-actions", [ROOT / "action.yml"])],
)
def test_a_forge_would_take_the_workflows(schema: str, files: list[Path]) -> None:
    """They are what the forge's own schema asks for."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_rooms_are_described_in_order() -> None:
    """The table of rooms is the layers of the import contract, from top to bottom."""
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = re.findall(r"^\| (`[^|]+) \|", (ROOT / "docs/architecture.md").read_text(), re.MULTILINE)
    described = [set(re.findall(r"`(\w+)`", row)) for row in rows]
    rooms = [set(re.findall(r"\w+", layer)) for layer in layers]
    assert [row for row in described if row <= set().union(*rooms)] == rooms


def test_the_version_has_its_section() -> None:
    """The changelog begins with what is not released, then this version."""
    sections = re.findall(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text())
    assert sections[:2] == ["Unreleased", __version__]


def test_no_figure_can_rot() -> None:
    """Pages do not count rules, and neither pages nor sources name the newest kernel as an end."""
    for page in PAGES:
        assert not re.search(r"\b\d+ rules\b", (ROOT / page).read_text()), page
    stale = re.compile(rf"\bto\s+{re.escape(NEWEST.name)}\b")
    for path in PACKAGE.rglob("*.py"):
        assert not stale.search(path.read_text()), path


def test_everything_is_in_the_archives() -> None:
    """Package data are declared, and the source archive has every folder that tests read."""
    assert "data/**/*" in PROJECT["tool"]["setuptools"]["package-data"]["srat_tool"]
    manifest = (ROOT / "MANIFEST.in").read_text()
    for folder in (".ci", ".github", "bench", "docs", "fixtures", "srat_tool/data", "tests"):
        assert f"graft {folder}\n" in manifest
    for files in PROJECT["tool"]["setuptools"]["data-files"].values():
        assert all((ROOT / file).is_file() for file in files)
