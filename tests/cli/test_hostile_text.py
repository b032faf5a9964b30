"""Names and texts that command, reorder or break, through every form of output."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from srat_tool.cli.main import run
from tests.support import ROOT

MACHINE = ROOT / "fixtures" / "bin" / "two-sockets-removable-riser"
TEXTS = (
    "\x1b[2J",
    "\n::error::x",
    "\r##[error]x",
    "\u202eevil\u2066",
    "\ufffe\uffff",
    "\udcff",
    "]]>&amp;&#0;<script>\"'",
    "\x85\u2028\u2029\x9b",
    "%0A::warning::x",
    "a" * 180,
)
FORMS = {
    "plan": ("text", "json", "dmesg", "svg", "html", "markdown"),
    "lint": ("text", "json", "sarif", "junit", "github", "gitlab", "html"),
    "inspect": ("text", "json", "jsonl", "csv", "html"),
    "diff": ("text", "json", "markdown", "svg", "html"),
    "why": ("text", "json", "svg", "html", "markdown"),
    "advise": ("text", "json", "svg", "html", "markdown"),
    "fleet": ("table", "jsonl", "csv"),
}
CASES = [(command, form) for command, forms in FORMS.items() for form in forms]
# Controls but line feeds, marks that reorder, separators of lines, what XML cannot have, and a line
# that a CI service executes, but for those of the form that has them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
    "|^::(?!(?:notice|warning|error) (?:file|title)=)|^##\\[",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return tables with such names, and such texts as their creators."""
    made = tmp_path_factory.mktemp("names")
    data = bytearray((MACHINE / "SRAT.bin").read_bytes())
    data[10:16] = b"\x1b[2J\n="
    data[16:24] = b"\n::error"
    data[28:32] = b"<]]>"
    for text in TEXTS:
        name = f"{text}SRAT.bin".replace("/", "_")
        (made / name).write_bytes(data)
    return made


def _words(command: str, form: str, table: str) -> list[str]:
    more = {
        "lint": ["--isolated", "-j1", "--show", "info"],
        "why": ["1"],
        "diff": [str(MACHINE)],
        "fleet": ["-j1"],
    }
    return [command, "--format", form, *more.get(command, []), table]


def _check(form: str, shown: str) -> None:
    if form in {"json", "sarif", "gitlab"}:
        json.loads(shown)
    elif form == "jsonl":
        assert all(json.loads(line) for line in shown.splitlines())
    elif form in {"svg", "junit"}:
        ET.fromstring(shown)  # noqa: S314 - our own
    elif form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(shown))}) == 1
    elif form == "html":
        assert TEXTS[6][-10:] not in shown


@pytest.mark.parametrize(("command", "form"), CASES)
def test_names_are_text(
    command: str, form: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """No form is left by a name, or by what the creator of a table wrote into it."""
    for table in [*sorted(folder.iterdir()), folder]:
        if table == folder and command not in {"lint", "inspect", "fleet"}:
            continue
        assert run(_words(command, form, str(table))) in {0, 1, 2}
        out, err = (text.decode() for text in capfdbinary.readouterr())
        for shown in (out, err):
            assert not _UNSAFE.search(shown), ascii(_UNSAFE.search(shown))
        if out:
            _check(form, out)


@pytest.mark.parametrize("form", FORMS["plan"])
@pytest.mark.parametrize("text", TEXTS[:-1])
def test_options_are_text(form: str, text: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The same for what was asked for."""
    words = f"kernelcore={text} numa={text} {text}"
    assert run(["plan", "--format", form, "--cmdline", words, str(MACHINE)]) in {0, 1, 2}
    out, err = (shown.decode() for shown in capfdbinary.readouterr())
    for shown in (out, err):
        assert not _UNSAFE.search(shown), ascii(_UNSAFE.search(shown))
    if out:
        _check(form, out)
