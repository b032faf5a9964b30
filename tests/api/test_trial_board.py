"""Trials of architectures whose boards have firmware, as far as no QEMU is needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from srat_tool.api.trial import attempt
from srat_tool.api.trial_board import architecture_of_image, check_firmware, trial_architecture
from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.architecture import AARCH64, E820_ARCHITECTURE, RISCV64, ArchitectureError
from srat_tool.base.errors import PeerError
from srat_tool.base.rawtable import RawTable
from srat_tool.base.span import Span
from srat_tool.plan.event_text import read_events

GIB = 1 << 30


def tables(entries: str) -> tuple[RawTable, ...]:
    return assemble(parse_spec(f"[srat]\nentries = '''\n{entries}\n'''"))


def image(folder: Path, machine: int) -> Path:
    head = bytearray(4096)
    head[0x3C], head[0x80:0x84] = 0x80, b"PE\0\0"
    head[0x84:0x86] = machine.to_bytes(2, "little")
    path = folder / f"vmlinuz-{machine:x}"
    path.write_bytes(head)
    return path


ARM = "gicc 0 0\nmem 0 1G+1G"


def test_an_image_tells_its_architecture(tmp_path: Path) -> None:
    """Its header as an EFI program does; one without a header is an old one of x86."""
    assert architecture_of_image(image(tmp_path, 0xAA64)) is AARCH64
    assert architecture_of_image(image(tmp_path, 0x1234)) is None
    old = tmp_path / "vmlinuz"
    old.write_bytes(b"\xff" * 5000)
    assert architecture_of_image(old) is None
    assert trial_architecture(tables("apic 0 0\nmem 0 0+1G"), old) is E820_ARCHITECTURE
    with pytest.raises(PeerError, match="no such file"):
        architecture_of_image(tmp_path / "none")


def test_tables_and_kernel_are_of_one_architecture(tmp_path: Path) -> None:
    """Tables without processors are those of the kernel."""
    arm = image(tmp_path, 0xAA64)
    assert trial_architecture(tables(ARM), arm) is AARCH64
    assert trial_architecture(tables("mem 0 1G+1G"), arm) is AARCH64
    with pytest.raises(ArchitectureError, match="another architecture than the tables"):
        trial_architecture(tables(ARM), image(tmp_path, 0x8664))


def test_kernels_that_take_no_tables_are_named(tmp_path: Path) -> None:
    """QEMU has to make the topology itself."""
    with pytest.raises(ArchitectureError, match="take no tables"):
        trial_architecture(tables("rintc 0 0\nmem 0 2G+1G"), image(tmp_path, 0x5064))


def test_no_event_happens_on_a_board(tmp_path: Path) -> None:
    """That guest has no user space that would obey."""
    events = read_events(("dimm:4G+1G",), "--event")
    with pytest.raises(PeerError, match="x86-64 only"):
        attempt(tables(ARM), (Span(GIB, 2 * GIB),), image(tmp_path, 0xAA64), events=events)


def test_missing_firmware_is_named() -> None:
    """With the package that has it."""
    board = RISCV64.board._replace(firmware=("-bios", "/none/qemu-efi-x/EFI.fd"))
    with pytest.raises(PeerError, match=r"no such firmware.*qemu-efi-x"):
        check_firmware(replace(RISCV64, board=board))
