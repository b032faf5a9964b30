"""What `uname` and `/proc/version` report about the running kernel."""

from __future__ import annotations

import re
from typing import NamedTuple

_VERSION = re.compile(r"Linux version (\S{1,128})")
_UNAME = re.compile(r"Linux \S{1,255} (\d{1,4}\.\d{1,4}\S{0,120}) (.{1,512})")
_RELEASE = re.compile(r"\d{1,4}\.\d{1,4}\.\S{1,120}")
_MACHINES = ("x86_64", "aarch64", "riscv64", "loongarch64", "ppc64le", "ppc64", "s390x", "i686")


class Uname(NamedTuple):
    """The kernel's release and its machine, as `uname -r` and `uname -m` print them."""

    release: str | None = None
    machine: str | None = None


def parse_uname(text: str) -> Uname:
    """Read `uname -a`, `uname -r`, `/proc/version` or `/proc/sys/kernel/osrelease`."""
    line = text.strip().partition("\n")[0]
    if match := _VERSION.match(line):
        return Uname(match[1], _machine(match[1].rpartition(".")[2]))
    if match := _UNAME.match(line):
        words = [*match[2].split(), match[1].rpartition(".")[2]]
        return Uname(match[1], next(filter(None, map(_machine, words)), None))
    if _RELEASE.fullmatch(line):
        return Uname(line, _machine(line.rpartition(".")[2]))
    return Uname()


def _machine(word: str) -> str | None:
    return word if word in _MACHINES else None
