"""What is made of tables, from Python."""

from __future__ import annotations

import pytest

from srat_tool.api.artefacts import decompile, qemu
from srat_tool.api.tables import build
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SratToolError
from srat_tool.observe.bootlog import parse_boot_log
from tests.support import ROOT

FOLDER = ROOT / "fixtures/bin/two-sockets-removable-riser"
LOG = (
    "Linux version 6.1.0-9-amd64 (x)\nCommand line: ro movable_node\n"
    "BIOS-e820: [mem 0x0000000000000000-0x000000207fffffff] usable\n"
)


def test_a_spec_builds_the_same_bytes() -> None:
    """There and back."""
    spec = parse_spec(decompile(FOLDER), "here")
    built = {raw.signature: raw.data for raw in build(spec)}
    assert built[b"SRAT"] == (FOLDER / "SRAT.bin").read_bytes()
    assert spec.memory is None


def test_a_log_completes_the_machine() -> None:
    """Memory map and kernel; the log may have been parsed already."""
    spec = parse_spec(decompile(FOLDER, parse_boot_log(LOG)), "here")
    assert spec.memory is not None
    assert spec.kernel.cmdline == "ro movable_node"


def test_the_processors_choose_the_emulator() -> None:
    """Unless the caller does."""
    assert qemu(FOLDER).groups[0][0] == "qemu-system-x86_64"
    assert qemu(FOLDER, "aarch64").groups[0][0] == "qemu-system-aarch64"
    with pytest.raises(SratToolError, match="no SRAT"):
        qemu(FOLDER / "SLIT.bin")
