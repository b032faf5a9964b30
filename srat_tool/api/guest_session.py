"""A running guest: its console, its user space on a second serial port, its host's QMP."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from srat_tool.api.run_qemu import console_text, running
from srat_tool.base.errors import PeerError

_PAUSE = 0.1
_ROUNDS = 4
"""Times that a guest which shows no change is checked again for being idle."""


class GuestSession:
    """A guest whose user space waits for commands.

    Args:
        process: QEMU.
        folder: where its sockets are.
        deadline: when to stop, on the monotonic clock.
    """

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, deadline: float) -> None:
        self._process = process
        self._deadline = deadline
        self._console = folder / "console"
        self._open: list[socket.socket] = []
        self._control = self._connect(folder / "control")
        self._qmp = self._connect(folder / "qmp")
        self._unread = b""
        self._replies = b""
        self._reply()
        self.tell_host("qmp_capabilities", {})

    def close(self) -> None:
        """Close the connections."""
        for one in self._open:
            one.close()

    @property
    def log(self) -> str:
        """The console as far as it goes; whole lines."""
        return console_text(self._console)

    def wait_until_ready(self) -> None:
        """Wait for user space.

        Raises:
            PeerError: when it does not come.
        """
        while "READY" not in self._line():
            pass

    def ask(self, command: str) -> list[str]:
        """Send a command to user space and return its lines."""
        self._control.sendall(command.encode() + b"\n")
        lines: list[str] = []
        while (line := self._line()) != "END":
            if line:
                lines.append(line)
        return lines

    def settled(self, before: Sequence[str]) -> list[str]:
        """Return a snapshot once nothing changes any more.

        What the kernel does for an event keeps its processor busy, and begins before user space
        answers again: a guest that rests between two equal snapshots is done. An event that did
        nothing is given more time.

        Args:
            before: the snapshot before the event.
        """
        last: list[str] = []
        rounds = 0
        while True:
            self.ask("rest")
            snapshot = self.ask("snap")
            rounds += 1
            if snapshot == last and (snapshot != list(before) or rounds >= _ROUNDS):
                return snapshot
            last = snapshot

    def tell_host(self, command: str, arguments: Mapping[str, Any]) -> object:
        """Let QEMU do something; return what it answers.

        Raises:
            PeerError: when it refuses.
        """
        text = json.dumps({"execute": command, "arguments": arguments}) + "\n"
        self._qmp.sendall(text.encode())
        while True:
            reply = self._reply()
            if "error" in reply:
                raise PeerError(f"QEMU refuses {command}: {reply['error'].get('desc', '')}")
            if "return" in reply:
                return reply["return"]

    def _connect(self, path: Path) -> socket.socket:
        while True:
            self._check()
            one = socket.socket(socket.AF_UNIX)
            try:
                one.connect(str(path))
            except OSError:
                one.close()
                time.sleep(_PAUSE)
            else:
                one.settimeout(0.5)
                self._open.append(one)
                return one

    def _line(self) -> str:
        while b"\n" not in self._unread:
            self._unread += self._received(self._control)
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode("latin-1").rstrip()

    def _reply(self) -> dict[str, Any]:
        while b"\n" not in self._replies:
            self._replies += self._received(self._qmp)
        line, _, self._replies = self._replies.partition(b"\n")
        reply = json.loads(line)
        return reply if isinstance(reply, dict) else {}

    def _received(self, one: socket.socket) -> bytes:
        self._check()
        try:
            return one.recv(1 << 16)
        except TimeoutError:
            return b""

    def _check(self) -> None:
        if self._process.poll() is not None:
            raise PeerError("the guest has stopped", hint="-o, which keeps its log")
        if time.monotonic() > self._deadline:
            raise PeerError("the guest took too long", hint="a longer --timeout")


@contextmanager
def guest_session(
    argv: Sequence[str], kernel: Path, initrd: bytes, command_line: str, timeout: float
) -> Iterator[GuestSession]:
    """Start a guest, wait for its user space, and end it afterwards.

    Raises:
        PeerError: when QEMU is missing or fails, or user space does not come.
    """
    with tempfile.TemporaryDirectory(prefix="srattool-") as name:
        folder = Path(name)
        (folder / "initrd").write_bytes(initrd)
        whole = [*argv, "-serial", f"file:{folder / 'console'}"]
        for port in ("control", "qmp"):
            whole += ["-chardev", f"socket,id={port},path={folder / port},server=on,wait=off"]
        whole += ["-serial", "chardev:control", "-mon", "chardev=qmp,mode=control"]
        whole += ["-kernel", str(kernel), "-initrd", str(folder / "initrd")]
        whole += ["-append", command_line]
        with running(whole, folder / "errors") as process:
            session = None
            try:
                session = GuestSession(process, folder, time.monotonic() + timeout)
                session.wait_until_ready()
                yield session
            except PeerError as error:
                raise _with_reason(process, folder, error) from error
            finally:
                if session is not None:
                    session.close()


def _with_reason(process: subprocess.Popen[bytes], folder: Path, error: PeerError) -> PeerError:
    """Add the last line that QEMU printed where it failed, else that of the kernel."""
    failed = process.poll() not in (None, 0)
    for name in ("errors", "console")[:: 1 if failed else -1]:
        path = folder / name
        text = path.read_text(errors="replace") if path.exists() else ""
        last = text.strip().splitlines()[-1:]
        if last:
            return PeerError(f"{error.what}; its last line: {last[0].strip()}", hint=error.hint)
    return error
