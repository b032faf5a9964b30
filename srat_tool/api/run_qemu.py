"""Running QEMU: a console log to read, an end to recognise, a limit on time."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from srat_tool.base.architecture import ARCHITECTURES, E820_ARCHITECTURE
from srat_tool.base.errors import PeerError

# The kernel has printed everything about zones when it builds the fallback lists.
ZONES_DONE = re.compile(rb"Built \d+ zonelists|Policy zone:")
_DEAD = re.compile(rb"Kernel panic - not syncing|PANIC: early exception|Oops: ")
_BEGINNING = re.compile(r"Linux version \d")
_GRACE = 2.0
_PAUSE = 0.05


class GuestBoot(NamedTuple):
    """How a boot went.

    Attributes:
        log: the console from `Linux version` on; whole lines only.
        end: `zones`, `panic`, `exit` or `timeout`; `events` when all of them have happened.
        seconds: how long it took.
    """

    log: str
    end: str
    seconds: float


def boot(
    argv: Sequence[str],
    kernel: Path,
    initrd: bytes,
    command_line: str,
    timeout: float,
    *,
    until: re.Pattern[bytes] = ZONES_DONE,
    at_end: Callable[[str], None] | None = None,
) -> GuestBoot:
    """Boot a kernel and return its console log.

    Args:
        argv: QEMU, with the machine.
        kernel: the image.
        initrd: its initrd.
        command_line: its command line.
        timeout: seconds.
        until: what on the console ends the boot well.
        at_end: called with the console's text before QEMU is ended, unless it ended by itself.

    Raises:
        PeerError: when QEMU is missing, fails, or no kernel prints anything.
    """
    with tempfile.TemporaryDirectory(prefix="srattool-") as name:
        folder = Path(name)
        (folder / "initrd").write_bytes(initrd)
        console = folder / "console"
        console.touch()
        whole = [*argv, "-serial", f"file:{console}", "-kernel", str(kernel), "-initrd"]
        whole += [str(folder / "initrd"), "-append", command_line]
        begin = time.monotonic()
        with running(whole, folder / "errors") as process:
            end = _watch(process, console, begin + timeout, until)
            if at_end is not None and process.poll() is None:
                at_end(console.read_text(encoding="utf-8", errors="replace"))
        seconds = time.monotonic() - begin
        log = console_text(console)
        errors = (folder / "errors").read_text(errors="replace").strip()
    start = _BEGINNING.search(log)
    if start is None:
        what = errors.splitlines()[-1] if errors else f"no kernel spoke in {seconds:.0f} s"
        raise PeerError(f"{argv[0]} failed: {what}")
    return GuestBoot(log[log.rfind("\n", 0, start.start()) + 1 :], end, seconds)


def console_text(console: Path) -> str:
    """Return the whole lines of a console's file."""
    text = console.read_bytes().decode("utf-8", "replace").replace("\r", "")
    return text[: text.rfind("\n") + 1]


@contextmanager
def running(argv: Sequence[str], errors: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run QEMU for the duration of the block; its output goes into the file `errors`.

    Raises:
        PeerError: when it is not installed.
    """
    if shutil.which(argv[0]) is None:
        programs = {row.board.program: row.board.package for row in ARCHITECTURES}
        package = programs.get(argv[0], E820_ARCHITECTURE.board.package)
        raise PeerError(f"{argv[0]} is not installed", hint=f"apt install {package}")
    with errors.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 - the user asked for QEMU
            argv, stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def _watch(
    process: subprocess.Popen[bytes], console: Path, deadline: float, until: re.Pattern[bytes]
) -> str:
    """Wait until the kernel has printed the wanted line, died, or run out of time."""
    died_at = None
    with console.open("rb") as stream:
        tail = b""
        while True:
            running = process.poll() is None
            tail = tail[-200:] + stream.read()
            if until.search(tail):
                return "zones"
            now = time.monotonic()
            if _DEAD.search(tail):
                died_at = died_at or now
            if died_at is not None and now > died_at + _GRACE:
                return "panic"
            if not running:
                return "panic" if died_at is not None else "exit"
            if now > deadline:
                return "timeout"
            time.sleep(_PAUSE)
