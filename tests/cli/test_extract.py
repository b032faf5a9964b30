"""srattool extract: files, text, listings, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.authoring.volume import wrap
from srat_tool.cli.main import run
from tests.sources.samples import slit, srat, tables_in
from tests.sources.test_tar import archive

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def image(tmp_path: Path) -> str:
    """Return the path of a firmware image of two tables."""
    path = tmp_path / "fw.fd"
    path.write_bytes(wrap([srat(checksum=0), slit()], packing="lzma"))
    return str(path)


def test_tables_as_files(image: str, tmp_path: Path, capsys: Capture) -> None:
    """Raw files named by signature, one line for each."""
    assert run(["extract", image, "-o", str(tmp_path / "out")]) == 0
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == {
        "SRAT.bin": srat(checksum=0),
        "SLIT.bin": slit(),
    }
    assert capsys.readouterr().out.count("\n") == 2
    assert run(["extract", image, "-o", str(tmp_path / "out")]) == 2
    assert "exists already; try --force" in capsys.readouterr().err
    assert run(["extract", image, "-o", str(tmp_path / "out"), "--force"]) == 0


def test_text_of_acpidump(image: str, tmp_path: Path, capsys: Capture) -> None:
    """--acpidump writes to stdout, or to a file in the folder."""
    assert run(["extract", "--acpidump", image]) == 0
    text = capsys.readouterr().out
    assert tables_in(text.encode()) == [srat(checksum=0), slit()]
    assert run(["extract", "--acpidump", image, "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "acpidump.txt").read_text() == text


def test_listing(image: str, capsys: Capture) -> None:
    """--list shows tables, volumes and sections, and writes nothing."""
    assert run(["extract", "--list", image]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"SRAT {len(srat())} bytes, checksum 00, firmware volume: {image}!")
    assert lines[1].startswith("SLIT 48 bytes, checksum good, firmware volume: ")
    assert any("LZMA section" in line for line in lines)


def test_verbose_talks_on_stderr(image: str, tmp_path: Path, capsys: Capture) -> None:
    """-v lists what was opened, and leaves stdout to the answer."""
    assert run(["extract", "-v", image, "-o", str(tmp_path / "out")]) == 0
    captured = capsys.readouterr()
    assert "LZMA section" in captured.err
    assert "LZMA section" not in captured.out


def test_machines_get_folders_of_their_own(tmp_path: Path, capsys: Capture) -> None:
    """No path of an archive is used for writing."""
    tar = tmp_path / "x.tar"
    tar.write_bytes(archive({"../../a/SRAT": srat(1), "/b/SRAT": srat(2)}))
    assert run(["extract", str(tar), "-o", str(tmp_path / "out")]) == 0
    written = sorted(str(p.relative_to(tmp_path)) for p in (tmp_path / "out").rglob("*.bin"))
    assert written == ["out/machine1/SRAT.bin", "out/machine2/SRAT.bin"]
    assert capsys.readouterr().err == ""


def test_links_in_the_output_are_not_followed(tmp_path: Path, capsys: Capture) -> None:
    """A folder or file that is a link is refused, even with --force."""
    tar = tmp_path / "x.tar"
    tar.write_bytes(archive({"a/SRAT": srat(1), "b/SRAT": srat(2)}))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "machine1").symlink_to(tmp_path / "elsewhere")
    assert run(["extract", str(tar), "-o", str(tmp_path / "out"), "--force"]) == 2
    assert "a link, which is not followed" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_table_says_what_was_opened(tmp_path: Path, capsys: Capture) -> None:
    """An image without tables is an error; the message is followed by the image's contents."""
    path = tmp_path / "empty.fd"
    path.write_bytes(wrap([], packing="lzma"))
    assert run(["extract", "--list", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no ACPI table found" in captured.err.splitlines()[0]
    assert "LZMA section" in captured.err


def test_names_cannot_fool_a_terminal(tmp_path: Path, capsys: Capture) -> None:
    """Escape sequences and bidirectional tricks in a member's name are shown as codes."""
    tar = tmp_path / "x.tar"
    tar.write_bytes(archive({"\x1b[2J\u202e[red]/SRAT": srat()}))
    assert run(["extract", "--list", str(tar)]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\\x1b[2J\\u202e[red]/SRAT" in out


def test_nowhere_to_write(image: str, capsys: Capture) -> None:
    """Without a place to write to, usage lists the options."""
    assert run(["extract", image]) == 2
    assert "give -o DIR, --acpidump or --list" in capsys.readouterr().err


def test_limits(image: str, capsys: Capture) -> None:
    """The budget's flags reach the reader."""
    assert run(["extract", "--list", "--max-depth", "1", image]) == 2
    assert "try --max-depth" in capsys.readouterr().err
    assert run(["extract", "--list", "--max-table", "100", image]) == 2
    assert "try --max-table" in capsys.readouterr().out
