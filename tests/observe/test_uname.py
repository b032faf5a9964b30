"""The kernel's release and machine, in the words of several files."""

from __future__ import annotations

import pytest

from srat_tool.observe.uname import Uname, parse_uname


@pytest.mark.parametrize(
    ("text", "release", "machine"),
    [
        (
            "Linux host 6.12.107+deb13-amd64 #1 SMP PREEMPT_DYNAMIC Debian x86_64 GNU/Linux\n",
            "6.12.107+deb13-amd64",
            "x86_64",
        ),
        (
            "Linux db 5.14.0-503.el9.aarch64 #1 SMP Mon Jan 1 00:00:00 UTC 2026 aarch64 aarch64",
            "5.14.0-503.el9.aarch64",
            "aarch64",
        ),
        ("Linux version 6.1.0-9-amd64 (x@y) (gcc) #1 SMP", "6.1.0-9-amd64", None),
        ("Linux version 4.18.0-1.el8.x86_64 (x@y)", "4.18.0-1.el8.x86_64", "x86_64"),
        ("6.8.0-31-generic\n", "6.8.0-31-generic", None),
        ("FreeBSD host 14.0", None, None),
        ("", None, None),
        ("\x7fELF\x02\x01", None, None),
    ],
)
def test_every_wording(text: str, release: str | None, machine: str | None) -> None:
    """What is not reported stays empty."""
    assert parse_uname(text) == Uname(release, machine)
