"""Surroundings that are poor or broken: an answer, or one line of error, and never a traceback."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shapes import gaps, srat
from tests.support import ROOT

MACHINE = str(ROOT / "fixtures" / "bin" / "two-sockets-removable-riser")
COMMANDS = (
    ["inspect", MACHINE],
    ["plan", MACHINE],
    ["lint", "--isolated", MACHINE],
    ["decompile", MACHINE],
    ["diff", MACHINE, MACHINE],
)


def _run(
    words: list[str],
    *,
    prepare: Callable[[], None] | None = None,
    env: dict[str, str] | None = None,
    line: str = 'exec "$@"',
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "srat_tool", *words]
    surroundings = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]} if env is None else env
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        preexec_fn=prepare,
        env=surroundings,
        cwd=cwd,
        timeout=60,
    )


def _limit(what: int, value: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(what, (value, value))


def _is_clean(done: subprocess.CompletedProcess[bytes]) -> bool:
    return not any(word in done.stderr for word in (b"Traceback", b"internal error", b"ignored"))


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("locale", ["C", "POSIX", "xx_XX.nothing", "C.UTF-8"])
def test_any_locale(words: list[str], locale: str) -> None:
    """Also one that is not there, with UTF-8 switched off."""
    env = {"PYTHONPATH": str(ROOT), "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = _run(words, env={**env, "PATH": os.environ["PATH"]})
    assert done.returncode == 0
    assert _is_clean(done)


def test_a_name_that_the_locale_cannot_say(tmp_path: Path) -> None:
    """Bytes that are no text are shown escaped."""
    name = os.fsencode(tmp_path) + b"/\xff\xe4.bin"
    with open(name, "wb") as stream:  # noqa: PTH123 - a name of bytes
        stream.write(b"no table, whatever it is called")
    for locale in ("C", "C.UTF-8"):
        env = {"PYTHONPATH": str(ROOT), "LC_ALL": locale, "PATH": os.environ["PATH"]}
        done = _run(["inspect", os.fsdecode(name)], env=env)
        assert done.returncode == 2
        assert b".bin: " in done.stderr
        assert _is_clean(done)


def test_no_environment_at_all() -> None:
    """Not even a home."""
    assert _run(["plan", MACHINE], env={"PYTHONPATH": str(ROOT)}).returncode == 0


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_few_open_files(words: list[str]) -> None:
    """Sixteen are enough."""
    done = _run(words, prepare=_limit(resource.RLIMIT_NOFILE, 16))
    assert done.returncode == 0, done.stderr
    assert _is_clean(done)


@pytest.mark.parametrize("megabytes", [40, 60, 80])
def test_little_memory(megabytes: int) -> None:
    """An answer, or one line; a traceback of an import that found no room is Python's own."""
    words = ["inspect", "--format", "json", MACHINE]
    done = _run(words, prepare=_limit(resource.RLIMIT_AS, megabytes << 20))
    assert done.returncode in {0, 1, 2}
    if done.returncode == 0:
        assert done.stdout.rstrip().endswith(b"}")


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        ('exec "$@" <&-', {0}),
        ('exec "$@" 2>&-', {0}),
        ('exec "$@" >&-', {0, 2}),
        ('exec "$@" <&- >&- 2>&-', {0, 2}),
        ('exec "$@" >/dev/full', {0, 2}),
    ],
)
def test_closed_and_full_streams(words: list[str], line: str, statuses: set[int]) -> None:
    """A lost answer is an error; only lint, without findings to print, has none to lose."""
    done = _run(words, line=line)
    assert done.returncode in statuses
    assert _is_clean(done)
    if statuses == {0, 2} and words[0] != "lint":
        assert done.returncode == 2


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_reader_that_goes(words: list[str]) -> None:
    """A closed pipe is the end of output, not an error to print."""
    done = _run(words, line='"$@" | true')
    assert words[0] == "lint" or done.stderr == b""  # lint counts there
    assert _is_clean(done)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """The working directory was removed: files that are named from the root are read."""
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f'rmdir "{gone}"; exec "$@"'
    for words in COMMANDS:
        done = _run(words, line=line, cwd=gone)
        assert _is_clean(done), done.stderr
        assert done.returncode in {0, 2}
        gone.mkdir(exist_ok=True)


_BARE = "mount -t tmpfs none /proc && mount -t tmpfs none /sys"


@pytest.fixture(scope="module")
def bare_system() -> str:
    """Return a line that runs a command where /proc and /sys are empty."""
    if shutil.which("unshare") is None or not _may_unshare():
        pytest.skip("mounts of its own are not permitted here")
    return f'exec unshare --mount sh -c \'{_BARE} && exec "$@"\' sh "$@"'


def _may_unshare() -> bool:
    made = subprocess.run(
        ["unshare", "--mount", "sh", "-c", _BARE], capture_output=True, check=False
    )
    return made.returncode == 0


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_no_proc_and_no_sys(words: list[str], bare_system: str) -> None:
    """As in a chroot: files that are named are answered as everywhere."""
    done = _run(words, line=bare_system)
    assert (done.returncode, done.stdout) == (0, _run(words).stdout)
    assert _is_clean(done)


@pytest.mark.parametrize(
    "words", [["plan"], ["inspect"], ["lint"], ["report"], ["verify", "--live"]], ids=" ".join
)
def test_the_running_machine_without_proc_and_sys(words: list[str], bare_system: str) -> None:
    """What cannot be seen is an error, and never a guess about the machine."""
    done = _run(words, line=bare_system)
    assert done.returncode == 2
    assert b"a container, or a system that was not booted with ACPI" in done.stderr
    assert b"so Linux makes" not in done.stderr
    assert _is_clean(done)


def test_processes_without_proc_and_sys(bare_system: str) -> None:
    """A pool of them starts and ends."""
    words = ["lint", "--isolated", "--jobs", "2", "--statistics", str(ROOT / "fixtures" / "bin")]
    done = _run(words, line=bare_system)
    assert (done.returncode, done.stdout) == (1, _run(words).stdout)
    assert _is_clean(done)


_SIGNALS = """
import signal, sys
from srat_tool.__main__ import main
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
try:
    main()
finally:  # Python lets go of its handlers when it ends
    signal.setitimer(signal.ITIMER_REAL, 0)
"""


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_signals_interrupt_nothing(form: str) -> None:
    """System calls that a signal ends early go on, where both pipes are slow and soon full."""
    table = srat(gaps(1000))
    words = ["inspect", "--format", form, "-"]
    calm = [sys.executable, "-m", "srat_tool", *words]
    expected = subprocess.run(calm, input=table, capture_output=True, check=True).stdout
    assert len(expected) > 1 << 16
    disturbed = [sys.executable, "-c", _SIGNALS, *words]
    pieces = []
    with subprocess.Popen(disturbed, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert isinstance(process.stdout, io.BufferedReader)
        for at in range(0, len(table), 4096):
            process.stdin.write(table[at : at + 4096])
            process.stdin.flush()
            time.sleep(0.005)
        process.stdin.close()
        while piece := process.stdout.read1(4096):
            pieces.append(piece)
            time.sleep(0.001)
    assert process.returncode == 0
    assert b"".join(pieces) == expected
