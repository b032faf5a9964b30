"""A running guest, here with a substitute for QEMU and its user space."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from srat_tool.api.guest_session import guest_session
from srat_tool.base.errors import PeerError

_STAND_IN = """
import json, re, socket, sys, threading
line = " ".join(sys.argv)
path = {name: re.search(rf"id={name},path=([^,]+)", line)[1] for name in ("control", "qmp")}
open(re.search(r"file:(\\S+)", line)[1], "w").write("[ 0.0] Linux version 6.1\\n")
def served(name):
    server = socket.socket(socket.AF_UNIX); server.bind(path[name]); server.listen()
    return server
servers = {name: served(name) for name in path}
def host():
    one, _ = servers["qmp"].accept()
    one.sendall(b'{"QMP": {}}\\n')
    for text in one.makefile():
        asked = json.loads(text)
        one.sendall(b'{"event": "POWERDOWN"}\\n')
        bad = asked["execute"] == "device_add"
        reply = {"error": {"desc": "no slot"}} if bad else {"return": []}
        one.sendall(json.dumps(reply).encode() + b"\\n")
threading.Thread(target=host, daemon=True).start()
one, _ = servers["control"].accept()
BODY
"""
_USER_SPACE = """
one.sendall(b"READY\\n")
for text in one.makefile():
    one.sendall(b"you said " + text.encode() + b"END\\n")
"""


def _argv(body: str) -> list[str]:
    return [sys.executable, "-c", _STAND_IN.replace("BODY", body)]


def test_commands_to_user_space_and_to_the_host() -> None:
    """Lines up to END; what the host refuses is an error with its reason."""
    with guest_session(_argv(_USER_SPACE), Path("vmlinuz"), b"", "", 20) as session:
        assert session.ask("snap") == ["you said snap"]
        assert session.settled(["you said nothing"]) == ["you said snap"]
        assert session.tell_host("object-add", {"id": "ram"}) == []
        with pytest.raises(PeerError, match="refuses device_add: no slot"):
            session.tell_host("device_add", {})
        assert session.log == "[ 0.0] Linux version 6.1\n"


def test_a_guest_without_user_space_takes_too_long() -> None:
    """The last line of its console is in the message."""
    body = "import time; time.sleep(60)"
    with (
        pytest.raises(PeerError, match=r"too long; its last line: \[ 0.0\] Linux"),
        guest_session(_argv(body), Path("vmlinuz"), b"", "", 1.5),
    ):
        pass


def test_qemu_that_ends_by_itself() -> None:
    """What it printed last is why."""
    argv = [sys.executable, "-c", "import sys; sys.exit('no such machine')"]
    with (
        pytest.raises(PeerError, match="its last line: no such machine"),
        guest_session(argv, Path("vmlinuz"), b"", "", 20),
    ):
        pass
    with (
        pytest.raises(PeerError, match="is not installed"),
        guest_session(["qemu-that-is-not-there"], Path("vmlinuz"), b"", "", 20),
    ):
        pass
