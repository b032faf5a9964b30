"""Files that are whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from srat_tool.cli import atomic
from srat_tool.cli.atomic import replace_file, undone_by_signals
from srat_tool.cli.main import run
from tests.support import ROOT

MACHINE = ROOT / "fixtures" / "bin" / "two-sockets-removable-riser"


def _left(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_replaced(tmp_path: Path) -> None:
    """With its permissions; a new one has those of any new file."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"old")
    old.chmod(0o640)
    for path in (old, new):
        replace_file(path, b"data")
        assert path.read_bytes() == b"data"
    mask = os.umask(0o022)
    os.umask(mask)
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode & 0o777 == 0o666 & ~mask
    assert set(_left(tmp_path)) == {"old", "new"}


def test_names_of_others_are_not_taken(tmp_path: Path) -> None:
    """A file, or a link, of the name that a new file would have first stays."""
    (tmp_path / "victim").write_bytes(b"v")
    (tmp_path / f".srattool-{os.getpid()}-0").symlink_to(tmp_path / "victim")
    replace_file(tmp_path / "a", b"data")
    assert (tmp_path / "victim").read_bytes() == b"v"
    assert (tmp_path / "a").read_bytes() == b"data"


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
def test_an_error_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    """Wherever it comes, and nothing else."""

    def fails(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "a").write_bytes(b"old")
    target, name = {
        "write": (atomic, "_take_after"),
        "fsync": (os, "fsync"),
        "rename": (Path, "replace"),
    }[step]
    monkeypatch.setattr(target, name, fails)
    with pytest.raises(OSError, match=os.strerror(number)):
        replace_file(tmp_path / "a", b"new")
    assert _left(tmp_path) == {"a": b"old"}


def test_an_interrupt_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was, with nothing next to it."""

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "a", b"new")
    assert _left(tmp_path) == {"a": b"old"}


# A program that gets a signal in the middle of writing, where a slow disk would hold it.
_STOPPED = """
import os, signal, sys
from srat_tool.cli.main import run
fsync = os.fsync
def stop(handle):
    os.kill(os.getpid(), int(sys.argv[1]))
    fsync(handle)
os.fsync = stop
sys.exit(run(sys.argv[2:]))
"""


def _stopped(number: int, *words: str, folder: Path) -> int:
    command = [sys.executable, "-c", _STOPPED, str(number), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("command", ["baseline", "report", "page", "extract", "build", "fleet"])
def test_a_signal_in_the_middle_of_writing(
    tmp_path: Path, command: str, number: signal.Signals
) -> None:
    """The program ends by it, and old files are as they were, without anything next to them."""
    words = {
        "baseline": ["lint", "-j1", "--isolated", str(MACHINE), "--write-baseline", "out/a"],
        "report": ["lint", "-j1", "--isolated", str(MACHINE), "--format", "json", "-o", "out/a"],
        "page": ["report", str(MACHINE), "-o", "out/a"],
        "extract": ["extract", str(MACHINE), "-o", "out"],
        "fleet": ["fleet", "-j1", str(MACHINE), "-o", "out/a.csv"],
        "build": ["build", "example:32-nodes", "-o", "out"],
    }[command]
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_bytes(b"old")
    status = _stopped(number, *words, folder=tmp_path)
    assert status == (130 if number == signal.SIGINT else -number)
    assert _left(tmp_path / "out") == {"a": b"old"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_guest_as_well(tmp_path: Path, number: signal.Signals) -> None:
    """Neither the emulator goes on, nor does its folder stay."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "tmp").mkdir()
    emulator = tmp_path / "bin" / "qemu-system-x86_64"
    emulator.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    emulator.chmod(0o755)
    (tmp_path / "kernel").write_bytes(bytes(4096))
    words = ["boot", "--kernel-image", str(tmp_path / "kernel"), str(MACHINE)]
    env = {
        **os.environ,
        "PATH": f"{emulator.parent}:{os.environ['PATH']}",
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "srat_tool", *words]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE) as process:
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().endswith("\n"):
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert list((tmp_path / "tmp").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_signals_of_others_stay_theirs() -> None:
    """An ignored one is ignored inside as well; afterwards all is as before."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with undone_by_signals():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def _limited(what: int, value: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(what, (value, value))


@pytest.mark.parametrize("option", ["--write-baseline", "-o"])
def test_a_file_that_may_not_grow(tmp_path: Path, option: str) -> None:
    """A limit on files plays the full disk: status 2, one line, and the old file."""
    (tmp_path / "a").write_bytes(b"old")
    words = ["lint", "-j1", "--isolated", "--format", "json", str(MACHINE), option, "a"]
    done = subprocess.run(
        [sys.executable, "-m", "srat_tool", *words],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        preexec_fn=_limited(resource.RLIMIT_FSIZE, 100),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 2
    assert done.stderr.decode().strip().splitlines()[-1] == "srattool: a: file too large"
    assert _left(tmp_path) == {"a": b"old"}


def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    """An error with the path; root may write everywhere, so a file plays the folder for it."""
    folder = tmp_path / "f"
    if os.geteuid() == 0:
        folder.write_bytes(b"")
    else:
        folder.mkdir(mode=0o500)
    assert run(["lint", "-j1", "--isolated", str(MACHINE), "-o", str(folder / "a")]) == 2


def test_the_whole_answer_is_in_the_file(tmp_path: Path) -> None:
    """The same bytes that standard output would have got."""
    target = tmp_path / "a"
    run(["lint", "-j1", "--isolated", str(MACHINE), "--format", "json", "-o", str(target)])
    assert json.loads(target.read_text())["findings"]
