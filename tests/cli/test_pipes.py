"""Named pipes and process substitutions through every door that takes a file."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources import filebytes
from tests.cli.test_verify import LOG
from tests.support import ROOT

MACHINE = str(ROOT / "fixtures" / "bin" / "two-sockets-removable-riser")
SRAT = Path(MACHINE, "SRAT.bin").read_bytes()
CONFIG = b"CONFIG_NODES_SHIFT=6\n"
MAP = b"BIOS-e820: [mem 0x0000000000000000-0x000000003fffffff] usable\n"

# `%` is the pipe; what is written to it, and the status.
DOORS: dict[str, tuple[str, bytes]] = {
    "inspect": ("inspect %", SRAT),
    "lint": ("lint --isolated %", SRAT),
    "diff": (f"diff % {MACHINE}/SRAT.bin", SRAT),
    "decompile": ("decompile %", SRAT),
    "extract": ("extract --list %", SRAT),
    "log": (f"plan --boot-log % {MACHINE}", LOG.encode()),
    "verify": ("verify %", LOG.encode()),
    "map": (f"plan --memory-map % {MACHINE}", MAP),
    "configuration": (f"lint --config % {MACHINE}", b"[lint]\n"),
    "kernel-config": (f"plan --config % {MACHINE}", CONFIG),
    "build": ("build % -o out", b"[srat]\nentries = '''\napic 0 0\nmem 0 0+4G\n'''\n"),
    "edit": ("edit % --drop 1 -o out", SRAT),
    "override": ("override % -o out", SRAT),
    "report": ("report % -o out", SRAT),
    "fleet": ("fleet --jobs 1 %", SRAT),
}


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a named pipe in the working directory, whose writer is waited for only a moment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(filebytes, "WRITER_SECONDS", 0.05)
    os.mkfifo("pipe")
    return Path("pipe")


@pytest.mark.parametrize("door", DOORS)
def test_a_pipe_without_a_writer_ends(
    door: str, pipe: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is one line with its name, status 2, and nothing is written."""
    assert run(DOORS[door][0].replace("%", str(pipe)).split()) == 2
    shown = "".join(capsys.readouterr())
    assert "pipe that no process has opened for writing" in shown
    assert os.listdir() == ["pipe"]  # noqa: PTH208 - names


@pytest.mark.parametrize("door", DOORS)
def test_a_slow_writer_is_waited_for(
    door: str, pipe: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has opened the pipe, and takes longer for its first bytes than it had time to open it."""
    line, data = DOORS[door]
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(pipe, os.O_WRONLY)

    def write() -> None:
        time.sleep(0.2)
        os.write(writer, data)
        os.close(writer)

    thread = threading.Thread(target=write)
    thread.start()
    status = run(line.replace("%", str(pipe)).split())
    thread.join()
    os.close(reader)  # until here it keeps the bytes, where the command opens the pipe late
    shown = "".join(capsys.readouterr())
    assert status in {0, 1}, shown
    assert "pipe that no process" not in shown


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("report % --title x", SRAT),
        (f"report {MACHINE} --title x --boot-log %", LOG.encode()),
        (f"report {MACHINE} --title x --memory-map %", MAP),
        (f"lint -j1 --format json --boot-log % {MACHINE} example:two-sockets", LOG.encode()),
        ("verify %", b"[    0.1] Normal zone: 1 pages\n"),
    ],
)
def test_a_pipe_gives_what_a_file_gives(
    line: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many parts of an answer need it: it can be read once."""
    shown = []
    ends = os.pipe()
    os.write(ends[1], data)
    os.close(ends[1])
    (tmp_path / "file").write_bytes(data)
    for name in (f"/dev/fd/{ends[0]}", str(tmp_path / "file")):
        status = run(line.replace("%", name).split())
        shown.append((status, *(text.replace(name, "%") for text in capsys.readouterr())))
    os.close(ends[0])
    assert shown[0] == shown[1]


def test_a_pipe_without_a_name_may_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    """The writer of a `<(true)` is gone before its reader comes: nothing is waited for."""
    ends = os.pipe()
    os.close(ends[1])
    before = time.monotonic()
    assert run(["inspect", f"/dev/fd/{ends[0]}"]) == 2
    os.close(ends[0])
    assert time.monotonic() - before < filebytes.WRITER_SECONDS
    assert "empty file" in capsys.readouterr().err
