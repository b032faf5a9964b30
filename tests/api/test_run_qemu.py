"""Running QEMU, here with substitutes that print what a kernel would."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from srat_tool.api.run_qemu import GuestBoot, boot
from srat_tool.base.errors import PeerError

_CONSOLE = "import sys; out = open(next(a[5:] for a in sys.argv if a.startswith('file:')), 'a')\n"


def stand_in(body: str, timeout: float = 20) -> GuestBoot:
    """Run a program that writes to the console as a kernel would."""
    argv = [sys.executable, "-c", _CONSOLE + body]
    return boot(argv, Path("vmlinuz"), b"", "", timeout)


def test_the_log_begins_with_the_kernel() -> None:
    """What the firmware printed before is left out, carriage returns too."""
    done = stand_in("out.write('BIOS\\r\\n[ 0.0] Linux version 6.1\\r\\nBuilt 2 zonelists\\r\\n')")
    assert done.log == "[ 0.0] Linux version 6.1\nBuilt 2 zonelists\n"
    assert done.end == "zones"


def test_time_is_limited() -> None:
    """A kernel that hangs is ended, and its output is kept."""
    body = "out.write('Linux version 6.1\\n'); out.flush(); import time; time.sleep(60)"
    done = stand_in(body, timeout=1.5)
    assert (done.end, done.log) == ("timeout", "Linux version 6.1\n")


def test_a_panic_is_an_end() -> None:
    """Also when the machine stops by itself."""
    assert stand_in("out.write('Linux version 6.1\\nOops: 0\\n')").end == "panic"


def test_qemu_says_why_it_failed() -> None:
    """Its own last words are passed on."""
    with pytest.raises(PeerError, match="no such board"):
        stand_in("sys.exit('no such board')")


def test_what_is_missing_is_named() -> None:
    """The error names the package to install."""
    with pytest.raises(PeerError, match="qemu-system-x86"):
        boot(["no-such-program"], Path("vmlinuz"), b"", "", 1)
