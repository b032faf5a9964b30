"""What shows that two logs are of different machines."""

from __future__ import annotations

import pytest

from srat_tool.observe.another_machine import difference
from srat_tool.observe.bootlog import parse_boot_log

LOG = """\
Linux version 6.1.0 (a@b) (gcc)
Command line: {options}
BIOS-provided physical RAM map:
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
BIOS-e820: [mem 0x0000000000100000-0x00000000{end}] usable
NX (Execute Disable) protection: active
DMI: {board}, BIOS {bios}
"""
FIRST = {"options": "quiet", "end": "7fffffff", "board": "Dell Inc. R815/0THJFH", "bios": "3.2.2"}


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, None),
        ({"bios": "3.4.0 01/01/2019"}, None),
        ({"end": "7ff00fff"}, None),
        ({"options": "mem=1G"}, None),
        ({"options": "elfcorehdr=0x1000", "end": "0fffffff"}, None),
        ({"board": "Supermicro X8DTN+-F"}, "it is of Supermicro X8DTN+-F"),
        ({"end": "3fffffff"}, "its machine has 1023.6M of RAM"),
    ],
)
def test_board_and_ram(change: dict[str, str], shown: str | None) -> None:
    """Firmware may be updated, and may keep some more; a crash kernel sees little."""
    one, other = (parse_boot_log(LOG.format(**fields)) for fields in (FIRST, {**FIRST, **change}))
    found = difference(one, other)
    assert (found or "").startswith(shown or "")
    assert (found is None) == (shown is None)


def test_architecture() -> None:
    """An arm64 log is not of a PC."""
    arm = parse_boot_log("Booting Linux on physical CPU 0x0000000000 [0x413fd0c1]\n")
    assert difference(parse_boot_log(LOG.format(**FIRST)), arm) == "it is of aarch64"
